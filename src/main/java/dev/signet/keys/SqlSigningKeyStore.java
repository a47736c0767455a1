package dev.signet.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The table {@code signing_key}. */
final class SqlSigningKeyStore implements SigningKeyStore {

    /** Keeps two nodes from changing keys at once. */
    private static final long LOCK = 0x7369676e_6b657973L;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Consumer<List<KeyStep>> journal;

    /** @param journal told of the steps within the transaction that stores them */
    SqlSigningKeyStore(JdbcClient jdbc, PlatformTransactionManager transactions, Consumer<List<KeyStep>> journal) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        // Never part of a caller's: what a node has once signed with must not vanish by somebody's rollback.
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.journal = journal;
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
    public List<KeyStep> change(Function<List<SigningKey>, List<KeyStep>> decision) {
        return transaction.execute(status -> {
            jdbc.sql("select pg_advisory_xact_lock(:lock)")
                    .param("lock", LOCK)
                    .query((row, number) -> true)
                    .single();
            return store(decision);
        });
    }

    @Override
    public List<KeyStep> tryChange(Function<List<SigningKey>, List<KeyStep>> decision) {
        return transaction.execute(status -> {
            boolean mine = jdbc.sql("select pg_try_advisory_xact_lock(:lock)")
                    .param("lock", LOCK)
                    .query(Boolean.class)
                    .single();
            return mine ? store(decision) : List.of();
        });
    }

    private List<KeyStep> store(Function<List<SigningKey>, List<KeyStep>> decision) {
        // Read committed: this sees what the node that held the lock before us has done.
        List<KeyStep> steps = decision.apply(all());
        steps.forEach(step -> save(step.key()));
        if (!steps.isEmpty()) {
            journal.accept(steps);
        }
        return steps;
    }

    private void save(SigningKey key) {
        jdbc.sql("""
            insert into signing_key (kid, algorithm, public_jwk, sealed_private, published_at, activated_at)
            values (:kid, :algorithm, :publicJwk, :sealedPrivate, :publishedAt, :activatedAt)
            on conflict (kid) do update set sealed_private = excluded.sealed_private,
                activated_at = excluded.activated_at, retired_at = :retiredAt, removed_at = :removedAt,
                killed_at = :killedAt
            """)
                .param("kid", key.kid())
                .param("algorithm", key.algorithm().jwsName())
                .param("publicJwk", key.publicJwk())
                .param("sealedPrivate", key.sealedPrivate())
                .param("publishedAt", column(key.publishedAt()))
                .param("activatedAt", column(key.activatedAt()))
                .param("retiredAt", column(key.retiredAt()))
                .param("removedAt", column(key.removedAt()))
                .param("killedAt", column(key.killedAt()))
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
                row.getObject("activated_at", OffsetDateTime.class).toInstant(),
                instant(row, "retired_at"),
                instant(row, "removed_at"),
                instant(row, "killed_at"));
    }

    private static @Nullable OffsetDateTime column(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
