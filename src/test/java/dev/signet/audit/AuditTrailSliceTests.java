package dev.signet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.TestDatabase;
import dev.signet.Together;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AuditTrailSliceTests {

    private static final AuditProperties PROPERTIES = new AuditProperties(100, 50, Duration.ofSeconds(2));

    private final TestDatabase database = TestDatabase.create();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    private final CountingStore store = new CountingStore();
    private final GroupCommit group = new GroupCommit(store, PROPERTIES);
    private final AuditTrail trail = new AuditTrail(store, group, Clock.systemUTC(), meters);

    private class CountingStore extends AuditStore {

        final AtomicInteger inserts = new AtomicInteger();

        CountingStore() {
            super(database.dataSource());
        }

        @Override
        void insertAll(List<AuditRow> rows) {
            inserts.incrementAndGet();
            super.insertAll(rows);
        }
    }

    @AfterEach
    void stop() {
        group.stop();
    }

    private List<Map<String, Object>> rows() {
        return database.jdbc()
                .sql("select *, detail::text as details from audit_event order by at, id")
                .query()
                .listOfRows();
    }

    @Test
    void keepsEverythingTheEventSays() {
        UUID user = UUID.randomUUID();
        UUID session = UUID.randomUUID();
        UUID authorization = UUID.randomUUID();
        trail.record(AuditEvent.of(AuditKind.TOKEN_DENIED)
                .actor("somebody")
                .user(user)
                .client("shop")
                .session(session)
                .authorization(authorization)
                .reason("it's \"odd\"\nand long")
                .grant("refresh_token")
                .detail("absent", null));

        Map<String, Object> row = rows().getFirst();
        assertThat(row)
                .containsEntry("kind", "token_denied")
                .containsEntry("outcome", "failure")
                .containsEntry("actor", "somebody")
                .containsEntry("user_id", user)
                .containsEntry("client_id", "shop")
                .containsEntry("session_id", session)
                .containsEntry("authorization_id", authorization)
                .containsEntry("reason", "it's \"odd\"\nand long")
                .containsEntry("details", "{\"grant_type\": \"refresh_token\"}");
        assertThat((String) row.get("error_id")).hasSize(10);
        assertThat(((UUID) row.get("id")).version()).isEqualTo(7);
    }

    @Test
    void anEventIsThereIfAndOnlyIfItsTransactionCommits() {
        transaction.executeWithoutResult(status -> {
            trail.record(AuditEvent.of(AuditKind.CODE_ISSUED).client("undone"));
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(
                status -> trail.record(AuditEvent.of(AuditKind.CODE_ISSUED).client("done")));

        assertThat(rows()).extracting(row -> row.get("client_id")).containsExactly("done");
        assertThat(meters.get("signet.audit.events")
                        .tag("kind", "code_issued")
                        .counter()
                        .count())
                .as("what was undone is not counted either")
                .isEqualTo(1);
    }

    @Test
    void concurrentRequestsShareInsertsAndEachGoesOnOnlyWhenItsEventIsDurable() throws Exception {
        group.start();

        Together.run(50, () -> {
            String client = Thread.currentThread().getName();
            for (int i = 0; i < 20; i++) {
                trail.record(AuditEvent.of(AuditKind.TOKEN_ISSUED).client(client));
            }
            Integer mine = database.jdbc()
                    .sql("select count(*) from audit_event where client_id = ?")
                    .param(client)
                    .query(Integer.class)
                    .single();
            assertThat(mine).isEqualTo(20);
            return true;
        });

        assertThat(rows()).hasSize(1_000);
        assertThat(store.inserts.get()).isLessThan(500);
        assertThat(meters.get("signet.audit.events")
                        .tag("kind", "token_issued")
                        .counter()
                        .count())
                .isEqualTo(1_000);
    }

    @Test
    void keepsWhatHostileRequestsBring() {
        group.start();
        trail.record(AuditEvent.of(AuditKind.CLIENT_AUTHENTICATION_FAILED)
                .client("a\0b\uD800c" + "x".repeat(5_000))
                .detail("n\"a'me", "v\0\uDC00\u202E"));

        String client = (String) rows().getFirst().get("client_id");
        assertThat(client).startsWith("a\uFFFDb?c").hasSize(AuditRow.LONGEST);
    }

    @Test
    void aBadEventHarmsOnlyItsOwnRequest() throws Exception {
        CountDownLatch firstBatch = new CountDownLatch(1);
        AuditStore stubborn = new CountingStore() {
            @Override
            void insertAll(List<AuditRow> rows) {
                await(firstBatch);
                super.insertAll(rows.stream().map(AuditTrailSliceTests::spoilt).toList());
            }
        };
        GroupCommit gathered = new GroupCommit(stubborn, PROPERTIES);
        gathered.start();
        AuditTrail gatheredTrail = new AuditTrail(stubborn, gathered, Clock.systemUTC(), new SimpleMeterRegistry());
        AtomicInteger number = new AtomicInteger();

        List<Boolean> durable = Together.run(20, () -> {
            int mine = number.getAndIncrement();
            firstBatch.countDown();
            try {
                gatheredTrail.record(AuditEvent.of(AuditKind.TOKEN_ISSUED).client(mine == 7 ? "bad" : "good"));
                return true;
            } catch (AuditBusy e) {
                assertThat(mine).isEqualTo(7);
                return false;
            }
        });
        gathered.stop();

        assertThat(durable.stream().filter(one -> one)).hasSize(19);
        assertThat(rows()).hasSize(19);
    }

    /** A row that no sanitising foresaw: its detail is no JSON. */
    private static AuditRow spoilt(AuditRow row) {
        return !"bad".equals(row.client())
                ? row
                : new AuditRow(
                        row.id(),
                        row.at(),
                        row.kind(),
                        row.outcome(),
                        null,
                        null,
                        "bad",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "{no json");
    }

    @Test
    void refusesAtOnceWhenTheQueueIsFull() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AuditStore slow = new CountingStore() {
            @Override
            void insertAll(List<AuditRow> rows) {
                await(release);
                super.insertAll(rows);
            }
        };
        GroupCommit small = new GroupCommit(slow, new AuditProperties(5, 1, Duration.ofSeconds(20)));
        small.start();
        AuditTrail smallTrail = new AuditTrail(slow, small, Clock.systemUTC(), new SimpleMeterRegistry());
        AtomicInteger refused = new AtomicInteger();

        List<Boolean> durable = Together.run(20, () -> {
            try {
                smallTrail.record(AuditEvent.of(AuditKind.TOKEN_ISSUED));
                return true;
            } catch (AuditBusy e) {
                if (refused.incrementAndGet() == 14) {
                    release.countDown();
                }
                return false;
            }
        });
        small.stop();

        assertThat(durable.stream().filter(one -> one).count()).isBetween(5L, 6L);
        assertThat(rows()).hasSize((int) durable.stream().filter(one -> one).count());
    }

    @Test
    void refusesQuicklyWhenTheDatabaseIsAway() throws Exception {
        AuditStore away = new AuditStore(new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLTransientConnectionException {
                throw new SQLTransientConnectionException("away");
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLTransientConnectionException {
                return getConnection();
            }
        });
        GroupCommit lonely = new GroupCommit(away, PROPERTIES);
        lonely.start();
        AuditTrail lonelyTrail = new AuditTrail(away, lonely, Clock.systemUTC(), new SimpleMeterRegistry());

        Together.run(20, () -> {
            assertThatThrownBy(() -> lonelyTrail.record(AuditEvent.of(AuditKind.TOKEN_ISSUED)))
                    .isInstanceOf(AuditBusy.class);
            return true;
        });
        lonely.stop();
    }

    @Test
    void whatIsQueuedWhenTheNodeStopsIsStillWritten() throws Exception {
        group.start();
        Together.run(10, () -> {
            trail.record(AuditEvent.of(AuditKind.TOKEN_ISSUED));
            return true;
        });
        group.stop();
        trail.record(AuditEvent.of(AuditKind.TOKEN_ISSUED).client("late"));

        assertThat(rows()).hasSize(11);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
