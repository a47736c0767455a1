package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server with the database it brings along, killed like {@code kill -9} does: the same command starts it again. */
@Tag("race")
class KilledServerTests {

    @TempDir
    private Path directory;

    private ServerProcess process;

    @AfterEach
    void stop() throws IOException {
        process.close();
        // Only if it failed: the database of a killed server lives on.
        Path postmaster = directory.resolve("postgresql/data/postmaster.pid");
        if (Files.exists(postmaster)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster).getFirst()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void keepsClientsPeopleSessionsKeysAndTokens() {
        process = ServerProcess.startAlone(directory, Map.of("signet.config-file", "src/test/resources/spec.yml"));
        SignetServer server = process.ready();
        App shop = App.shop(server);
        Browser browser = new Browser(server).open(shop.address(shop.request())).signIn("ada", "correct horse battery");
        String spent = shop.code(browser);
        Http.Answer tokens = shop.redeem(spent);
        String unspent = shop.code(browser.open(shop.address(shop.request())));
        Http.Answer machine = App.robot(server).token(Map.of("grant_type", "client_credentials"));
        Http.Answer revoked = shop.tokens();
        shop.revoke(revoked.text("access_token"));
        String keys = Http.get(server.url("/oauth2/jwks")).body();
        Browser signingIn = new Browser(server).open(shop.address(shop.request()));

        process.kill();
        process.start();
        process.ready();

        assertThat(Http.get(server.url("/oauth2/jwks")).body()).isEqualTo(keys);
        assertThat(shop.verified(tokens.text("id_token")).getSubject()).isNotEmpty();
        assertThat(active(shop, tokens)).isTrue();
        assertThat(active(App.robot(server), machine)).isTrue();
        assertThat(active(shop, revoked)).isFalse();
        assertThat(shop.userInfo(tokens.text("access_token")).text("email")).isEqualTo("ada@example.com");
        Http.Answer refreshed = shop.refresh(tokens.text("refresh_token"));
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(shop.redeem(unspent).status()).isEqualTo(200);
        assertThat(shop.code(browser.open(shop.address(shop.request(Map.of("prompt", "none"))))))
                .isNotEmpty();
        assertThat(signingIn.signIn("ben", "staple umbrella seven").callbackParameters())
                .containsKey("code");
        assertThat(shop.redeem(spent).text("error")).isEqualTo("invalid_grant");
        assertThat(shop.refresh(refreshed.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    private static boolean active(App app, Http.Answer tokens) {
        return app.introspect(tokens.text("access_token")).json().path("active").asBoolean();
    }
}
