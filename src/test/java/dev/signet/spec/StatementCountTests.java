package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What an operation costs the database, in statements (BEGIN, COMMIT and the audit trail's insert apart, the client known
 * to the node). The numbers are promises: whoever needs one more statement changes them here, and says why.
 */
class StatementCountTests {

    private static final StatementCounter COUNTER = new StatementCounter();
    private static SignetServer server;

    private final App shop = App.shop(server);
    private final App robot = App.robot(server);

    @BeforeAll
    static void start() {
        server = SignetServer.start(TestDatabase.create(), Map.of(), COUNTER.initializer());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Clients are read again every few seconds: both are fresh when the count begins. */
    @BeforeEach
    void knowTheClients() {
        assertThat(shop.tokens().status()).isEqualTo(200);
        assertThat(robot.token(Map.of("grant_type", "client_credentials")).status())
                .isEqualTo(200);
    }

    @Test
    void clientCredentialsTakeNone() {
        assertThat(statements(() -> robot.token(Map.of("grant_type", "client_credentials"))))
                .isEmpty();
    }

    @Test
    void aCodeForTokensTakesThree() {
        String code = shop.code();

        assertThat(statements(() -> shop.redeem(code))).hasSize(3);
    }

    @Test
    void aRefreshTakesTwo() {
        String token = shop.tokens().text("refresh_token");

        assertThat(statements(() -> shop.refresh(token))).hasSize(2);
    }

    @Test
    void anIntrospectionTakesOne() {
        Http.Answer tokens = shop.tokens();

        assertThat(statements(() -> shop.introspect(tokens.text("access_token"))))
                .hasSize(1);
        assertThat(statements(() -> shop.introspect(tokens.text("refresh_token"))))
                .hasSize(1);
    }

    @Test
    void anAnswerAboutThePersonTakesTwo() {
        String accessToken = shop.tokens().text("access_token");

        assertThat(statements(() -> shop.userInfo(accessToken))).hasSize(2);
    }

    @Test
    void anAuthorizationWithASessionTakesThreeAndOneForTheConsent() {
        App forum = App.forum(server);
        Browser browser = new Browser(server).open(shop.address(shop.request())).signIn("ada", "correct horse battery");
        browser.open(forum.address(forum.request())).submit(Map.of(), "allow");

        assertThat(authorization(shop, browser))
                .as("session, code, app of the session")
                .hasSize(3);
        assertThat(authorization(forum, browser))
                .as("session, consent, code, app of the session")
                .hasSize(4);
    }

    private static List<String> authorization(App app, Browser browser) {
        String address = app.address(app.request());
        List<String> statements = COUNTER.during(() -> browser.open(address));
        assertThat(browser.callbackParameters()).containsKey("code");
        return statements;
    }

    @Test
    void keysMetadataAndForgeriesTakeNone() {
        Http.get(server.url("/.well-known/openid-configuration"));
        String forged = altered(shop.tokens().text("refresh_token"));

        assertThat(COUNTER.during(() -> Http.get(server.url("/oauth2/jwks")))).isEmpty();
        assertThat(COUNTER.during(() -> Http.get(server.url("/.well-known/openid-configuration"))))
                .isEmpty();
        assertThat(COUNTER.during(() -> shop.refresh(forged))).isEmpty();
        assertThat(COUNTER.during(() -> shop.redeem("sgn_ac_" + "A".repeat(120))))
                .isEmpty();
        assertThat(COUNTER.during(() -> shop.introspect(forged))).isEmpty();
    }

    private static String altered(String token) {
        return token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
    }

    private static List<String> statements(Supplier<Http.Answer> operation) {
        AtomicReference<Http.Answer> answer = new AtomicReference<>();
        List<String> statements = COUNTER.during(() -> answer.set(operation.get()));
        assertThat(answer.get().status()).isEqualTo(200);
        return statements;
    }
}
