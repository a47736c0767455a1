package dev.signet.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A data key, unwrapped: 256 random bits that serve one purpose through sub-keys derived from them (HKDF, RFC 5869).
 * The key itself is never used directly.
 */
final class DataKey {

    static final int LENGTH = 32;

    private final int id;
    private final KeyPurpose purpose;
    private final Instant activatedAt;
    private final @Nullable Instant retiredAt;
    private final byte[] key;
    private final Map<String, byte[]> derived = new ConcurrentHashMap<>();
    private final Map<String, HmacKey> hmacs = new ConcurrentHashMap<>();

    /**
     * A key as it is stored.
     *
     * @param activatedAt when it begins to make values
     * @param retiredAt when it stops to, and from then on only checks what was made with it
     */
    DataKey(int id, KeyPurpose purpose, byte[] key, Instant activatedAt, @Nullable Instant retiredAt) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("data key " + id + " is not " + LENGTH + " bytes long");
        }
        this.id = id;
        this.purpose = purpose;
        this.activatedAt = activatedAt;
        this.retiredAt = retiredAt;
        this.key = key.clone();
    }

    int id() {
        return id;
    }

    KeyPurpose purpose() {
        return purpose;
    }

    Instant activatedAt() {
        return activatedAt;
    }

    /** Whether it makes values at that moment; it always checks them. */
    boolean makesAt(Instant moment) {
        return !activatedAt.isAfter(moment) && !isRetiredAt(moment);
    }

    boolean isRetiredAt(Instant moment) {
        return retiredAt != null && !retiredAt.isAfter(moment);
    }

    /** The same key under other dates. */
    DataKey dated(Instant activation, @Nullable Instant retirement) {
        return new DataKey(id, purpose, key, activation, retirement);
    }

    /** The HMAC-SHA256 sub-key for this use. */
    HmacKey hmac(String use) {
        HmacKey known = hmacs.get(use);
        return known != null ? known : hmacs.computeIfAbsent(use, name -> new HmacKey(derive(name)));
    }

    /** The AES-256 sub-key for this use. */
    SecretKeySpec aes(String use) {
        return new SecretKeySpec(derived.computeIfAbsent(use, this::derive), "AES");
    }

    private byte[] derive(String use) {
        try {
            byte[] info = ("signet " + purpose.column() + " " + use).getBytes(StandardCharsets.UTF_8);
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(info, LENGTH));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks HKDF-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "DataKey[" + id + ", " + purpose + "]";
    }
}
