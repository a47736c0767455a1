package dev.signet.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import dev.signet.TestModules;
import dev.signet.Together;
import dev.signet.crypto.SecretValue;
import dev.signet.provisioning.FirstAdministrator.Outcome;
import dev.signet.users.Users;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstAdministratorSliceTests {

    private static final SecretValue PASSWORD = new SecretValue("seven small apples");

    private TestDatabase database;
    private TestModules node;
    private FirstAdministrator first;

    @BeforeEach
    void start() {
        database = TestDatabase.create();
        node = TestModules.start(database);
        first = node.get(FirstAdministrator.class);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    private String token() {
        String address = first.issueIfNeeded().orElseThrow();
        assertThat(address).startsWith("http://localhost:9000/setup?token=sgn_ln_");
        return address.substring(address.indexOf('=') + 1);
    }

    private int owners() {
        return database.jdbc()
                .sql("select count(*) from user_role where role = 'owner'")
                .query(Integer.class)
                .single();
    }

    @Test
    void makesAnAdministratorOnce() {
        String token = token();
        assertThat(first.check(token)).isPresent();

        assertThat(first.claim(token, "ada@example.com", "Ada", PASSWORD)).isInstanceOf(Outcome.Created.class);

        assertThat(node.get(Users.class)
                        .byLogin("ada@example.com")
                        .orElseThrow()
                        .roles())
                .containsExactly("owner");
        assertThat(first.check(token)).isEmpty();
        assertThat(first.claim(token, "eve@example.com", "Eve", PASSWORD)).isInstanceOf(Outcome.Dead.class);
        assertThat(first.issueIfNeeded()).isEmpty();
        assertThat(owners()).isEqualTo(1);
    }

    @Test
    void aNewStartEndsTheOldLink() {
        String old = token();
        String young = token();

        assertThat(first.check(old)).isEmpty();
        assertThat(first.claim(old, "eve@example.com", "", PASSWORD)).isInstanceOf(Outcome.Dead.class);
        assertThat(first.check(young)).isPresent();
    }

    @Test
    void aLinkIsDeadAfterAnHour() {
        String token = token();
        database.jdbc()
                .sql("update one_time_link set expires_at = now() - interval '1 second'")
                .update();

        assertThat(first.check(token)).isEmpty();
        assertThat(first.claim(token, "eve@example.com", "", PASSWORD)).isInstanceOf(Outcome.Dead.class);
    }

    @Test
    void aLinkIsDeadOnceAFileNamesAnAdministrator() {
        String token = token();
        node.get(Provisioning.class)
                .apply(
                        TestFiles.file(TestFiles.SHOP.replace("roles: [user]", "roles: [owner]")),
                        TestFiles.references());

        assertThat(first.check(token)).isEmpty();
        assertThat(first.claim(token, "eve@example.com", "", PASSWORD)).isInstanceOf(Outcome.Dead.class);
    }

    @Test
    void aRefusedAddressOrPasswordDoesNotSpendTheLink() {
        String token = token();

        assertThat(first.claim(token, "no address", "", PASSWORD)).isInstanceOf(Outcome.AccountRefused.class);
        assertThat(first.claim(token, "ada@example.com", "", new SecretValue("short")))
                .isInstanceOf(Outcome.PasswordRefused.class);
        assertThat(first.claim(token, "ada@example.com", "", PASSWORD)).isInstanceOf(Outcome.Created.class);
    }

    @Test
    void takesAnyTextForAToken() {
        assertThat(first.check(null)).isEmpty();
        assertThat(first.check("")).isEmpty();
        assertThat(first.check("\0")).isEmpty();
        assertThat(first.check("sgn_ln_" + "x".repeat(100_000))).isEmpty();
    }

    @Test
    void storesNoUsableLink() {
        String token = token();

        String row = database.jdbc()
                .sql("select string_agg(t::text, ' ') from one_time_link t")
                .query(String.class)
                .single();

        assertThat(row).doesNotContain(token.substring(10, 40));
    }

    @Test
    void ofManyBrowsersOnTwoNodesOneWins() throws Exception {
        String token = token();
        try (TestModules other = TestModules.start(database)) {
            // The other node's start has replaced the link: put a known one in its place.
            String current = token();
            assertThat(first.check(token)).isEmpty();
            List<FirstAdministrator> nodes = List.of(first, other.get(FirstAdministrator.class));
            AtomicInteger number = new AtomicInteger();

            List<Outcome> outcomes = Together.run(10, () -> {
                int mine = number.getAndIncrement();
                return nodes.get(mine % 2).claim(current, "a" + mine + "@example.com", "", PASSWORD);
            });

            assertThat(outcomes.stream().filter(Outcome.Created.class::isInstance))
                    .hasSize(1);
            assertThat(outcomes.stream().filter(Outcome.Dead.class::isInstance)).hasSize(9);
            assertThat(owners()).isEqualTo(1);
        }
    }
}
