package dev.signet.crypto;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.springframework.util.unit.DataSize;

/** Handles, vault and hashes over data keys in memory, for tests that want no database. */
public final class TestCrypto {

    private final List<DataKey> keys;
    private final DataKeys dataKeys;

    private TestCrypto(List<DataKey> keys) {
        this.keys = keys;
        this.dataKeys = new DataKeys(() -> List.copyOf(keys));
    }

    /** The same data keys every time, as if all tests were one installation. */
    public static TestCrypto create() {
        List<DataKey> keys = new ArrayList<>();
        keys.add(key(1, KeyPurpose.HANDLE, false));
        keys.add(key(2, KeyPurpose.SEAL, false));
        keys.add(key(3, KeyPurpose.HASH, false));
        return new TestCrypto(keys);
    }

    static DataKey key(int id, KeyPurpose purpose, boolean retired) {
        byte[] bytes = new byte[DataKey.LENGTH];
        new Random(id).nextBytes(bytes);
        return new DataKey(id, purpose, bytes, retired);
    }

    static TestCrypto of(DataKey... keys) {
        return new TestCrypto(new ArrayList<>(List.of(keys)));
    }

    /** Adds a key the way another node would: it is seen when somebody asks for its id. */
    void add(DataKey key) {
        keys.add(key);
    }

    DataKeys dataKeys() {
        return dataKeys;
    }

    public Handles handles() {
        return new Handles(dataKeys);
    }

    public Vault vault() {
        return new Vault(dataKeys);
    }

    public KeyedHash keyedHash() {
        return new KeyedHash(dataKeys);
    }

    /** A real Argon2id, two at once. */
    public SlowHash slowHash() {
        return new Argon2Hash(
                Argon2.fastest(true),
                new HashingProperties(DataSize.ofMegabytes(19), 2, 1, 2, 64, Duration.ofSeconds(20)));
    }
}
