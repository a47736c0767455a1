package dev.signet.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.TestDatabase;
import dev.signet.TestModules;
import dev.signet.Together;
import dev.signet.clients.Client;
import dev.signet.clients.ClientSecrets;
import dev.signet.clients.Clients;
import dev.signet.credentials.PasswordCheck;
import dev.signet.credentials.Passwords;
import dev.signet.crypto.SecretValue;
import dev.signet.users.NewUser;
import dev.signet.users.Profile;
import dev.signet.users.User;
import dev.signet.users.Users;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProvisioningSliceTests {

    private TestDatabase database;
    private TestModules node;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        node = TestModules.start(database);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private int apply(String text) {
        return node.get(Provisioning.class).apply(TestFiles.file(text), TestFiles.references());
    }

    private int count(String table) {
        return database.jdbc()
                .sql("select count(*) from " + table)
                .query(Integer.class)
                .single();
    }

    private String dump(String table) {
        return database.jdbc()
                .sql("select coalesce(string_agg(t::text, E'\\n' order by t::text), '') from " + table + " t")
                .query(String.class)
                .single();
    }

    private boolean opens(String password) {
        UUID id = node.get(Users.class).byLogin("demo").orElseThrow().id();
        return node.get(Passwords.class).verify(Optional.of(id), new SecretValue(password))
                instanceof PasswordCheck.Correct;
    }

    private boolean proves(String clientId, String secret) {
        Optional<Client> client = node.get(Clients.class).byClientId(clientId);
        return node.get(ClientSecrets.class).matches(client, new SecretValue(secret));
    }

    @Test
    void makesTheDatabaseSayWhatTheFileSays() {
        apply(TestFiles.SHOP);

        Client shop = node.get(Clients.class).byClientId("shop").orElseThrow();
        assertThat(shop.name()).isEqualTo("Sample Shop");
        assertThat(shop.source()).isEqualTo("file");
        assertThat(shop.scopes()).containsExactly("openid", "email", "api:read");
        assertThat(shop.accessTokenLifetime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(proves("shop", "a-secret-of-the-shop")).isTrue();
        assertThat(node.get(Clients.class).corsOrigins()).containsExactly("https://app.example");
        User demo = node.get(Users.class).byLogin(" DEMO@example.COM ").orElseThrow();
        assertThat(demo.username()).isEqualTo("demo");
        assertThat(demo.profile().birthdate()).isEqualTo("2001-02-03");
        assertThat(demo.profile().address().streetAddress()).isEqualTo("Road 1");
        assertThat(demo.roles()).containsExactly("user");
        assertThat(opens("correct horse battery")).isTrue();
    }

    @Test
    void leavesNoTraceWhenAppliedAgain() {
        apply(TestFiles.SHOP);
        String before = dump("client") + dump("client_secret") + dump("user_account") + dump("password");
        int events = count("audit_event");

        assertThat(apply(TestFiles.SHOP)).isZero();

        assertThat(dump("client") + dump("client_secret") + dump("user_account") + dump("password"))
                .isEqualTo(before);
        assertThat(count("audit_event")).isEqualTo(events);
        assertThat(count("provisioning_run")).isEqualTo(1);
    }

    @Test
    void keepsThePasswordThatItsOwnerChose() {
        apply(TestFiles.SHOP);
        UUID id = node.get(Users.class).byLogin("demo").orElseThrow().id();
        node.get(Passwords.class).set(id, new SecretValue("my very own choice"));

        apply(TestFiles.SHOP);
        assertThat(opens("my very own choice")).isTrue();

        apply(TestFiles.SHOP.replace("correct horse battery", "another from the file"));
        assertThat(opens("another from the file")).isTrue();
    }

    @Test
    void endsASecretThatChangedInTheFile() {
        apply(TestFiles.SHOP);
        assertThat(proves("shop", "a-secret-of-the-shop")).isTrue();

        apply(TestFiles.SHOP.replace("a-secret-of-the-shop", "${env:SHOP_SECRET}"));

        assertThat(proves("shop", "a-secret-of-the-shop")).isFalse();
        assertThat(proves("shop", "a-secret-from-a-variable")).isTrue();
    }

    @Test
    void disablesAClientThatLeftTheFileAndTakesItBack() {
        apply(TestFiles.SHOP);
        String without = TestFiles.SHOP.replaceAll("(?s)  - client_id: app.*?users:", "users:");

        apply(without);
        assertThat(node.get(Clients.class).byClientId("app")).isEmpty();
        assertThat(node.get(Clients.class).corsOrigins()).isEmpty();

        apply(TestFiles.SHOP);
        assertThat(node.get(Clients.class).byClientId("app")).isPresent();
    }

    @Test
    void appliesAllOrNothing() {
        String bad = TestFiles.SHOP.replace("password: correct horse battery", "password: short");

        assertThatThrownBy(() -> apply(bad)).isInstanceOf(ConfigRefused.class).hasMessageContaining("line 24");

        assertThat(count("client")).isZero();
        assertThat(count("user_account")).isZero();
    }

    @Test
    void anExamplePersonMayHaveAPasswordThatProductionRefuses() {
        String weak = TestFiles.SHOP.replace("password: correct horse battery", "password: demo-pass");

        apply(weak);

        assertThat(count("user_account")).isEqualTo(1);
        assertThatThrownBy(() -> node.get(Provisioning.class)
                        .apply(
                                TestFiles.file(weak.replace("password: demo-pass", "password: ${env:WEAK}")
                                        .replaceAll("client_secret: .*", "client_secret: \\${env:SHOP_SECRET}")),
                                new SecretReferences(
                                        Map.of("WEAK", "demo-pass", "SHOP_SECRET", "a-secret-from-a-variable")::get,
                                        false)))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("password");
    }

    @Test
    void takesOverNoAccountThatSomebodyMadeForThemselves() {
        node.get(Users.class).create(new NewUser("demo", null, false, Profile.EMPTY, Set.of(), "api"));

        assertThatThrownBy(() -> apply(TestFiles.SHOP))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining(
                        "signet.yml, line 17: the user name demo belongs to an account that no file made");
    }

    @Test
    void refusesAScopeThatDoesNotExist() {
        assertThatThrownBy(() -> apply(TestFiles.SHOP.replace("email api:read", "email api:write")))
                .isInstanceOf(ConfigRefused.class)
                .hasMessageContaining("line 10: the scope api:write does not exist");
    }

    @Test
    void nodesThatStartTogetherApplyItOnce() throws Exception {
        try (TestModules other = TestModules.start(database)) {
            List<Provisioning> nodes = List.of(node.get(Provisioning.class), other.get(Provisioning.class));
            AtomicInteger turn = new AtomicInteger();

            List<Integer> changes = Together.run(
                    6,
                    () -> nodes.get(turn.getAndIncrement() % 2)
                            .apply(TestFiles.file(TestFiles.SHOP), TestFiles.references()));

            assertThat(changes.stream().filter(number -> number > 0)).hasSize(1);
            assertThat(count("user_account")).isEqualTo(1);
            assertThat(count("client_secret")).isEqualTo(1);
        }
    }
}
