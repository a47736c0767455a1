package dev.signet.provisioning;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code provisioning_run} and {@code provisioned_secret}, and the lock by which nodes take turns. */
@Repository
class ProvisioningStore {

    /** Any number will do, as long as every node names the same. */
    private static final long LOCK = 0x7369_676e_6574_0001L;

    /** First starts hash one chosen secret after the other. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final JdbcClient jdbc;

    ProvisioningStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Waits for the other nodes and holds them off until the transaction ends. It asks again and again rather than block
     * in the database, where a wait longer than an ordinary statement would be taken for a dead connection.
     */
    void takeTurn() {
        long begun = System.nanoTime();
        while (!jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single()) {
            if (System.nanoTime() - begun > LONGEST_WAIT.toNanos()) {
                throw new IllegalStateException("Another node has been applying its configuration for too long");
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while another node applied its configuration", e);
            }
        }
    }

    Optional<byte[]> lastDigest() {
        return jdbc.sql("select digest from provisioning_run order by applied_at desc, id desc limit 1")
                .query((row, number) -> row.getBytes(1))
                .optional();
    }

    void addRun(UUID id, String source, byte[] digest, String outcome, Instant now) {
        jdbc.sql("insert into provisioning_run (id, source, digest, outcome, applied_at) values (?, ?, ?, ?, ?)")
                .param(id)
                .param(source)
                .param(digest)
                .param(outcome)
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<byte[]> fingerprint(String owner) {
        return jdbc.sql("select fingerprint from provisioned_secret where owner = ?")
                .param(owner)
                .query((row, number) -> row.getBytes(1))
                .optional();
    }

    void saveFingerprint(String owner, byte[] fingerprint) {
        jdbc.sql("""
            insert into provisioned_secret (owner, fingerprint) values (?, ?)
            on conflict (owner) do update set fingerprint = excluded.fingerprint
            """).param(owner).param(fingerprint).update();
    }

    /** Whether there was one. */
    boolean deleteFingerprint(String owner) {
        return jdbc.sql("delete from provisioned_secret where owner = ?")
                        .param(owner)
                        .update()
                == 1;
    }
}
