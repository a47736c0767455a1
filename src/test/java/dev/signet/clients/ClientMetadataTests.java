package dev.signet.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.clients.ClientMetadata.Result;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientMetadataTests {

    private static Map<String, Object> web() {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("client_id", "shop");
        metadata.put("redirect_uris", List.of("https://shop.example/callback"));
        return metadata;
    }

    private static Client accepted(Map<String, Object> metadata, boolean confidential) {
        Result result = ClientMetadata.check(metadata, confidential, "api");
        assertThat(result).isInstanceOf(Result.Accepted.class);
        return ((Result.Accepted) result).client();
    }

    private static List<MetadataProblem> problems(Map<String, Object> metadata, boolean confidential) {
        Result result = ClientMetadata.check(metadata, confidential, "api");
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused) result).problems();
    }

    private static List<MetadataProblem> problemsWith(String field, Object value) {
        Map<String, Object> metadata = web();
        metadata.put(field, value);
        return problems(metadata, true);
    }

    private static Client with(String field, Object value) {
        Map<String, Object> metadata = web();
        metadata.put(field, value);
        return accepted(metadata, true);
    }

    @Nested
    class PairwiseSubjects {

        private static Map<String, Object> pairwise(String... redirectUris) {
            Map<String, Object> metadata = web();
            metadata.put("redirect_uris", List.of(redirectUris));
            metadata.put("subject_type", "pairwise");
            return metadata;
        }

        @Test
        void theSectorIsTheHostOfTheRedirectUris() {
            assertThat(accepted(pairwise("https://a.example/cb", "https://a.example/other"), true)
                            .disclosure()
                            .sector())
                    .isEqualTo("a.example");
            assertThat(accepted(web(), true).disclosure().sector()).isNull();
        }

        @Test
        void whereTheyHaveNoneOrSeveralItMustBeNamed() {
            assertThat(problems(pairwise("https://a.example/cb", "https://b.example/cb"), true))
                    .extracting(MetadataProblem::field)
                    .containsExactly("subject_type");
            assertThat(problems(pairwise("http://localhost:8080/cb"), true)).hasSize(1);
            Map<String, Object> named = pairwise("https://a.example/cb", "https://b.example/cb");
            named.put("sector_identifier", "example");
            assertThat(accepted(named, true).disclosure().sector()).isEqualTo("example");
        }

        @Test
        void aSectorIsAHostName() {
            Map<String, Object> named = pairwise("https://a.example/cb");
            named.put("sector_identifier", "https://a.example");
            assertThat(problems(named, true)).hasSize(1);
            assertThat(problemsWith("sector_identifier", "a.example")).hasSize(1);
            assertThat(problemsWith("subject_type", "private")).hasSize(1);
        }
    }

    @Nested
    class Defaults {

        @Test
        void aClientWithASecretIsAWebApplicationThatSignsPeopleIn() {
            Client client = accepted(web(), true);

            assertThat(client.kind()).isEqualTo(ClientKind.WEB);
            assertThat(client.name()).isEqualTo("shop");
            assertThat(client.grantTypes()).containsExactly("authorization_code", "refresh_token");
            assertThat(client.scopes()).containsExactly("openid", "profile", "email");
            assertThat(client.pkceRequired()).isTrue();
            assertThat(client.consentRequired()).isTrue();
            assertThat(client.accessTokenLifetime()).isEqualTo(Duration.ofMinutes(15));
            assertThat(client.idTokenLifetime()).isEqualTo(Duration.ofMinutes(15));
            assertThat(client.refreshIdleLifetime()).isEqualTo(Duration.ofDays(14));
            assertThat(client.refreshAbsoluteLifetime()).isEqualTo(Duration.ofDays(30));
            assertThat(client.refreshRepeatWindow()).isEqualTo(Duration.ofSeconds(30));
            assertThat(client.accessTokenAlgorithm()).isEqualTo("ES256");
            assertThat(client.idTokenAlgorithm()).isEqualTo("RS256");
            assertThat(client.accessTokenTypeHeader()).isEqualTo("at+jwt");
            assertThat(client.audience()).isEmpty();
            assertThat(client.corsOrigins()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
        void aSecretMayBeSentEitherWay(String method) {
            assertThat(with("token_endpoint_auth_method", method).authMethods())
                    .containsExactlyInAnyOrder(
                            ClientAuthMethod.CLIENT_SECRET_BASIC, ClientAuthMethod.CLIENT_SECRET_POST);
        }

        @ParameterizedTest
        @ValueSource(strings = {"spa", "native"})
        void whatRunsAtPeoplesDevicesIsPublic(String kind) {
            Map<String, Object> metadata = web();
            metadata.put("kind", kind);
            assertThat(accepted(metadata, false).isPublic()).isTrue();
        }

        @Test
        void aMachineActsForItself() {
            Client client = accepted(Map.of("client_id", "robot", "kind", "machine", "scope", "api:read"), true);
            assertThat(client.grantTypes()).containsExactly("client_credentials");
            assertThat(client.redirectUris()).isEmpty();
        }
    }

    @Nested
    class RedirectUris {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://shop.example/callback",
                    "https://shop.example:8443/callback?tenant=1",
                    "https://shop.example",
                    "http://localhost:8080/cb",
                    "http://127.0.0.1/cb",
                    "http://[::1]:8080/cb"
                })
        void takesEncryptedAndLoopbackAddresses(String uri) {
            assertThat(with("redirect_uris", List.of(uri)).redirectUris()).containsExactly(uri);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "/callback | absolute",
                    "shop.example/callback | absolute",
                    "https://shop.example/cb#x | fragment",
                    "https://shop.example/cb# | fragment",
                    "https://*.shop.example/cb | wildcard",
                    "https://shop.example/* | wildcard",
                    "http://shop.example/cb | not encrypted",
                    "http://127.0.0.1.evil.example/cb | not encrypted",
                    "http://localhost.evil.example/cb | not encrypted",
                    "https://user@shop.example/cb | host name",
                    "https://shop.example@evil.example/cb | host name",
                    "https:///cb | host name",
                    "https:cb | host name",
                    "https://Shop.example/cb | capitals",
                    "https://shop.example/a/../b | goes up",
                    "https://shop.example/a/%2e%2e/b | goes up",
                    "https://shop.example:99999/cb | port",
                    "javascript:alert(1) | scheme",
                    "JavaScript:alert(1) | scheme",
                    "data:text/html,x | scheme",
                    "file:///etc/passwd | scheme",
                    "ftp://shop.example/ | scheme",
                    "com.example.app:/cb | native",
                    "https://shop.example/a b | unusual",
                    "https://shop.example/\\evil | absolute",
                    "https://shöp.example/ | unusual"
                })
        void refusesWhatCouldLeadCodesAstray(String uri, String word) {
            assertThat(problemsWith("redirect_uris", List.of(uri)))
                    .singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.field()).isEqualTo("redirect_uris[0]");
                        assertThat(problem.reason() + problem.fix()).contains(word);
                    });
        }

        @Test
        void aNativeAppMayHaveASchemeOfItsOwn() {
            Map<String, Object> metadata = web();
            metadata.put("kind", "native");
            metadata.put("redirect_uris", List.of("com.example.app:/callback"));
            assertThat(accepted(metadata, false).redirectUris()).containsExactly("com.example.app:/callback");

            metadata.put("redirect_uris", List.of("myapp://callback"));
            assertThat(problems(metadata, false)).hasSize(1);
        }

        @Test
        void isMissedWhereCodesAreSent() {
            assertThat(problems(Map.of("client_id", "shop"), true))
                    .extracting(MetadataProblem::field)
                    .containsExactly("redirect_uris");
        }

        @Test
        void namesThePlaceOfTheBadOne() {
            assertThat(problemsWith("redirect_uris", List.of("https://a.example/", "http://b.example/")))
                    .extracting(MetadataProblem::field)
                    .containsExactly("redirect_uris[1]");
        }

        @Test
        void signOutAddressesFollowTheSameRules() {
            assertThat(problemsWith("post_logout_redirect_uris", List.of("https://*.example/")))
                    .extracting(MetadataProblem::field)
                    .containsExactly("post_logout_redirect_uris[0]");
        }
    }

    @Nested
    class Grants {

        @ParameterizedTest
        @ValueSource(strings = {"password", "implicit", "urn:ietf:params:oauth:grant-type:device_code", "made-up"})
        void refusesWhatIsNotOffered(String grant) {
            assertThat(problemsWith("grant_types", List.of("authorization_code", grant)))
                    .extracting(MetadataProblem::field)
                    .containsExactly("grant_types[1]");
        }

        @Test
        void aClientWithoutSecretActsForNobodyButPeople() {
            Map<String, Object> metadata = web();
            metadata.put("kind", "spa");
            metadata.put("grant_types", List.of("authorization_code", "client_credentials"));
            assertThat(problems(metadata, false))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.reason()).contains("client_credentials"));
        }

        @Test
        void refreshNeedsAPersonWhoSignedIn() {
            Map<String, Object> metadata = new HashMap<>(Map.of("client_id", "robot", "kind", "machine"));
            metadata.put("grant_types", List.of("client_credentials", "refresh_token"));
            assertThat(problems(metadata, true)).hasSize(1);
        }

        @Test
        void onlyTheResponseTypeCodeIsOffered() {
            assertThat(with("response_types", List.of("code")).clientId()).isEqualTo("shop");
            assertThat(problemsWith("response_types", List.of("token"))).hasSize(1);
        }
    }

    @Nested
    class Proof {

        @Test
        void pkceIsWaivedForClientsWithASecretOnly() {
            assertThat(with("require_pkce", false).pkceRequired()).isFalse();
            Map<String, Object> metadata = web();
            metadata.put("kind", "spa");
            metadata.put("require_pkce", false);
            assertThat(problems(metadata, false))
                    .extracting(MetadataProblem::field)
                    .containsExactly("require_pkce");
        }

        @Test
        void whatRunsAtPeoplesDevicesCannotKeepASecret() {
            Map<String, Object> metadata = web();
            metadata.put("kind", "spa");
            assertThat(problems(metadata, true))
                    .extracting(MetadataProblem::field)
                    .containsExactly("kind");
        }

        @Test
        void noneAndASecretContradictEachOther() {
            assertThat(problemsWith("token_endpoint_auth_method", "none")).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"private_key_jwt", "client_secret_jwt", "tls_client_auth", "NONE"})
        void refusesMethodsThatAreNotOffered(String method) {
            assertThat(problemsWith("token_endpoint_auth_method", method)).hasSize(1);
        }
    }

    @Nested
    class Values {

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "sh\u00f6p", "a/b", "a\nb", "<script>"})
        void refusesOddClientIds(String clientId) {
            assertThat(problemsWith("client_id", clientId))
                    .extracting(MetadataProblem::field)
                    .containsOnly("client_id");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Shop\u202Egnp.exe", "Shop\u0000", "Sh\u200Bop", "Shop\n"})
        void refusesNamesThatDeceiveTheEye(String name) {
            assertThat(problemsWith("client_name", name)).hasSize(1);
        }

        @Test
        void takesNamesOfAnyScript() {
            assertThat(with("client_name", "Café Zürich 商店 & <Söhne>").name()).isEqualTo("Café Zürich 商店 & <Söhne>");
        }

        @ParameterizedTest
        @CsvSource({"15m,900", "900,900", "PT1H,3600", "30s,30", "1d,86400"})
        void readsTimes(String text, long seconds) {
            assertThat(with("access_token_lifetime", text).accessTokenLifetime())
                    .hasSeconds(seconds);
        }

        @ParameterizedTest
        @ValueSource(strings = {"0s", "25h", "-5m", "soon", "1500ms", "99999999999999999999d"})
        void refusesTimesOutOfRange(String text) {
            assertThat(problemsWith("access_token_lifetime", text)).hasSize(1);
        }

        @Test
        void theRepeatWindowIsTwoMinutesAtMost() {
            assertThat(with("refresh_token_repeat_window", "0s").refreshRepeatWindow())
                    .isZero();
            assertThat(with("refresh_token_repeat_window", "120s").refreshRepeatWindow())
                    .hasSeconds(120);
            assertThat(problemsWith("refresh_token_repeat_window", "121s")).hasSize(1);
        }

        @Test
        void anIdleTokenDoesNotOutliveItsFamily() {
            assertThat(problemsWith("refresh_token_idle_lifetime", "31d")).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "HS256", "PS384", "eddsa", "rs256"})
        void refusesAlgorithmsThatAreNotOffered(String algorithm) {
            assertThat(problemsWith("id_token_signed_response_alg", algorithm)).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "*",
                    "null",
                    "https://app.example/",
                    "https://App.example",
                    "http://app.example",
                    "https://*.example",
                    "https://app.example:443",
                    "app.example"
                })
        void refusesOriginsThatNoBrowserWouldSend(String origin) {
            assertThat(problemsWith("allowed_cors_origins", List.of(origin))).hasSize(1);
        }

        @Test
        void takesOrigins() {
            assertThat(with("allowed_cors_origins", List.of("https://app.example", "http://localhost:5173"))
                            .corsOrigins())
                    .containsExactly("https://app.example", "http://localhost:5173");
        }

        @ParameterizedTest
        @ValueSource(strings = {"javascript:alert(1)", "data:image/svg+xml,x", "/logo.png", "http://shop.example/logo"})
        void refusesPagesThatAreNoSafeWebAddress(String uri) {
            assertThat(problemsWith("logo_uri", uri)).hasSize(1);
        }

        @Test
        void anUnknownFieldDoesNotSilentlyMeanTheDefault() {
            assertThat(problemsWith("require_pkse", true)).singleElement().satisfies(problem -> {
                assertThat(problem.field()).isEqualTo("require_pkse");
                assertThat(problem.fix()).contains("require_pkce");
            });
        }

        @Test
        void reportsEverythingAtOnce() {
            Map<String, Object> metadata = web();
            metadata.put("kind", "robot");
            metadata.put("scope", "open\"id");
            metadata.put("audience", "https://api.example");
            metadata.put("require_consent", "yes");
            assertThat(problems(metadata, true))
                    .extracting(MetadataProblem::field)
                    .containsExactlyInAnyOrder("kind", "scope", "audience", "require_consent");
        }
    }
}
