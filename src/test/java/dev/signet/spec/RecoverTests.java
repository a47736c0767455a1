package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.signet.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A backup taken in the middle of a run is restored: the rehearsal of {@code recover}. Until the command nobody is taken
 * for a thief; after it nothing works that was handed out, spent or revoked before.
 */
@Tag("race")
class RecoverTests {

    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path directory;

    private TestPostgres postgres;
    private LoadBalancer balancer;
    private ServerProcess process;
    private SignetServer node;

    /** What is handed out in the run, by what became of it. */
    private final Map<String, String> refreshTokens = new LinkedHashMap<>();

    private final Map<String, String> accessTokens = new LinkedHashMap<>();
    private final Map<String, String> codes = new LinkedHashMap<>();
    private final Map<String, Browser> browsers = new LinkedHashMap<>();

    @BeforeEach
    void start() throws IOException {
        postgres = new TestPostgres(directory);
        balancer = new LoadBalancer();
    }

    @AfterEach
    void stop() throws IOException {
        balancer.close();
        process.close();
        postgres.close();
    }

    private TestDatabase database(String name) {
        TestDatabase first = postgres.database();
        String url = first.url().replaceFirst("/postgres$", "/" + name);
        DriverManagerDataSource dataSource = new DriverManagerDataSource(url, first.user(), first.password());
        return new TestDatabase(dataSource, JdbcClient.create(dataSource), url, first.user(), first.password());
    }

    private SignetServer run(TestDatabase database) {
        process = ServerProcess.start(
                database, directory, balancer.issuer(), Map.of("signet.tokens.code-lifetime", "10m"));
        SignetServer started = process.ready();
        if (node == null) {
            balancer.add(started);
        } else {
            balancer.replace(node, started);
        }
        node = started;
        return balancer.server();
    }

    private void end() {
        process.close();
    }

    private void keep(String name, Http.Answer answer) {
        assertThat(answer.status()).as(name).isEqualTo(200);
        if (answer.text("refresh_token") != null
                && !answer.text("refresh_token").isEmpty()) {
            refreshTokens.put(name, answer.text("refresh_token"));
        }
        accessTokens.put(name, answer.text("access_token"));
    }

    private Http.Answer machine(SignetServer server) {
        return App.robot(server).token(Map.of("grant_type", "client_credentials"));
    }

    private String setUpLink() {
        Matcher link =
                Pattern.compile("\\S+/setup\\?token=sgn_ln_[A-Za-z0-9_-]+").matcher(process.output());
        assertThat(link.find()).isTrue();
        return link.group();
    }

    private static int count(TestDatabase database, String from) {
        return database.jdbc()
                .sql("select count(*) from " + from)
                .query(Integer.class)
                .single();
    }

    private static String listAndIndex(String jwt) throws Exception {
        Map<?, ?> status = (Map<?, ?>) SignedJWT.parse(jwt)
                .getJWTClaimsSet()
                .getJSONObjectClaim("status")
                .get("status_list");
        return status.get("uri") + "#" + status.get("idx");
    }

    @Test
    void whatWasSpentOrRevokedSinceTheBackupStaysSo() throws Exception {
        TestDatabase original = postgres.database();
        SignetServer server = run(original);
        App shop = App.shop(server);

        // Before the backup.
        Http.Answer refreshedLater = shop.tokens();
        keep("refreshed later, then", refreshedLater);
        Http.Answer revokedLater = shop.tokens();
        keep("revoked later", revokedLater);
        keep("untouched", shop.tokens());
        codes.put("redeemed later", shop.code());
        codes.put("never redeemed", shop.code());
        Browser signedOutLater =
                new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD);
        browsers.put("signed out later", signedOutLater);
        browsers.put(
                "still signed in",
                new Browser(server).open(shop.address(shop.request())).signIn("ada", PASSWORD));
        String hint = shop.redeem(shop.code(signedOutLater)).text("id_token");
        keep("machine", machine(server));
        String oldLink = setUpLink();
        Browser half = new Browser(server).open(shop.address(shop.request()));
        end();
        Instant asOf = Instant.now();
        JdbcClient.create(new DriverManagerDataSource(
                        original.url().replaceFirst("/postgres$", "/template1"), original.user(), original.password()))
                .sql("create database restored template postgres")
                .update();

