package dev.signet.keys;

import com.nimbusds.jose.jwk.JWK;
import dev.signet.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Makes signing keys. An RSA key takes a while, so keys are made before any lock is taken, and thrown away unused. */
final class KeyMint {

    private final Vault vault;

    KeyMint(Vault vault) {
        this.vault = vault;
    }

    /** A new key that signs from the given moment on. */
    SigningKey make(SigningAlgorithm algorithm, Instant now) {
        JWK jwk = KeyMaterial.generate(algorithm);
        String kid = jwk.getKeyID();
        byte[] sealed = vault.seal(KeySet.sealContext(kid), jwk.toJSONString().getBytes(StandardCharsets.UTF_8));
        return new SigningKey(kid, algorithm, jwk.toPublicJWK().toJSONString(), sealed, now, now, null, null, null);
    }

    Map<SigningAlgorithm, SigningKey> make(Collection<SigningAlgorithm> algorithms, Instant now) {
        Map<SigningAlgorithm, SigningKey> made = new EnumMap<>(SigningAlgorithm.class);
        algorithms.forEach(algorithm -> made.put(algorithm, make(algorithm, now)));
        return made;
    }

    /** Whether the private half is sealed under a data key that seals no more. */
    boolean isOutdated(SigningKey key) {
        return key.sealedPrivate() != null && !vault.isCurrent(key.sealedPrivate());
    }

    /** The same key, its private half sealed under the current data key. */
    SigningKey sealedAnew(SigningKey key) {
        byte[] sealed = key.sealedPrivate();
        if (sealed == null) {
            return key;
        }
        String context = KeySet.sealContext(key.kid());
        return key.sealedAs(vault.seal(context, vault.open(context, sealed)));
    }
}
