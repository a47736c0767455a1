package dev.signet.verifier;

import dev.signet.verifier.Verification.Refused;
import dev.signet.verifier.Verification.Verified;
import java.net.http.HttpClient;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks access tokens for an API (RFC 9068 section 4). One instance serves a whole application, from any number of threads.
 *
 * <pre>{@code
 * TokenVerifier verifier = TokenVerifier.forIssuer("https://id.example").audience("https://api.example").build();
 * switch (verifier.verify(request, "orders:read")) {
 *     case Verified(Claims claims, boolean statusConfirmed) -> answer(claims.subject());
 *     case Refused refused -> refuse(refused.status(), refused.challenges());
 * }
 * }</pre>
 *
 * <p>Building one starts to fetch the issuer's keys and status lists in the background, so that a request waits for the
 * network only if it comes before they are here. Close it when the application ends.
 */
public final class TokenVerifier implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(200);

    private final Settings settings;
    private final HttpClient client;
    private final boolean clientIsOurs;
    private final ExecutorService fetches;
    private final ScheduledExecutorService ticker;
    private final IssuerKeys keys;
    private final StatusLists statusLists;
    private final @Nullable ChangeStream changes;
    private final KnownTokens knownTokens;
    private final DpopProofs proofs;
    private final Challenges challenges;
    private final @Nullable Reports reports;

    TokenVerifier(Settings settings, IssuerHttp http, boolean clientIsOurs, @Nullable Reports reports) {
        this.settings = settings;
        this.client = http.client();
        this.clientIsOurs = clientIsOurs;
        this.reports = reports;
        this.fetches = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("signet-verifier-fetch-", 0).factory());
        this.ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("signet-verifier").factory());
        Discovery discovery = new Discovery(http, settings.issuer());
        this.keys = new IssuerKeys(http, discovery, settings, fetches);
        this.statusLists = new StatusLists(http, discovery, keys, settings, fetches);
        this.knownTokens = new KnownTokens(settings.knownTokens());
        this.proofs = new DpopProofs(settings);
        this.challenges = new Challenges(settings.dpopRequired(), settings.resourceMetadata());
        boolean statuses = settings.statusPolicy() != StatusPolicy.IGNORED;
        this.changes = statuses && settings.push()
                ? new ChangeStream(
                        http, settings.base() + "/status/changes", statusLists::lostTrack, statusLists::changed)
                : null;
        ticker.scheduleWithFixedDelay(() -> tick(statuses), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Begins a verifier for the tokens of an issuer.
     *
     * @param issuer as it stands in {@code iss}, byte for byte
     */
    public static TokenVerifierBuilder forIssuer(String issuer) {
        return new TokenVerifierBuilder(issuer);
    }

    /** Checks a bearer token. */
    public Verification verify(String token, String... scopes) {
        return verify(ApiRequest.bearer(token), List.of(scopes));
    }

    /** Checks the token of a request. */
    public Verification verify(ApiRequest request, String... scopes) {
        return verify(request, List.of(scopes));
    }

    /**
     * Checks the token of a request.
     *
     * @param scopes what the request needs; the token must carry all of them
     */
    public Verification verify(ApiRequest request, Collection<String> scopes) {
        try {
            Verified verified = check(request, scopes);
            if (reports != null) {
                reports.seen(verified.claims(), request.address());
            }
            return verified;
        } catch (Refusal refusal) {
            RefusalReason reason = refusal.reason();
            if (reports != null && reason != RefusalReason.NO_TOKEN) {
                reports.refused(reason, request.address());
            }
            return new Refused(
                    reason,
                    reason.description(),
                    refusal.detail(),
                    challenges.of(reason, Presented.schemeOf(request.authorization()), scopes));
        }
    }

    /** What to answer to a request that brings no token where one is needed. */
    public Refused refusalWithoutToken() {
        RefusalReason reason = RefusalReason.NO_TOKEN;
        return new Refused(reason, reason.description(), "", challenges.of(reason, Presented.Scheme.BEARER, List.of()));
    }

    /** The challenges for a request that an API refuses by itself, for lack of these scopes. */
    public List<String> insufficientScope(ApiRequest request, Collection<String> scopes) {
        return challenges.of(RefusalReason.SCOPE_INSUFFICIENT, Presented.schemeOf(request.authorization()), scopes);
    }

    /**
     * Waits until keys and announced status lists are here, so that not even the first request waits.
     *
     * @return whether they are, within this time
     */
    public boolean awaitReady(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!isReady()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    /** How the verifier is doing. */
    public VerifierState state() {
        return new VerifierState(
                keys.count(),
                keys.count() > 0 && !keys.isFailing(),
                statusLists.count(),
                statusLists.expired(),
                changes != null && changes.isOpen(),
                proofs.remembered());
    }

    /** Stops all work in the background. */
    @Override
    public void close() {
        ticker.shutdownNow();
        if (changes != null) {
            changes.close();
        }
        if (reports != null) {
            reports.close();
        }
        fetches.shutdownNow();
        if (clientIsOurs) {
            client.shutdownNow();
        }
    }

    private boolean isReady() {
        return keys.count() > 0 && (settings.statusPolicy() == StatusPolicy.IGNORED || statusLists.isReady());
    }

    private void tick(boolean statuses) {
        try {
            long now = System.nanoTime();
            keys.tick(now);
            if (statuses) {
                statusLists.tick(now);
            }
            if (changes != null) {
                changes.tick(now);
            }
        } catch (RuntimeException e) {
            // An exception would end the schedule, and with it every refresh.
            System.getLogger(TokenVerifier.class.getName())
                    .log(System.Logger.Level.ERROR, "Keys and status lists could not be refreshed", e);
        }
    }

    private Verified check(ApiRequest request, Collection<String> scopes) throws Refusal {
        Presented presented = Presented.in(request.authorization());
        String token = presented.token();
        if (token.length() > settings.tokenLimit()) {
            throw new Refusal(RefusalReason.TOO_LARGE, token.length() + " characters");
        }
        byte[] digest = Sha256.of(token);
        Claims claims = authentic(token, digest);
        checkClaims(claims);
        boolean confirmed = checkStatus(claims);
        checkBinding(presented.scheme(), request, digest, claims);
        for (String scope : scopes) {
            if (!claims.scopes().contains(scope)) {
                throw new Refusal(RefusalReason.SCOPE_INSUFFICIENT, scope);
            }
        }
        return new Verified(claims, confirmed);
    }

    /** The claims of a token that the issuer signed as an access token. */
    private Claims authentic(String token, byte[] digest) throws Refusal {
        KnownTokens.Known known = knownTokens.get(digest);
        if (known != null && Objects.equals(known.key(), keys.known(known.keyId()))) {
            return known.claims();
        }
        CompactJws jws = CompactJws.parse(token, settings.tokenLimit());
        SignatureAlgorithm algorithm = jws.algorithm(settings.algorithms());
        jws.refuseDangerousMembers("");
        String keyId = jws.keyId();
        VerificationKey key = keys.find(keyId);
        if (!key.accepts(algorithm)) {
            throw new Refusal(RefusalReason.ALGORITHM_NOT_OF_KEY);
        }
        if (!key.signed(algorithm, jws)) {
            throw new Refusal(RefusalReason.SIGNATURE_WRONG);
        }
        if (!jws.isOfType(settings.types())) {
            throw new Refusal(RefusalReason.TYPE_WRONG);
        }
        Claims claims = Claims.of(jws.claims());
        if (!jws.isOfType(TokenVerifierBuilder.ACCESS_TOKEN_TYPE)) {
            refuseOtherKinds(claims);
        }
        knownTokens.put(digest, new KnownTokens.Known(keyId, key, claims));
        return claims;
    }

    /** ID tokens and logout tokens are {@code JWT} as well; these claims give them away. */
    private static void refuseOtherKinds(Claims claims) throws Refusal {
        for (String telltale : TELLTALES) {
            if (claims.has(telltale)) {
                throw new Refusal(RefusalReason.TYPE_WRONG, telltale);
            }
        }
    }

    private static final Set<String> TELLTALES = Set.of("nonce", "at_hash", "c_hash", "s_hash", "events");

    private void checkClaims(Claims claims) throws Refusal {
        for (String name : settings.requiredClaims()) {
            if (!claims.has(name)) {
                throw new Refusal(RefusalReason.CLAIM_MISSING, name);
            }
        }
        if (!claims.issuer().equals(settings.issuer())) {
            throw new Refusal(RefusalReason.ISSUER_WRONG);
        }
        if (!isForUs(claims.audience())) {
            throw new Refusal(RefusalReason.AUDIENCE_WRONG);
        }
        Instant now = settings.clock().instant();
        Instant expiry = claims.expiresAt().orElse(null);
        if (expiry == null || !now.isBefore(expiry.plus(settings.skew()))) {
            throw new Refusal(RefusalReason.EXPIRED);
        }
        Instant latest = now.plus(settings.skew());
        Instant notBefore = claims.instant("nbf").orElse(null);
        if (notBefore != null && notBefore.isAfter(latest)) {
            throw new Refusal(RefusalReason.NOT_YET_VALID);
        }
        Instant issuedAt = claims.issuedAt().orElse(null);
        if (issuedAt != null && issuedAt.isAfter(latest)) {
            throw new Refusal(RefusalReason.ISSUED_IN_THE_FUTURE);
        }
    }

    private boolean isForUs(List<String> audience) {
        for (String name : audience) {
            if (settings.audiences().contains(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean checkStatus(Claims claims) throws Refusal {
        if (settings.statusPolicy() == StatusPolicy.IGNORED) {
            return false;
        }
        Claims.StatusReference reference = claims.status();
        if (reference == null) {
            if (settings.statusPolicy() == StatusPolicy.REQUIRED) {
                throw new Refusal(RefusalReason.STATUS_MISSING);
            }
            return false;
        }
        return statusLists.check(reference);
    }

    /** A bound token is good only for whoever holds what it is bound to, whichever scheme it is presented by. */
    private void checkBinding(Presented.Scheme scheme, ApiRequest request, byte[] digest, Claims claims)
            throws Refusal {
        boolean bound = false;
        for (Map.Entry<String, Object> method : claims.confirmation().entrySet()) {
            if (!(method.getValue() instanceof String thumbprint)) {
                throw new Refusal(RefusalReason.BINDING_UNKNOWN, method.getKey());
            }
            switch (method.getKey()) {
                case "jkt" -> {
                    // RFC 9449 section 7.2: a bound token shown as a bearer token is refused, or binding were optional.
                    if (scheme != Presented.Scheme.DPOP) {
                        throw new Refusal(RefusalReason.DPOP_PROOF_MISSING, "presented as a bearer token");
                    }
                    proofs.check(request, digest, thumbprint);
                    bound = true;
                }
                case "x5t#S256" -> checkCertificate(request.certificate(), thumbprint);
                default -> throw new Refusal(RefusalReason.BINDING_UNKNOWN, method.getKey());
            }
        }
        if (!bound && scheme == Presented.Scheme.DPOP) {
            throw new Refusal(RefusalReason.DPOP_TOKEN_NOT_BOUND);
        }
        if (!bound && settings.dpopRequired()) {
            throw new Refusal(RefusalReason.DPOP_REQUIRED);
        }
    }

    private static void checkCertificate(@Nullable X509Certificate certificate, String thumbprint) throws Refusal {
        try {
            if (certificate != null && thumbprint.equals(Sha256.base64Url(Sha256.of(certificate.getEncoded())))) {
                return;
            }
        } catch (CertificateEncodingException e) {
            // falls through: not the certificate
        }
        throw new Refusal(RefusalReason.CERTIFICATE_WRONG);
    }
}
