package dev.signet.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import dev.signet.audit.RequestTrace;
import dev.signet.sessions.SessionEnded.EndReason;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Timeout(30)
class SsoSessionStoreSliceTests {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final TestDatabase database = TestDatabase.create();
    private final SsoSessionStore store = new SsoSessionStore(database.jdbc());
    private final TransactionTemplate transaction =
            new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    private final SsoSession session =
            new SsoSession(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), NOW, false);

    @BeforeEach
    void somebodyIsSignedIn() {
        database.jdbc()
                .sql("insert into user_account (id, username, created_at, updated_at) values (?, 'ann', now(), now())")
                .param(session.userId())
                .update();
        database.jdbc().sql("""
            insert into client (client_id, name, kind, auth_methods, grant_types, scopes, created_at, updated_at)
            values ('app', 'App', 'web', '{none}', '{authorization_code}', '{openid}', now(), now())
            """).update();
        store.insert(session, new byte[32], NOW.plusSeconds(3600), RequestTrace.current());
    }

    @Test
    void anAppJoinsALiveSessionOnceAndCountsAsItsUse() {
        assertThat(store.join(session.id(), "app", NOW.plusSeconds(120))).isTrue();
        assertThat(store.join(session.id(), "app", NOW.plusSeconds(130))).isTrue();

        assertThat(store.clients(session.id())).containsExactly("app");
        assertThat(database.jdbc()
                        .sql("select last_used_at from sso_session")
                        .query(java.sql.Timestamp.class)
                        .single()
                        .toInstant())
                .isEqualTo(NOW.plusSeconds(120));
    }

    @Test
    void noAppJoinsASessionThatHasEnded() {
        store.end(session.id(), EndReason.SIGNED_OUT, NOW);

        assertThat(store.join(session.id(), "app", NOW)).isFalse();
        assertThat(store.clients(session.id())).isEmpty();
    }

    @Test
    void noAppJoinsASessionThatIsAboutToEnd() throws Exception {
        CompletableFuture<Boolean> joining = transaction.execute(status -> {
            store.end(session.id(), EndReason.SIGNED_OUT, NOW);
            CompletableFuture<Boolean> started =
                    CompletableFuture.supplyAsync(() -> store.join(session.id(), "app", NOW));
            assertThat(isStillGoing(started)).isTrue();
            return started;
        });

        assertThat(joining.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void aSessionEndsOnlyAfterWhoeverIsJoiningIt() throws Exception {
        CompletableFuture<Optional<UUID>> ending = transaction.execute(status -> {
            assertThat(store.join(session.id(), "app", NOW)).isTrue();
            CompletableFuture<Optional<UUID>> started =
                    CompletableFuture.supplyAsync(() -> store.end(session.id(), EndReason.SIGNED_OUT, NOW));
            assertThat(isStillGoing(started)).isTrue();
            return started;
        });

        assertThat(ending.get(10, TimeUnit.SECONDS)).contains(session.userId());
    }

    private static boolean isStillGoing(CompletableFuture<?> future) {
        try {
            future.get(300, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
