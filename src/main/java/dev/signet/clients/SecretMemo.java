package dev.signet.clients;

import dev.signet.clients.StoredClient.StoredSecret;
import dev.signet.crypto.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers, for each chosen secret, what was once found to match its slow hash, so that the next request need not pay
 * for the hash again.
 *
 * <p>Kept is an HMAC-SHA256 of the presented value under a key that this process made and never lets go: not the value,
 * and nothing that is any use outside. It counts only for the very hash it was checked against, so a changed or withdrawn
 * secret is forgotten by itself.
 */
final class SecretMemo {

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;
    private final Map<UUID, Remembered> remembered = new ConcurrentHashMap<>();

    SecretMemo() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, HMAC);
    }

    private record Remembered(String hash, byte[] mac) {}

    boolean remembers(StoredSecret secret, SecretValue presented) {
        Remembered known = remembered.get(secret.id());
        return known != null
                && known.hash().equals(secret.hash())
                && MessageDigest.isEqual(known.mac(), mac(presented));
    }

    void remember(StoredSecret secret, SecretValue presented) {
        remembered.put(secret.id(), new Remembered(secret.hash(), mac(presented)));
    }

    void forget(StoredSecret secret) {
        remembered.remove(secret.id());
    }

    private byte[] mac(SecretValue presented) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(presented.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + HMAC, e);
        }
    }
}
