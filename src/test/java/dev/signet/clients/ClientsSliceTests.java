package dev.signet.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import dev.signet.TestModules;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientsSliceTests {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final TestModules NODE = TestModules.start(DATABASE);
    private static final TestModules OTHER = TestModules.start(DATABASE);

    private final Clients clients = NODE.get(Clients.class);
    private final Clients elsewhere = OTHER.get(Clients.class);

    @AfterAll
    static void stop() {
        NODE.close();
        OTHER.close();
    }

    private static void eventually(BooleanSupplier condition) {
        // Well below the five seconds after which a value would be read again anyway.
        long deadline = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void keepsEverythingThereIsToKnow() {
        Client client = TestClients.confidential("everything");
        clients.register(client);

        assertThat(clients.byClientId("everything")).contains(client);
        assertThat(elsewhere.byClientId("everything")).contains(client);
        assertThat(clients.find("everything")).contains(client);
    }

    @Test
    void registeringTheSameAgainChangesNothing() {
        assertThat(clients.register(TestClients.confidential("same"))).isTrue();
        assertThat(clients.register(TestClients.confidential("same"))).isFalse();
    }

    @Test
    void aClientThatWasAbsentIsSeenOnAllNodesAtOnce() {
        assertThat(clients.byClientId("young")).isEmpty();
        assertThat(elsewhere.byClientId("young")).isEmpty();

        clients.register(TestClients.confidential("young"));

        assertThat(clients.byClientId("young")).isPresent();
        eventually(() -> elsewhere.byClientId("young").isPresent());
    }

    @Test
    void aDisabledClientIsAsGoodAsUnknown() {
        clients.register(TestClients.confidential("barred"));
        assertThat(elsewhere.byClientId("barred")).isPresent();

        clients.disable("barred", "test");

        assertThat(clients.byClientId("barred")).isEmpty();
        assertThat(clients.find("barred")).map(Client::disabled).contains(true);
        eventually(() -> elsewhere.byClientId("barred").isEmpty());
    }

    @Test
    void knowsTheOriginsOfScriptsThatMayCall() {
        assertThat(elsewhere.corsOrigins()).doesNotContain("https://spa.example");

        clients.register(TestClients.spa("spa", "https://spa.example"));
        assertThat(clients.corsOrigins()).contains("https://spa.example");
        eventually(() -> elsewhere.corsOrigins().contains("https://spa.example"));

        clients.disable("spa", "test");
        assertThat(clients.corsOrigins()).doesNotContain("https://spa.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "a b", "\u00e4", "' or 1=1 --"})
    void takesAnyTextForAClientId(String clientId) {
        assertThat(clients.byClientId(clientId)).isEmpty();
    }

    @Test
    void takesVeryLongTextForAClientId() {
        assertThat(clients.byClientId("x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void knowsStandardScopesAndThoseOfThisPlace() {
        Scopes scopes = NODE.get(Scopes.class);
        Scope own = new Scope("api:read", "Read the API", Set.of());

        assertThat(scopes.find("profile").orElseThrow().claims()).contains("preferred_username", "updated_at");
        assertThat(scopes.find("api:read")).isEmpty();
        assertThat(scopes.put(own)).isTrue();
        assertThat(scopes.put(own)).isFalse();
        assertThat(scopes.find("api:read")).contains(own);
        assertThat(scopes.all().keySet()).startsWith("openid", "profile", "email", "address", "phone");
        eventually(() -> OTHER.get(Scopes.class).find("api:read").isPresent());
    }
}
