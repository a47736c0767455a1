package dev.signet.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A data key, unwrapped: 256 random bits that serve one purpose through sub-keys derived from them (HKDF, RFC 5869).
 * The key itself is never used directly.
 */
final class DataKey {

    static final int LENGTH = 32;

    private final int id;
    private final KeyPurpose purpose;
    private final boolean retired;
    private final byte[] key;
    private final Map<String, byte[]> derived = new ConcurrentHashMap<>();
    private final Map<String, HmacKey> hmacs = new ConcurrentHashMap<>();

    DataKey(int id, KeyPurpose purpose, byte[] key, boolean retired) {
        if (key.length != LENGTH) {
            throw new IllegalArgumentException("data key " + id + " is not " + LENGTH + " bytes long");
        }
        this.id = id;
        this.purpose = purpose;
        this.retired = retired;
        this.key = key.clone();
    }

    int id() {
        return id;
    }

    KeyPurpose purpose() {
        return purpose;
    }

    /** Whether it only checks what was made with it and makes nothing new. */
    boolean retired() {
        return retired;
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
        return "DataKey[" + id + ", " + purpose + (retired ? ", retired]" : "]");
    }
}
