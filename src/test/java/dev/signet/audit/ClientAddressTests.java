package dev.signet.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientAddressTests {

    private final ClientAddress behindProxies = new ClientAddress(List.of("10.0.0.0/8", "192.0.2.7", "fd00::/8"));

    private static MockHttpServletRequest request(String peer, String... forwardedFor) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setRemoteAddr(peer);
        for (String value : forwardedFor) {
            request.addHeader("X-Forwarded-For", value);
        }
        return request;
    }

    @Test
    void believesNobodyUnlessAProxyIsNamed() {
        ClientAddress direct = new ClientAddress(List.of());
        assertThat(direct.of(request("10.1.1.1", "203.0.113.5"))).isEqualTo("10.1.1.1");
    }

    @Test
    void believesANamedProxy() {
        assertThat(behindProxies.of(request("10.1.1.1", "203.0.113.5"))).isEqualTo("203.0.113.5");
        assertThat(behindProxies.of(request("192.0.2.7", "2001:db8::1"))).isEqualTo("2001:db8:0:0:0:0:0:1");
        assertThat(behindProxies.of(request("fd12::1", "203.0.113.5"))).isEqualTo("203.0.113.5");
    }

    @Test
    void doesNotBelieveAStranger() {
        assertThat(behindProxies.of(request("203.0.113.66", "198.51.100.1"))).isEqualTo("203.0.113.66");
        assertThat(behindProxies.of(request("192.0.2.8", "198.51.100.1"))).isEqualTo("192.0.2.8");
    }

    @Test
    void takesTheRightMostAddressThatNoProxyOwns() {
        assertThat(behindProxies.of(request("10.1.1.1", "1.1.1.1, 203.0.113.5, 10.2.2.2")))
                .isEqualTo("203.0.113.5");
        assertThat(behindProxies.of(request("10.1.1.1", "1.1.1.1", "203.0.113.5", "10.2.2.2")))
                .isEqualTo("203.0.113.5");
    }

    @Test
    void understandsPorts() {
        assertThat(behindProxies.of(request("10.1.1.1", "203.0.113.5:4711"))).isEqualTo("203.0.113.5");
        assertThat(behindProxies.of(request("10.1.1.1", "[2001:db8::1]:4711"))).isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void stopsAtWhatIsNoAddress() {
        assertThat(behindProxies.of(request("10.1.1.1", "203.0.113.5, unknown")))
                .isEqualTo("10.1.1.1");
        assertThat(behindProxies.of(request("10.1.1.1", ""))).isEqualTo("10.1.1.1");
        assertThat(behindProxies.of(request("10.1.1.1", "<script>, 10.3.3.3"))).isEqualTo("10.3.3.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "", "fd00::/129", "10.0.0"})
    void refusesRangesThatAreNone(String range) {
        assertThatThrownBy(() -> new ClientAddress(List.of(range)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("signet.trusted-proxies");
    }
}
