package dev.signet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ChangesSliceTests {

    private final TestDatabase database = TestDatabase.create();
    private final Node here = new Node();
    private final Node there = new Node();
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));

    private final class Node {

        final Changes changes = new Changes(database.jdbc());
        final ChangeListener listener = new ChangeListener(changes, unpooled());
        final List<String> heard = new CopyOnWriteArrayList<>();
        final AtomicInteger lost = new AtomicInteger();

        Node() {
            changes.subscribe("thing", heard::add, lost::incrementAndGet);
        }
    }

    private PGSimpleDataSource unpooled() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setApplicationName("listener");
        return source;
    }

    @BeforeEach
    void start() {
        here.listener.start();
        there.listener.start();
        // Each listens once it has told its subscribers to start afresh.
        eventually(() -> here.lost.get() >= 1 && there.lost.get() >= 1);
    }

    @AfterEach
    void stop() {
        here.listener.stop();
        there.listener.stop();
    }

    private static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void otherNodesHearOfAChange() {
        here.changes.publish("thing", "one:with a colon");

        eventually(() -> there.heard.contains("one:with a colon"));
        assertThat(here.heard).contains("one:with a colon");
    }

    @Test
    void nobodyHearsOfAChangeBeforeItIsCommitted() {
        transaction.executeWithoutResult(status -> {
            here.changes.publish("thing", "two");
            assertThat(here.heard).isEmpty();
        });

        // Its own node need not wait for the notification to come back.
        assertThat(here.heard).contains("two");
        eventually(() -> there.heard.contains("two"));
    }

    @Test
    void nobodyHearsOfAChangeThatWasRolledBack() {
        transaction.executeWithoutResult(status -> {
            here.changes.publish("thing", "undone");
            status.setRollbackOnly();
        });
        here.changes.publish("thing", "done");

        eventually(() -> there.heard.contains("done"));
        assertThat(there.heard).doesNotContain("undone");
        assertThat(here.heard).doesNotContain("undone");
    }

    @Test
    void aLostConnectionIsReplacedAndEverybodyStartsAfresh() {
        int before = there.lost.get();
        database.jdbc()
                .sql("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where application_name = 'listener' and datname = current_database()")
                .query((row, number) -> true)
                .list();

        // Once when it was lost, once when it listens again: in between, changes went unheard.
        eventually(() -> there.lost.get() >= before + 2);
        here.changes.publish("thing", "after");
        eventually(() -> there.heard.contains("after"));
    }

    @Test
    void oneSubscriberThatFailsDoesNotSilenceTheOthers() {
        List<String> heard = new CopyOnWriteArrayList<>();
        there.changes.subscribe(
                "other",
                key -> {
                    throw new IllegalStateException("on purpose");
                },
                () -> {});
        there.changes.subscribe("other", heard::add, () -> {});

        here.changes.publish("other", "three");

        eventually(() -> heard.contains("three"));
    }

    @Test
    void aTopicIsAWord() {
        assertThatThrownBy(() -> here.changes.publish("a:b", "c")).isInstanceOf(IllegalArgumentException.class);
    }
}
