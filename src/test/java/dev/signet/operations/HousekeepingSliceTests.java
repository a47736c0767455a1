package dev.signet.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HousekeepingSliceTests {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final OffsetDateTime PAST = NOW.minusSeconds(1).atOffset(ZoneOffset.UTC);
    private static final OffsetDateTime FUTURE = NOW.plusSeconds(60).atOffset(ZoneOffset.UTC);

    private final TestDatabase database = TestDatabase.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Housekeeping housekeeping = new Housekeeping(
            database.dataSource(),
            new HousekeepingProperties(Duration.ofMinutes(1), 10, 2),
            Clock.fixed(NOW, ZoneOffset.UTC),
            meters);
    private final UUID user = UUID.randomUUID();

    @BeforeEach
    void somebodyUsesAnApplication() {
        database.jdbc()
                .sql("insert into user_account (id, username, created_at, updated_at) values (?, 'ann', now(), now())")
                .param(user)
                .update();
        database.jdbc().sql("""
            insert into client (client_id, name, kind, auth_methods, grant_types, scopes, created_at, updated_at)
            values ('app', 'App', 'web', '{none}', '{authorization_code}', '{openid}', now(), now())
            """).update();
        database.jdbc().sql("""
            insert into signing_key (kid, algorithm, public_jwk, published_at) values ('key', 'ES256', '{}', now())
            """).update();
    }

    @Test
    void removesFromEveryTableWhatHasExpiredAndNothingElse() throws SQLException {
        for (OffsetDateTime expiry : new OffsetDateTime[] {PAST, FUTURE}) {
            insertLoginFlow(expiry);
            insertSession(expiry);
            insert("""
                insert into status_list (hour, ordinal, kid, created_at)
                select extract(epoch from cast(? as timestamptz))::bigint / 3600 - 2, 0, 'key', now()
                """, expiry);
            insert(
                    "insert into throttle (rule, key, full_at) values ('r', decode(md5(random()::text), 'hex'), ?)",
                    expiry);
            insert("""
                insert into one_time_link (id, purpose, digest, created_at, expires_at)
                values (gen_random_uuid(), 'setup', '', now(), ?)
                """, expiry);
            insert("""
                insert into browser_account (browser_id, user_id, last_used_at, expires_at)
                values (gen_random_uuid(), (select id from user_account), now(), ?)
                """, expiry);
            insert("""
                insert into access_token (id, digest, client_id, scope, audience, issued_at, expires_at)
                values (gen_random_uuid(), '', 'app', '', '{}', now(), ?)
                """, expiry);
            insertAuthorization(expiry.minus(ExpiringTable.AUTHORIZATION.grace()));
        }

        Map<ExpiringTable, Integer> removed = housekeeping.pass();

        for (ExpiringTable table : ExpiringTable.values()) {
            assertThat(removed).as(table.table()).containsEntry(table, 1);
            assertThat(count(table.table())).as(table.table()).isEqualTo(1);
        }
        assertThat(meters.get("signet.housekeeping.removed")
                        .tag("table", "login_flow")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void keepsAnEndedFamilyAsLongAsItsLastAccessTokenMayLive() throws SQLException {
        insertAuthorization(NOW.minus(Duration.ofHours(24)).atOffset(ZoneOffset.UTC));

        assertThat(housekeeping.pass()).isEmpty();
    }

    @Test
    void goesOnBatchByBatchUntilNothingIsLeft() throws SQLException {
        for (int i = 0; i < 25; i++) {
            insertLoginFlow(PAST);
        }

        assertThat(housekeeping.pass()).containsEntry(ExpiringTable.LOGIN_FLOW, 25);
        assertThat(count("login_flow")).isZero();
    }

    @Test
    void leavesWhatARequestHoldsForTheNextPass() throws SQLException {
        insertLoginFlow(PAST);
        insertLoginFlow(PAST);
        try (Connection request = database.dataSource().getConnection();
                Statement statement = request.createStatement()) {
            request.setAutoCommit(false);
            statement.execute("select 1 from login_flow limit 1 for update");

            assertThat(housekeeping.pass()).containsEntry(ExpiringTable.LOGIN_FLOW, 1);

            request.rollback();
        }

        assertThat(housekeeping.pass()).containsEntry(ExpiringTable.LOGIN_FLOW, 1);
    }

    @Test
    void leavesThePassToTheNodeThatIsAtIt() throws SQLException {
        insertLoginFlow(PAST);
        try (HousekeepingStore other = new HousekeepingStore(database.dataSource())) {
            assertThat(other.tryLock()).isTrue();
            assertThat(housekeeping.pass()).isEmpty();
            assertThat(count("login_flow")).isEqualTo(1);
        }
    }

    @Test
    void makesTheAuditPartitionsOfTheMonthsToCome() throws SQLException {
        housekeeping.pass();
        housekeeping.pass();

        insert(
                "insert into audit_event (id, at, kind, outcome) values (gen_random_uuid(), ?, 'K', 'ok')",
                OffsetDateTime.parse("2027-01-15T00:00:00Z"));
        assertThat(count("audit_event_2026_12")).isZero();
        assertThat(count("audit_event_2027_01")).isEqualTo(1);
        assertThat(count("audit_event_default")).isZero();
    }

    private void insertAuthorization(OffsetDateTime absoluteExpiry) {
        insert("""
            insert into oauth_authorization (id, client_id, user_id, scope, audience, offline, auth_time, acr,
                amr, code_digest, code_expires_at, absolute_expires_at, created_at)
            values (gen_random_uuid(), 'app', (select id from user_account), 'openid', '{}', false, now(), '1',
                '{pwd}', '', now(), ?, now())
            """, absoluteExpiry);
    }

    private void insertLoginFlow(OffsetDateTime expiry) {
        insert("""
            insert into login_flow (id, browser_digest, created_at, expires_at) values (gen_random_uuid(), '', now(), ?)
            """, expiry);
    }

    private void insertSession(OffsetDateTime expiry) {
        insert("""
            insert into sso_session (id, user_id, browser_id, digest, password_at, created_at, last_used_at, expires_at)
            values (gen_random_uuid(), (select id from user_account), gen_random_uuid(), '', now(), now(), now(), ?)
            """, expiry);
    }

    private void insert(String sql, OffsetDateTime expiry) {
        database.jdbc().sql(sql).param(expiry).update();
    }

    private int count(String table) {
        return database.jdbc()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }
}
