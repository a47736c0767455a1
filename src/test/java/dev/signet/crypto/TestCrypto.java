package dev.signet.crypto;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.springframework.util.unit.DataSize;

/** Handles, vault and hashes over data keys in memory, for tests that want no database. */
public final class TestCrypto {

    private final List<DataKey> keys;
    private final DataKeys dataKeys;

    private TestCrypto(List<DataKey> keys) {
        this.keys = keys;
        this.dataKeys = new DataKeys(() -> List.copyOf(keys), Clock.systemUTC());
    }

    /** The same data keys every time, as if all tests were one installation. */
    public static TestCrypto create() {
        List<DataKey> keys = new ArrayList<>();
        keys.add(key(0, KeyPurpose.SUBJECT, false));
        keys.add(key(1, KeyPurpose.HANDLE, false));
        keys.add(key(2, KeyPurpose.SEAL, false));
        keys.add(key(3, KeyPurpose.HASH, false));
        return new TestCrypto(keys);
    }

    static DataKey key(int id, KeyPurpose purpose, boolean retired) {
        byte[] bytes = new byte[DataKey.LENGTH];
        new Random(id).nextBytes(bytes);
        return key(id, purpose, bytes, retired);
    }

    static DataKey key(int id, KeyPurpose purpose, byte[] bytes, boolean retired) {
        return new DataKey(id, purpose, bytes, Instant.EPOCH, retired ? Instant.EPOCH.plusSeconds(id) : null);
    }

    /** With these keys, and the one for lasting names. */
    static TestCrypto of(DataKey... keys) {
        List<DataKey> all = new ArrayList<>(List.of(keys));
        all.add(key(0, KeyPurpose.SUBJECT, false));
        return new TestCrypto(all);
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

    /** The bare Argon2id of a secret, 32 bytes long. */
    public static byte[] argon2id(SecretValue secret, String salt, int memoryKib, int iterations, int lanes) {
        return new Argon2.Java()
                .hash(
                        secret.reveal().getBytes(StandardCharsets.UTF_8),
                        salt.getBytes(StandardCharsets.UTF_8),
                        new Argon2Cost(memoryKib, iterations, lanes),
                        32);
    }

    /** A slow hash with no time for anybody: each call waits 50 ms and is turned away. Close it in the end. */
    public static Exhausted exhaustedSlowHash() {
        CountDownLatch never = new CountDownLatch(1);
        Argon2 stuck = (secret, salt, cost, length) -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new byte[length];
        };
        var hash = new Argon2Hash(
                stuck, new HashingProperties(DataSize.ofMegabytes(19), 2, 1, 1, 1, Duration.ofMillis(50)));
        return new Exhausted(hash, hash::close);
    }

    public record Exhausted(SlowHash slowHash, Runnable stop) implements AutoCloseable {

        @Override
        public void close() {
            stop.run();
        }
    }
}
