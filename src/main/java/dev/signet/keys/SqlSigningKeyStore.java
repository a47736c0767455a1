package dev.signet.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The table {@code signing_key}. */
final class SqlSigningKeyStore implements SigningKeyStore {

    /** Keeps two nodes from both making the first key of an algorithm. */
    private static final long LOCK = 0x7369676e_6b657973L;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Consumer<SigningKey> onAdded;

    /** @param onAdded told of each key within the transaction that adds it */
    SqlSigningKeyStore(JdbcClient jdbc, TransactionOperations transaction, Consumer<SigningKey> onAdded) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.onAdded = onAdded;
    }

    @Override
    public List<SigningKey> all() {
        return jdbc.sql("""
            select kid, algorithm, public_jwk, sealed_private, published_at, activated_at, retired_at,
                   removed_at, killed_at
            from signing_key
            """).query((row, number) -> read(row)).list();
    }

    @Override
    public List<SigningKey> add(UnaryOperator<List<SigningKey>> decision) {
        return transaction.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(:lock)")
                    .param("lock", LOCK)
                    .query((row, number) -> true)
                    .single();
            // Read committed: this sees what the node that held the lock before us has added.
            List<SigningKey> added = decision.apply(all());
            added.forEach(this::insert);
            added.forEach(onAdded);
            return added;
        });
    }

    private void insert(SigningKey key) {
        jdbc.sql("""
            insert into signing_key (kid, algorithm, public_jwk, sealed_private, published_at, activated_at)
            values (:kid, :algorithm, :publicJwk, :sealedPrivate, :publishedAt, :activatedAt)
            """)
                .param("kid", key.kid())
                .param("algorithm", key.algorithm().jwsName())
                .param("publicJwk", key.publicJwk())
                .param("sealedPrivate", key.sealedPrivate())
                .param("publishedAt", key.publishedAt().atOffset(ZoneOffset.UTC))
                .param(
                        "activatedAt",
                        key.activatedAt() == null ? null : key.activatedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static SigningKey read(ResultSet row) throws SQLException {
        String algorithm = row.getString("algorithm");
        return new SigningKey(
                row.getString("kid"),
                SigningAlgorithm.ofJwsName(algorithm)
                        .orElseThrow(() -> new IllegalStateException("unknown algorithm " + algorithm)),
                row.getString("public_jwk"),
                row.getBytes("sealed_private"),
                row.getObject("published_at", OffsetDateTime.class).toInstant(),
                instant(row, "activated_at"),
                instant(row, "retired_at"),
                instant(row, "removed_at"),
                instant(row, "killed_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
