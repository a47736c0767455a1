package dev.signet.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.TestDatabase;
import dev.signet.TestModules;
import dev.signet.audit.AuditTrail;
import dev.signet.crypto.Handles;
import dev.signet.crypto.Ids;
import dev.signet.crypto.KeyedHash;
import dev.signet.crypto.SecretValue;
import dev.signet.crypto.SlowHash;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientSecretsSliceTests {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final TestModules NODE = TestModules.start(DATABASE);
    private static final SecretValue CHOSEN = new SecretValue("a secret somebody chose");

    private final AtomicInteger slowChecks = new AtomicInteger();
    private final Clients clients = NODE.get(Clients.class);
    private final ClientSecrets secrets = new ClientSecrets(
            clients,
            NODE.get(ClientStore.class),
            NODE.get(Handles.class),
            NODE.get(KeyedHash.class),
            new CountingHash(NODE.get(SlowHash.class)),
            NODE.get(Ids.class),
            NODE.get(AuditTrail.class),
            NODE.get(Clock.class));

    private final class CountingHash implements SlowHash {

        private final SlowHash real;

        CountingHash(SlowHash real) {
            this.real = real;
        }

        @Override
        public String hash(SecretValue secret) {
            return real.hash(secret);
        }

        @Override
        public boolean matches(SecretValue presented, String phc) {
            slowChecks.incrementAndGet();
            return real.matches(presented, phc);
        }

        @Override
        public boolean accepts(String phc) {
            return real.accepts(phc);
        }

        @Override
        public boolean outdated(String phc) {
            return real.outdated(phc);
        }

        @Override
        public String decoy() {
            return real.decoy();
        }
    }

    @BeforeEach
    void registerClients() {
        DATABASE.jdbc().sql("delete from client_secret").update();
        for (String clientId : new String[] {"shop", "other"}) {
            clients.register(TestClients.confidential(clientId));
            clients.changed(clientId);
        }
    }

    @AfterAll
    static void stop() {
        NODE.close();
    }

    private boolean proves(String clientId, SecretValue secret) {
        return secrets.matches(clients.byClientId(clientId), secret);
    }

    @Test
    void aMachineMadeSecretProvesItsClientWithoutASlowCheck() {
        SecretValue secret = secrets.issue("shop");

        assertThat(secret.reveal()).startsWith("sgn_cs_");
        assertThat(proves("shop", secret)).isTrue();
        assertThat(slowChecks).hasValue(0);
        assertThat(proves("other", secret)).isFalse();
    }

    @Test
    void aChosenSecretCostsASlowCheckOnce() {
        secrets.choose("shop", CHOSEN);

        for (int i = 0; i < 10; i++) {
            assertThat(proves("shop", CHOSEN)).isTrue();
        }
        assertThat(slowChecks).hasValue(1);
    }

    @Test
    void twoSecretsWorkAtOnceAndAThirdEndsTheOldest() {
        SecretValue first = secrets.issue("shop");
        SecretValue second = secrets.issue("shop");
        assertThat(proves("shop", first)).isTrue();
        assertThat(proves("shop", second)).isTrue();

        SecretValue third = secrets.issue("shop");
        assertThat(proves("shop", first)).isFalse();
        assertThat(proves("shop", second)).isTrue();
        assertThat(proves("shop", third)).isTrue();
    }

    @Test
    void aChosenAndAMachineMadeSecretWorkAtOnce() {
        secrets.choose("shop", CHOSEN);
        SecretValue made = secrets.issue("shop");

        assertThat(proves("shop", CHOSEN)).isTrue();
        assertThat(proves("shop", made)).isTrue();
    }

    @Test
    void aNewChosenSecretEndsTheOneBeforeEvenIfItIsRemembered() {
        secrets.choose("shop", CHOSEN);
        assertThat(proves("shop", CHOSEN)).isTrue();

        secrets.choose("shop", new SecretValue("another secret somebody chose"));

        assertThat(proves("shop", CHOSEN)).isFalse();
        assertThat(proves("shop", new SecretValue("another secret somebody chose")))
                .isTrue();
    }

    @Test
    void aSecretThatRanOutProvesNothing() {
        SecretValue secret = secrets.issue("shop");
        DATABASE.jdbc()
                .sql("update client_secret set expires_at = now() - interval '1 second'")
                .update();
        clients.changed("shop");

        assertThat(proves("shop", secret)).isFalse();
    }

    @Test
    void everyRefusalCostsExactlyOneSlowCheck() {
        secrets.choose("shop", CHOSEN);
        SecretValue made = secrets.issue("other");
        assertThat(proves("shop", CHOSEN)).isTrue();

        refusesWithOneSlowCheck("wrong secret", "shop", new SecretValue("wrong"));
        refusesWithOneSlowCheck("wrong secret of a client with a machine-made one", "other", CHOSEN);
        refusesWithOneSlowCheck("secret of another client", "shop", made);
        refusesWithOneSlowCheck("unknown client", "nobody", CHOSEN);
        refusesWithOneSlowCheck("unknown client, plausible secret", "nobody", made);
        refusesWithOneSlowCheck("malformed secret", "other", new SecretValue("sgn_cs_x"));
        refusesWithOneSlowCheck("empty secret", "shop", new SecretValue(""));
        DATABASE.jdbc().sql("delete from client_secret").update();
        clients.changed("shop");
        refusesWithOneSlowCheck("client without a secret", "shop", CHOSEN);
    }

    private void refusesWithOneSlowCheck(String what, String clientId, SecretValue secret) {
        slowChecks.set(0);
        Optional<Client> client = clients.byClientId(clientId);
        assertThat(secrets.matches(client, secret)).as(what).isFalse();
        assertThat(slowChecks).as(what).hasValue(1);
    }

    @Test
    void slowChecksMayBeLimited() {
        secrets.choose("shop", CHOSEN);
        SecretValue made = secrets.issue("shop");
        Runnable limit = () -> {
            throw new IllegalStateException("too many");
        };

        assertThat(secrets.matches(clients.byClientId("shop"), made, limit)).isTrue();
        assertThatThrownBy(() -> secrets.matches(clients.byClientId("shop"), CHOSEN, limit))
                .hasMessage("too many");
        assertThat(proves("shop", CHOSEN)).isTrue();
        assertThat(secrets.matches(clients.byClientId("shop"), CHOSEN, limit)).isTrue();
    }

    @Test
    void storesNothingUsable() {
        SecretValue made = secrets.issue("shop");
        secrets.choose("shop", CHOSEN);

        String rows = DATABASE.jdbc()
                .sql("select string_agg(t::text, ' ') from client_secret t")
                .query(String.class)
                .single();

        assertThat(rows)
                .doesNotContain(CHOSEN.reveal(), made.reveal(), made.reveal().substring(7, 40));
    }
}
