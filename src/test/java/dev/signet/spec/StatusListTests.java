package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.TestDatabase;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Token Status List: access tokens can be revoked, and an API sees it without asking about each. */
class StatusListTests {

    private final SignetServer server = SignetServer.shared();
    private final App shop = App.shop(server);

    /** Reads a token's bit as an API of its own making would. */
    private boolean revoked(String accessToken) throws Exception {
        Map<String, Object> reference = reference(accessToken);
        Http.Answer answer = Http.get((String) reference.get("uri"));
        assertThat(answer.status()).isEqualTo(200);
        JWTClaimsSet list = SignedJWT.parse(answer.body()).getJWTClaimsSet();
        assertThat(list.getSubject()).isEqualTo(reference.get("uri"));
        Map<String, Object> content = list.getJSONObjectClaim("status_list");
        assertThat(((Number) content.get("bits")).intValue()).isEqualTo(1);
        byte[] zipped = new Base64URL((String) content.get("lst")).decode();
        byte[] bits = new InflaterInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
        int index = ((Number) reference.get("idx")).intValue();
        return (bits[index / 8] >> (index % 8) & 1) == 1;
    }

    private boolean active(String token) {
        return shop.introspect(token).json().path("active").asBoolean();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> reference(String accessToken) throws Exception {
        Map<String, Object> status =
                SignedJWT.parse(accessToken).getJWTClaimsSet().getJSONObjectClaim("status");
        return (Map<String, Object>) status.get("status_list");
    }

    @Nested
    class Section6ReferencedToken {

        @Test
        void everyAccessTokenHasAnIndexOfItsOwn() throws Exception {
            Set<Object> seen = ConcurrentHashMap.newKeySet();
            Http.Answer tokens = shop.tokens();
            String refreshToken = tokens.text("refresh_token");
            seen.add(reference(tokens.text("access_token")));
            for (int i = 0; i < 5; i++) {
                Http.Answer refreshed = shop.refresh(refreshToken);
                refreshToken = refreshed.text("refresh_token");
                assertThat(seen.add(reference(refreshed.text("access_token")))).isTrue();
            }
            for (int i = 0; i < 200; i++) {
                Http.Answer machine = App.robot(server).token(Map.of("grant_type", "client_credentials"));
                assertThat(seen.add(reference(machine.text("access_token")))).isTrue();
            }
        }

        @Test
        void aFamilyThatIsRefreshedWithoutPauseEndsItsOldestTokensAndKeepsItsRowShort() throws Exception {
            Http.Answer tokens = shop.tokens();
            String first = tokens.text("access_token");
            for (int i = 0; i < 32; i++) {
                assertThat(active(first)).isTrue();
                tokens = shop.refresh(tokens.text("refresh_token"));
                assertThat(tokens.status()).isEqualTo(200);
            }
            assertThat(active(first)).isFalse();
            assertThat(revoked(first)).isTrue();
            assertThat(active(tokens.text("access_token"))).isTrue();
            assertThat(revoked(tokens.text("access_token"))).isFalse();
        }

        @Test
        void anIndexIsLeasedForGoodEvenIfTheRequestThatLeasedItIsRefused() throws Exception {
            try (SignetServer own = SignetServer.start(TestDatabase.create(), Map.of("signet.clients.max-age", "0s"))) {
                App app = App.shop(own);
                String refreshToken = app.tokens().text("refresh_token");
                // Tokens that expire in another hour stand in another list, of which nobody has leased a block yet.
                own.database()
                        .jdbc()
                        .sql("update client set access_token_lifetime = 10800 where client_id = 'shop'")
                        .update();
                Http.Answer refused = app.token(Map.of(
                        "grant_type", "refresh_token", "refresh_token", refreshToken, "scope", "openid api:read"));
                assertThat(refused.status()).isEqualTo(400);

                Map<String, Object> reference =
                        reference(app.refresh(refreshToken).text("access_token"));

                String uri = (String) reference.get("uri");
                long list = Long.parseLong(uri.substring(uri.lastIndexOf('/') + 1));
                assertThat(own.database()
                                .jdbc()
                                .sql("select count(*) from status_block where hour = ? and ordinal = ?"
                                        + " and start <= ? and start + size > ?")
                                .params(list >> 12, list & 4095, reference.get("idx"), reference.get("idx"))
                                .query(Integer.class)
                                .single())
                        .isEqualTo(1);
            }
        }

        @Test
        void theIdTokenHasNone() {
            assertThat(shop.verified(shop.tokens().text("id_token")).getClaim("status"))
                    .isNull();
        }
    }

    @Nested
    class Section5StatusListToken {

        @Test
        void isAJwtOfItsOwnTypeThatMayBeKeptForSeconds() throws Exception {
            String uri = (String) reference(shop.tokens().text("access_token")).get("uri");
            Http.Answer answer = Http.get(uri);
            assertThat(answer.header("Content-Type")).hasValue("application/statuslist+jwt");
            assertThat(answer.header("Cache-Control")).hasValue("public, max-age=5");
            assertThat(SignedJWT.parse(answer.body()).getHeader().getType().getType())
                    .isEqualTo("statuslist+jwt");
            JWTClaimsSet claims = shop.verified(answer.body());
            assertThat(claims.getLongClaim("ttl")).isEqualTo(5);
            assertThat(Duration.between(
                            claims.getIssueTime().toInstant(),
                            claims.getExpirationTime().toInstant()))
                    .isEqualTo(Duration.ofMinutes(10));
            assertThat(Http.get(
                                    uri,
                                    Map.of(
                                            "If-None-Match",
                                            answer.header("ETag").orElseThrow()))
                            .status())
                    .isEqualTo(304);
        }

        @Test
        void anUnknownListIsNotFound() {
            for (String id : new String[] {"1", "999999999999", "x", "0123456789012345", "..%2f"}) {
                assertThat(Http.get(server.url("/status/" + id)).status()).isIn(404, 400);
            }
        }
    }

    @Nested
    class Section9Aggregation {

        @Test
        void announcesEveryListInUse() throws Exception {
            String uri = (String) reference(shop.tokens().text("access_token")).get("uri");
            String endpoint =
                    Http.get(server.url("/.well-known/openid-configuration")).text("status_list_aggregation_endpoint");
            assertThat(Http.get(endpoint).json().path("status_lists").toString())
                    .contains(uri);
        }
    }

    @Nested
    class Revocation {

        @Test
        void ofOneTokenSetsItsBitAlone() throws Exception {
            String refreshToken = shop.tokens().text("refresh_token");
            Http.Answer first = shop.refresh(refreshToken);
            Http.Answer second = shop.refresh(first.text("refresh_token"));
            assertThat(revoked(first.text("access_token"))).isFalse();

            shop.revoke(first.text("access_token"));

            assertThat(revoked(first.text("access_token"))).isTrue();
            assertThat(revoked(second.text("access_token"))).isFalse();
            assertThat(shop.introspect(first.text("access_token"))
                            .json()
                            .path("active")
                            .asBoolean())
                    .isFalse();
            assertThat(shop.refresh(second.text("refresh_token")).status()).isEqualTo(200);
        }

        @Test
        void ofARefreshTokenSetsTheBitsOfItsWholeFamily() throws Exception {
            Http.Answer first = shop.tokens();
            Http.Answer second = shop.refresh(first.text("refresh_token"));
            Http.Answer neighbour = shop.tokens();

            shop.revoke(second.text("refresh_token"));

            assertThat(revoked(first.text("access_token"))).isTrue();
            assertThat(revoked(second.text("access_token"))).isTrue();
            assertThat(revoked(neighbour.text("access_token"))).isFalse();
        }

        @Test
        void reachesTheTokenOfARepeatedRefreshToo() throws Exception {
            Http.Answer first = shop.tokens();
            Http.Answer lost = shop.refresh(first.text("refresh_token"));
            Http.Answer repeated = shop.refresh(first.text("refresh_token"));
            assertThat(repeated.text("refresh_token")).isEqualTo(lost.text("refresh_token"));

            shop.revoke(repeated.text("refresh_token"));

            assertThat(revoked(lost.text("access_token"))).isTrue();
            assertThat(revoked(repeated.text("access_token"))).isTrue();
        }

        @Test
        void ofAMachinesTokenLeavesItsOthersAlone() throws Exception {
            App robot = App.robot(server);
            String one = robot.token(Map.of("grant_type", "client_credentials")).text("access_token");
            String other =
                    robot.token(Map.of("grant_type", "client_credentials")).text("access_token");

            robot.revoke(one);

            assertThat(revoked(one)).isTrue();
            assertThat(revoked(other)).isFalse();
            assertThat(robot.introspect(one).json().path("active").asBoolean()).isFalse();
            assertThat(robot.introspect(other).json().path("active").asBoolean())
                    .isTrue();
        }

        /** A client that left the configuration file is disabled at the next start. */
        @Test
        void ofAClientEndsAllItsTokensAndNobodyElses() throws Exception {
            TestDatabase database = TestDatabase.create();
            String all = new String(
                    StatusListTests.class.getResourceAsStream("/spec.yml").readAllBytes(), StandardCharsets.UTF_8);
            Path rest = Files.createTempFile("spec", ".yml");
            Files.writeString(
                    rest,
                    all.replaceAll("(?s)  - client_id: robot.*?(?=users:)", "").replace("forum", "forum2"));
            String machine;
            String person;
            String neighbour;
            String port;
            try (SignetServer before = SignetServer.start(database, Map.of())) {
                port = before.issuer().substring(before.issuer().lastIndexOf(':') + 1);
                machine = App.robot(before)
                        .token(Map.of("grant_type", "client_credentials"))
                        .text("access_token");
                App forum = App.forum(before);
                Browser browser = new Browser(before)
                        .open(forum.address(forum.request()))
                        .signIn("ada", "correct horse battery")
                        .submit(Map.of(), "allow");
                person = forum.redeem(forum.code(browser)).text("access_token");
                neighbour = App.shop(before).tokens().text("access_token");
            }
            try (SignetServer after = SignetServer.start(
                    database,
                    Map.of(
                            "server.port",
                            port,
                            "signet.issuer",
                            "http://localhost:" + port,
                            "signet.config-file",
                            rest.toUri().toString()))) {
                assertThat(after.issuer()).isNotNull();
                assertThat(revoked(machine)).isTrue();
                assertThat(revoked(person)).isTrue();
                assertThat(revoked(neighbour)).isFalse();
            } finally {
                Files.delete(rest);
            }
        }

        @Test
        void isToldAtOnceToWhoListens() throws Exception {
            Http.Answer tokens = shop.tokens();
            String uri = (String) reference(tokens.text("access_token")).get("uri");
            HttpRequest listen = HttpRequest.newBuilder(URI.create(server.url("/status/changes")))
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                HttpResponse<java.io.InputStream> stream =
                        client.send(listen, HttpResponse.BodyHandlers.ofInputStream());
                assertThat(stream.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("text/event-stream");
                java.io.BufferedReader lines = new java.io.BufferedReader(
                        new java.io.InputStreamReader(stream.body(), StandardCharsets.UTF_8));
                shop.revoke(tokens.text("access_token"));
                String line = lines.readLine();
                while (line != null && !line.equals("data:" + uri)) {
                    line = lines.readLine();
                }
                assertThat(line).isEqualTo("data:" + uri);
                stream.body().close();
                client.shutdownNow();
            }
        }
    }
}
