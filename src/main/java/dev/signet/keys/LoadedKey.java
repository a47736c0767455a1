package dev.signet.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A signing key, opened and ready to work. */
final class LoadedKey {

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9.+/_-]{1,64}");
    /** More types than that nobody uses; the bound keeps a mistake from filling the memory. */
    private static final int MOST_CACHED_HEADERS = 64;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final String kid;
    private final SigningAlgorithm algorithm;
    private final PublicKey publicKey;
    private final @Nullable PrivateKey privateKey;
    private final Map<String, byte[]> headers = new ConcurrentHashMap<>();

    LoadedKey(String kid, SigningAlgorithm algorithm, PublicKey publicKey, @Nullable PrivateKey privateKey) {
        this.kid = kid;
        this.algorithm = algorithm;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    String kid() {
        return kid;
    }

    SigningAlgorithm algorithm() {
        return algorithm;
    }

    boolean canSign() {
        return privateKey != null;
    }

    /** The compact JWS (RFC 7515 section 3.1) of the payload. */
    String sign(String type, byte[] payload) {
        byte[] header = header(type);
        byte[] encodedPayload = ENCODER.encode(payload);
        byte[] input = Arrays.copyOf(header, header.length + encodedPayload.length);
        System.arraycopy(encodedPayload, 0, input, header.length, encodedPayload.length);
        byte[] signature = ENCODER.encode(signature(input));
        byte[] compact = Arrays.copyOf(input, input.length + 1 + signature.length);
        compact[input.length] = '.';
        System.arraycopy(signature, 0, compact, input.length + 1, signature.length);
        return new String(compact, StandardCharsets.ISO_8859_1);
    }

    boolean signed(byte[] input, byte[] signature) {
        try {
            Signature verifier = algorithm.signature();
            verifier.initVerify(publicKey);
            verifier.update(input);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            // What providers throw for signatures of the wrong length or form.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform cannot verify " + algorithm.jwsName(), e);
        }
    }

    private byte[] signature(byte[] input) {
        try {
            Signature signer = algorithm.signature();
            signer.initSign(privateKey);
            signer.update(input);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("key " + kid + " cannot sign " + algorithm.jwsName(), e);
        }
    }

    /** The encoded header with the dot after it: the same for all tokens of one type, so made once. */
    private byte[] header(String type) {
        byte[] known = headers.get(type);
        if (known != null) {
            return known;
        }
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("'" + type + "' is no media type a JWT header may carry");
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("kid", kid);
        members.put("typ", type);
        members.put("alg", algorithm.jwsName());
        byte[] header = (ENCODER.encodeToString(JwtJson.write(members)) + ".").getBytes(StandardCharsets.US_ASCII);
        if (headers.size() < MOST_CACHED_HEADERS) {
            headers.put(type, header);
        }
        return header;
    }
}
