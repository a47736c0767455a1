package dev.signet.verifier;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that whoever shows a token holds the key it is bound to (RFC 9449 section 4.3), so that a stolen token alone is
 * worth nothing. Nonces are not demanded; a proof is good once, for a short time, for one method and URL.
 */
final class DpopProofs {

    private static final String TYPE = "dpop+jwt";
    private static final int PROOF_LIMIT = 8 * 1024;
    private static final int ID_LIMIT = 512;

    private final Settings settings;
    private final ReplayMemory memory;
    private final Duration age;

    DpopProofs(Settings settings) {
        this.settings = settings;
        this.age = settings.proofAge();
        // A proof may be shown first when its iat is still a skew away, and is accepted until age and skew after it.
        this.memory =
                new ReplayMemory(settings.proofs(), age.plus(settings.skew().multipliedBy(2)));
    }

    /**
     * Checks the proof of a request and spends it.
     *
     * @param tokenDigest SHA-256 of the access token
     * @param thumbprint of the key the token is bound to
     */
    void check(ApiRequest request, byte[] tokenDigest, String thumbprint) throws Refusal {
        if (request.proofs().isEmpty()) {
            throw new Refusal(RefusalReason.DPOP_PROOF_MISSING);
        }
        if (request.proofs().size() > 1) {
            throw new Refusal(RefusalReason.DPOP_PROOF_REPEATED);
        }
        CompactJws proof = parse(request.proofs().get(0));
        SignatureAlgorithm algorithm = algorithm(proof);
        JWK jwk = publicKey(proof);
        VerificationKey key =
                VerificationKey.of(jwk).orElseThrow(() -> new Refusal(RefusalReason.DPOP_KEY_NOT_ACCEPTED));
        if (!key.accepts(algorithm)) {
            throw new Refusal(RefusalReason.DPOP_KEY_NOT_ACCEPTED, "alg does not fit the key");
        }
        if (!thumbprint.equals(thumbprint(jwk))) {
            throw new Refusal(RefusalReason.DPOP_KEY_WRONG);
        }
        if (!key.signed(algorithm, proof)) {
            throw new Refusal(RefusalReason.DPOP_SIGNATURE_WRONG);
        }
        checkContent(claims(proof), request, tokenDigest, thumbprint);
    }

    int remembered() {
        return memory.size();
    }

    private void checkContent(Map<String, Object> claims, ApiRequest request, byte[] tokenDigest, String thumbprint)
            throws Refusal {
        String id = text(claims, "jti");
        if (id.isEmpty() || id.length() > ID_LIMIT) {
            throw malformed("jti");
        }
        String method = text(claims, "htm");
        String url = text(claims, "htu");
        String hash = text(claims, "ath");
        if (!(claims.get("iat") instanceof Number seconds)) {
            throw malformed("iat");
        }
        if (!method.equals(request.method())) {
            throw new Refusal(RefusalReason.DPOP_METHOD_WRONG);
        }
        checkUrl(url, request.url());
        Instant now = settings.clock().instant();
        long issued = seconds.longValue();
        long current = now.getEpochSecond();
        long skew = settings.skew().toSeconds();
        if (issued > current + skew || issued < current - skew - age.toSeconds()) {
            throw new Refusal(RefusalReason.DPOP_TIME_WRONG);
        }
        if (!hash.equals(Sha256.base64Url(tokenDigest))) {
            throw new Refusal(RefusalReason.DPOP_TOKEN_WRONG);
        }
        switch (memory.use(Sha256.of(thumbprint + ' ' + id), now)) {
            case FIRST -> {
                // as it should be
            }
            case REPEATED -> throw new Refusal(RefusalReason.DPOP_REPLAYED);
            case FULL -> throw new Refusal(RefusalReason.DPOP_OVERLOADED);
        }
    }

    private static void checkUrl(String claimed, @Nullable URI actual) throws Refusal {
        if (actual == null) {
            throw new Refusal(RefusalReason.DPOP_URL_WRONG, "the API does not know its own URL");
        }
        TargetUrl target;
        try {
            target = TargetUrl.of(claimed);
        } catch (IllegalArgumentException e) {
            throw malformed("htu");
        }
        if (!target.equals(TargetUrl.of(actual))) {
            throw new Refusal(
                    RefusalReason.DPOP_URL_WRONG,
                    "the request went to " + TargetUrl.of(actual).canonical());
        }
    }

    private static CompactJws parse(String proof) throws Refusal {
        try {
            CompactJws jws = CompactJws.parse(proof, PROOF_LIMIT);
            if (!jws.isOfType(TYPE)) {
                throw malformed("typ");
            }
            jws.refuseDangerousMembers("jwk");
            return jws;
        } catch (Refusal e) {
            throw malformed(e.reason() + " " + e.detail());
        }
    }

    private SignatureAlgorithm algorithm(CompactJws proof) throws Refusal {
        try {
            return proof.algorithm(Set.of(SignatureAlgorithm.values()));
        } catch (Refusal e) {
            throw new Refusal(RefusalReason.DPOP_KEY_NOT_ACCEPTED, e.reason().toString());
        }
    }

    private static Map<String, Object> claims(CompactJws proof) throws Refusal {
        try {
            return proof.claims();
        } catch (Refusal e) {
            throw malformed("payload");
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have strings for names
    private static JWK publicKey(CompactJws proof) throws Refusal {
        if (!(proof.header().get("jwk") instanceof Map<?, ?> members)) {
            throw malformed("jwk");
        }
        try {
            JWK jwk = JWK.parse((Map<String, Object>) members);
            if (jwk.isPrivate()) {
                throw new Refusal(RefusalReason.DPOP_KEY_NOT_ACCEPTED, "a private key");
            }
            return jwk;
        } catch (ParseException | RuntimeException e) {
            // Whatever a stranger's key does to the library's parser, it is no key.
            throw malformed("jwk");
        }
    }

    private static String thumbprint(JWK jwk) throws Refusal {
        try {
            return jwk.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new Refusal(RefusalReason.DPOP_KEY_NOT_ACCEPTED);
        }
    }

    private static String text(Map<String, Object> claims, String name) throws Refusal {
        if (claims.get(name) instanceof String text) {
            return text;
        }
        throw malformed(name);
    }

    private static Refusal malformed(String detail) {
        return new Refusal(RefusalReason.DPOP_PROOF_MALFORMED, detail);
    }
}
