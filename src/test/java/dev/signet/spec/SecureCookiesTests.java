package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server behind TLS: its cookies can neither be read on the way nor be planted by a sibling domain. */
class SecureCookiesTests {

    private static final String ISSUER = "https://id.example";

    private static SignetServer server;

    @BeforeAll
    static void start() {
        server = SignetServer.start(TestDatabase.create(), Map.of("signet.issuer", ISSUER));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void carryTheHostPrefixAndAreForTlsAlone() {
        Http.Answer answer = Raw.get(server, "/login", "Accept: text/html");

        assertThat(answer.location().toString()).startsWith(ISSUER + "/login?flow=");
        List<String> cookies = answer.headers().allValues("Set-Cookie");
        assertThat(cookies)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .startsWith("__Host-")
                        .contains("; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/")
                        .doesNotContain("Domain"));
    }

    @Test
    void withoutThePrefixAreNotRead() {
        Http.Answer opened = Raw.get(server, "/login", "Accept: text/html");
        String pair = opened.headers().allValues("Set-Cookie").getFirst().split(";")[0];
        String page = opened.location().toString().substring(ISSUER.length());

        assertThat(Raw.get(server, page, "Cookie: " + pair).status()).isEqualTo(200);
        for (String planted :
                new String[] {pair.substring("__Host-".length()), "__host-" + pair.substring("__Host-".length())}) {
            assertThat(Raw.get(server, page, "Cookie: " + planted).status()).isEqualTo(303);
        }
    }

    @Test
    void everyAddressIsTheIssuersWhateverTheRequestSays() {
        String metadata = Raw.get(server, "/.well-known/openid-configuration", "X-Forwarded-Proto: http")
                .body();

        assertThat(metadata).contains("\"issuer\":\"" + ISSUER + "\"").doesNotContain("http://", "localhost");
    }
}
