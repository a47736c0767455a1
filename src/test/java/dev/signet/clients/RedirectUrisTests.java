package dev.signet.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectUrisTests {

    @Nested
    class ExactMatch {

        private final Client client = TestClients.of(ClientKind.WEB, "https://shop.example/callback?tenant=1");

        @Test
        void isTheVerySameText() {
            assertThat(client.allowsRedirect("https://shop.example/callback?tenant=1"))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://shop.example/callback",
                    "https://shop.example/callback?tenant=1&x",
                    "https://shop.example/callback?tenant=1#x",
                    "https://shop.example/callback/?tenant=1",
                    "https://shop.example:443/callback?tenant=1",
                    "https://SHOP.example/callback?tenant=1",
                    "http://shop.example/callback?tenant=1",
                    "https://shop.example/%63allback?tenant=1",
                    "https://shop.example/x/../callback?tenant=1",
                    "https://shop.example/callback?tenant=1\n",
                    " https://shop.example/callback?tenant=1",
                    "https://shop.example.evil/callback?tenant=1",
                    "https://shop.example@evil/callback?tenant=1",
                    ""
                })
        void isNothingElse(String uri) {
            assertThat(client.allowsRedirect(uri)).isFalse();
        }
    }

    /** RFC 8252 section 7.3. */
    @Nested
    class LoopbackAddresses {

        @ParameterizedTest
        @ValueSource(strings = {"http://127.0.0.1:1/cb", "http://127.0.0.1:65535/cb", "http://127.0.0.1/cb"})
        void haveAFreePort(String uri) {
            assertThat(TestClients.of(ClientKind.NATIVE, "http://127.0.0.1/cb").allowsRedirect(uri))
                    .isTrue();
            assertThat(TestClients.of(ClientKind.WEB, "http://127.0.0.1:9001/cb")
                            .allowsRedirect(uri))
                    .isTrue();
        }

        @Test
        void ofVersionSixToo() {
            assertThat(TestClients.of(ClientKind.NATIVE, "http://[::1]/cb").allowsRedirect("http://[::1]:4711/cb"))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://127.0.0.1:8080/other",
                    "http://127.0.0.1:8080/cb?x=1",
                    "http://127.0.0.1:8080/cb#x",
                    "http://127.0.0.1:8080",
                    "http://127.0.0.1:0x50/cb",
                    "http://127.0.0.1:99999/cb",
                    "http://127.0.0.1:/cb",
                    "http://127.0.0.1:80:80/cb",
                    "http://127.0.0.1:80@evil.example/cb",
                    "http://127.0.0.1.evil.example/cb",
                    "http://127.0.0.2:80/cb",
                    "http://localhost:80/cb",
                    "http://[::1]:80/cb",
                    "https://127.0.0.1:80/cb",
                    "HTTP://127.0.0.1:80/cb"
                })
        void haveNothingElseFree(String uri) {
            assertThat(TestClients.of(ClientKind.NATIVE, "http://127.0.0.1/cb").allowsRedirect(uri))
                    .isFalse();
        }

        @Test
        void byNameForNativeAppsOnly() {
            assertThat(TestClients.of(ClientKind.NATIVE, "http://localhost/cb")
                            .allowsRedirect("http://localhost:4711/cb"))
                    .isTrue();
            assertThat(TestClients.of(ClientKind.WEB, "http://localhost:80/cb")
                            .allowsRedirect("http://localhost:4711/cb"))
                    .isFalse();
        }
    }
}
