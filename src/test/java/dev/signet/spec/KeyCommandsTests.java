package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing keys are listed, rotated and killed at the terminal, beside two running nodes. */
@Tag("race")
class KeyCommandsTests {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static SignetServer first;
    private static SignetServer second;
    private static final CommandLine TERMINAL = new CommandLine(DATABASE, SignetServer.dataDirectory());

    @BeforeAll
    static void start() {
        first = SignetServer.start(DATABASE, Map.of());
        second = first.secondNode();
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
    }

    private static String kid(String jwt) throws Exception {
        return SignedJWT.parse(jwt).getHeader().getKeyID();
    }

    private static void within(Duration limit, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static boolean revokedInItsList(App app, String accessToken) throws Exception {
        Map<String, Object> status = (Map<String, Object>) SignedJWT.parse(accessToken)
                .getJWTClaimsSet()
                .getJSONObjectClaim("status")
                .get("status_list");
        Map<String, Object> list =
                app.verified(Http.get((String) status.get("uri")).body()).getJSONObjectClaim("status_list");
        byte[] zipped = new Base64URL((String) list.get("lst")).decode();
        byte[] bits = new InflaterInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
        int index = ((Number) status.get("idx")).intValue();
        return (bits[index / 8] >> (index % 8) & 1) == 1;
    }

    private static boolean active(App app, String token) {
        return app.introspect(token).json().path("active").asBoolean();
    }

    @Test
    void aKilledKeysTokensAreRefusedAndEverythingElseGoesOn() throws Exception {
        App shop = App.shop(first);
        Http.Answer tokens = shop.tokens();
        String accessToken = tokens.text("access_token");
        String machine = App.robot(first)
                .token(Map.of("grant_type", "client_credentials"))
                .text("access_token");
        String idToken = tokens.text("id_token");
        String kid = kid(accessToken);
        assertThat(kid(machine)).isEqualTo(kid);
        assertThat(revokedInItsList(shop, accessToken)).isFalse();

        CommandLine.Outcome killed = TERMINAL.run("keys", "kill", kid);

        assertThat(killed.complained()).isEmpty();
        assertThat(killed.exitCode()).isZero();
        assertThat(killed.said()).contains("Killed " + kid).contains("signs in its place");
        within(
                Duration.ofSeconds(2),
                () -> !Http.get(second.url("/oauth2/jwks")).body().contains(kid));
        within(
                Duration.ofSeconds(2),
                () -> !Http.get(first.url("/oauth2/jwks")).body().contains(kid));
        for (SignetServer node : new SignetServer[] {first, second}) {
            assertThat(active(shop.at(node), accessToken)).isFalse();
            assertThat(active(App.robot(node), machine)).isFalse();
            assertThat(shop.at(node).userInfo(accessToken).status()).isEqualTo(401);
        }
        assertThat(revokedInItsList(shop, accessToken)).isTrue();
        assertThat(revokedInItsList(shop, machine)).isTrue();
        Http.Answer refreshed = shop.at(second).refresh(tokens.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(kid(refreshed.text("access_token"))).isNotEqualTo(kid);
        assertThat(active(shop, refreshed.text("access_token"))).isTrue();
        assertThat(revokedInItsList(shop, refreshed.text("access_token"))).isFalse();
        assertThat(shop.verified(idToken).getSubject())
                .as("another key's token")
                .isNotNull();
        assertThat(DATABASE.jdbc()
                        .sql("select count(*) from audit_event where kind = 'key_killed' and detail->>'kid' = ?")
                        .param(kid)
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);

        CommandLine.Outcome again = TERMINAL.run("keys", "kill", kid);
        assertThat(again.exitCode()).isEqualTo(3);
        assertThat(again.complained()).contains("killed before");
        assertThat(TERMINAL.run("keys", "list").said()).containsPattern(kid + " +ES256 +killed");
    }

    @Test
    void theNextKeysAreAnnouncedOnDemand() throws Exception {
        CommandLine.Outcome rotated = TERMINAL.run("keys", "rotate");

        assertThat(rotated.exitCode()).isZero();
        assertThat(rotated.said()).contains("Announced ").contains("RS256").contains("signs from");
        String announced = rotated.said().split(" ")[1];
        within(
                Duration.ofSeconds(2),
                () -> Http.get(second.url("/oauth2/jwks")).body().contains(announced));
        assertThat(TERMINAL.run("keys", "list").said()).contains("announced").contains("active");
    }

    @Test
    void slipsAreAnsweredWithTheRightUse() throws Exception {
        CommandLine.Outcome unknown = TERMINAL.run("keys", "kil");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.complained()).contains("no command 'keys kil'");
        assertThat(unknown.said()).contains("keys kill");

        CommandLine.Outcome incomplete = TERMINAL.run("keys", "kill");
        assertThat(incomplete.exitCode()).isEqualTo(2);
        assertThat(incomplete.complained()).contains("Use: keys kill <kid>");

        CommandLine.Outcome refused = TERMINAL.run("recover", "--as-of=now");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.complained()).contains("Stop every node first");
    }

    @Test
    void besideAServerWithTheDatabaseItBringsAlongACommandUsesThatOne(@TempDir Path directory) throws Exception {
        CommandLine terminal = new CommandLine(null, directory);
        try (ServerProcess process = ServerProcess.startAlone(directory, Map.of())) {
            SignetServer server = process.ready();

            CommandLine.Outcome listed = terminal.run("keys", "list");

            assertThat(listed.complained()).isEmpty();
            assertThat(listed.exitCode()).isZero();
            assertThat(listed.said()).contains("ES256").contains("RS256");
            assertThat(Http.get(server.url("/status")).status())
                    .as("the server and its database go on")
                    .isEqualTo(200);
        }
        assertThat(terminal.run("keys", "list").exitCode())
                .as("and without one it starts it for itself")
                .isZero();
    }
}
