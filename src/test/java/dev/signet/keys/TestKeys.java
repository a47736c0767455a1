package dev.signet.keys;

import dev.signet.crypto.TestCrypto;
import dev.signet.crypto.Vault;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Signing keys of their own, kept in memory, for tests that want no database. */
public final class TestKeys {

    static final KeysProperties DEFAULTS = new KeysProperties(
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            Duration.ofHours(48),
            Duration.ofDays(90),
            Duration.ofHours(25));

    private final Vault vault = TestCrypto.create().vault();
    private final MemoryStore store = new MemoryStore();
    private final SigningKeys keys = new SigningKeys(store, vault, Clock.systemUTC(), DEFAULTS);

    private TestKeys() {}

    /** Fresh keys: RS256 and ES256 at first. */
    public static TestKeys create() {
        return new TestKeys();
    }

    public SigningKeys keys() {
        return keys;
    }

    List<SigningKey> rows() {
        return store.all();
    }

    /** Another node that sees the same keys. */
    SigningKeys otherNode() {
        return new SigningKeys(store, vault, Clock.systemUTC(), DEFAULTS);
    }

    void replace(String kid, UnaryOperator<SigningKey> change) {
        store.rows.replaceAll(row -> row.kid().equals(kid) ? change.apply(row) : row);
    }

    int reads() {
        return store.reads;
    }

    /** What the key signs under any header a test makes up. */
    byte[] signature(String kid, byte[] input) {
        SigningKey row =
                rows().stream().filter(key -> key.kid().equals(kid)).findFirst().orElseThrow();
        try {
            Signature signature = row.algorithm().signature();
            signature.initSign(KeyMaterial.privateKey(kid, vault.open(KeySet.sealContext(kid), row.sealedPrivate())));
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class MemoryStore implements SigningKeyStore {

        private final List<SigningKey> rows = new CopyOnWriteArrayList<>();
        private volatile int reads;

        @Override
        public List<SigningKey> all() {
            reads++;
            return List.copyOf(rows);
        }

        @Override
        public synchronized List<KeyStep> change(Function<List<SigningKey>, List<KeyStep>> decision) {
            List<KeyStep> steps = decision.apply(List.copyOf(rows));
            for (KeyStep step : steps) {
                rows.removeIf(row -> row.kid().equals(step.key().kid()));
                rows.add(step.key());
            }
            return steps;
        }

        @Override
        public List<KeyStep> tryChange(Function<List<SigningKey>, List<KeyStep>> decision) {
            return change(decision);
        }
    }
}
