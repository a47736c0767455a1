package dev.signet.protection;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code throttle}: when each bucket will be full again; a bucket without a row is full. */
@Repository
class ThrottleStore {

    /*
     * The row lock makes parallel takers wait for each other, and READ COMMITTED lets each see what the one before
     * left: the condition is judged on the newest row, never on the one the statement began with.
     */
    private static final String TAKE = """
        insert into throttle as t (rule, key, full_at) values (:rule, :key, :now + :interval)
        on conflict (rule, key) do update set full_at = greatest(t.full_at, :now) + :interval
        where greatest(t.full_at, :now) + :interval <= :now + :per
        """.replace(":now", "cast(:now as timestamptz)")
            .replace(":interval", "cast(:micros as bigint) * interval '1 microsecond'")
            .replace(":per", "cast(:perMicros as bigint) * interval '1 microsecond'");

    private final JdbcClient jdbc;

    ThrottleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    boolean take(String rule, byte[] key, Instant now, Limit limit) {
        long micros = micros(limit);
        return jdbc.sql(TAKE)
                        .param("rule", rule)
                        .param("key", key)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("micros", micros)
                        // Whole intervals, so that rounding never costs the last attempt.
                        .param("perMicros", micros * limit.attempts())
                        .update()
                == 1;
    }

    void giveBack(String rule, byte[] key, Limit limit) {
        jdbc.sql("""
            update throttle set full_at = full_at - cast(? as bigint) * interval '1 microsecond'
            where rule = ? and key = ?
            """).param(micros(limit)).param(rule).param(key).update();
    }

    Optional<Instant> fullAt(String rule, byte[] key) {
        return jdbc.sql("select full_at from throttle where rule = ? and key = ?")
                .param(rule)
                .param(key)
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant);
    }

    private static long micros(Limit limit) {
        return Math.max(1, limit.interval().toNanos() / 1_000);
    }
}