        // After the backup: lost.
        server = run(original);
        shop = App.shop(server);
        Http.Answer first = shop.refresh(refreshTokens.get("refreshed later, then"));
        keep("successor, lost", first);
        keep("successor's successor, lost", shop.refresh(first.text("refresh_token")));
        shop.revoke(refreshTokens.get("revoked later"));
        keep("of the code redeemed later, lost", shop.redeem(codes.get("redeemed later")));
        keep("signed in later, lost", shop.tokens());
        codes.put("made later", shop.code());
        browsers.put(
                "signed in later",
                new Browser(server).open(shop.address(shop.request())).signIn("ben", "staple umbrella seven"));
        signedOutLater.tab().open(server.issuer() + "/logout?id_token_hint=" + hint);
        for (int i = 0; i < 70; i++) {
            keep("machine, lost " + i, machine(server));
        }
        end();

        // Restored, and not yet recovered: strange, but nobody is called a thief.
        TestDatabase restored = database("restored");
        server = run(restored);
        shop = App.shop(server);
        for (String lost : List.of("successor, lost", "successor's successor, lost", "signed in later, lost")) {
            Http.Answer answer = shop.refresh(refreshTokens.get(lost));
            assertThat(answer.status()).as(lost).isEqualTo(400);
            assertThat(answer.text("error")).isEqualTo("invalid_grant");
        }
        assertThat(shop.redeem(codes.get("made later")).text("error")).isEqualTo("invalid_grant");
        assertThat(count(restored, "audit_event where kind in ('refresh_reused', 'code_replayed')"))
                .as("alarms")
                .isZero();
        assertThat(count(restored, "oauth_authorization where revoked_at is not null"))
                .isZero();
        String beforeRecovery = machine(server).text("access_token");
        end();

        CommandLine.Outcome outcome = new CommandLine(restored, directory).run("recover", "--as-of", asOf.toString());
        assertThat(outcome.complained()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.said()).contains("sessions: people sign in again").contains("Now start the nodes");

        server = run(restored);
        shop = App.shop(server);
        for (Map.Entry<String, String> token : refreshTokens.entrySet()) {
            assertThat(shop.refresh(token.getValue()).text("error"))
                    .as("refresh token: %s", token.getKey())
                    .isEqualTo("invalid_grant");
        }
        for (Map.Entry<String, String> code : codes.entrySet()) {
            assertThat(shop.redeem(code.getValue()).text("error"))
                    .as("code: %s", code.getKey())
                    .isEqualTo("invalid_grant");
        }
        for (Map.Entry<String, String> token : accessTokens.entrySet()) {
            App owner = token.getKey().startsWith("machine") ? App.robot(server) : shop;
            assertThat(owner.introspect(token.getValue()).json().path("active").asBoolean())
                    .as("access token: %s", token.getKey())
                    .isFalse();
        }
        assertThat(App.robot(server)
                        .introspect(beforeRecovery)
                        .json()
                        .path("active")
                        .asBoolean())
                .isFalse();
        for (Map.Entry<String, Browser> browser : browsers.entrySet()) {
            browser.getValue().open(shop.address(shop.request(Map.of("prompt", "none"))));
            assertThat(browser.getValue().callbackParameters())
                    .as("session: %s", browser.getKey())
                    .containsEntry("error", "login_required");
        }
        half.signIn("ada", PASSWORD);
        assertThat(half.pageId()).as("a sign-in begun before begins anew").isEqualTo("page-login");
        assertThat(Http.get(URI.create(oldLink).toString()).status())
                .as("the old set-up link")
                .isNotEqualTo(200);
        assertThat(count(restored, "audit_event where kind in ('refresh_reused', 'code_replayed')"))
                .as("alarms")
                .isZero();
        assertThat(count(restored, "audit_event where kind = 'recovered'")).isEqualTo(1);

        // Everything works anew, and no index was given out twice.
        Http.Answer fresh = shop.tokens();
        assertThat(shop.introspect(fresh.text("access_token"))
                        .json()
                        .path("active")
                        .asBoolean())
                .isTrue();
        assertThat(shop.refresh(fresh.text("refresh_token")).status()).isEqualTo(200);
        Set<String> places = new HashSet<>();
        for (String jwt : accessTokens.values()) {
            places.add(listAndIndex(jwt));
        }
        assertThat(places).hasSize(accessTokens.size());
        for (int i = 0; i < 200; i++) {
            assertThat(places.add(listAndIndex(machine(server).text("access_token"))))
                    .isTrue();
        }
    }
}
