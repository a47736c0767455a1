package dev.signet.verifier.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.verifier.OfflinePolicy;
import dev.signet.verifier.SignatureAlgorithm;
import dev.signet.verifier.StatusPolicy;
import dev.signet.verifier.TestIssuer;
import dev.signet.verifier.TokenVerifier;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PropertiesTests {

    @Test
    void hasSafeDefaults() {
        SignetVerifierProperties properties = new Binder(
                        new MapConfigurationPropertySource(Map.of("signet.verifier.issuer", "https://id.example")))
                .bind("signet.verifier", SignetVerifierProperties.class)
                .get();

        assertThat(properties.audience()).isEmpty();
        assertThat(properties.algorithms()).containsExactlyInAnyOrder(SignatureAlgorithm.values());
        assertThat(properties.acceptPlainJwtType()).isFalse();
        assertThat(properties.skew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(properties.status()).isEqualTo(StatusPolicy.IF_PRESENT);
        assertThat(properties.offline()).isEqualTo(OfflinePolicy.FAIL_CLOSED);
        assertThat(properties.push()).isTrue();
        assertThat(properties.patience()).isEqualTo(Duration.ofSeconds(2));
        assertThat(properties.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(properties.knownTokens()).isEqualTo(2_000);
        assertThat(properties.allowPlainHttp()).isFalse();
        assertThat(properties.dpop().required()).isFalse();
        assertThat(properties.dpop().proofAge()).isEqualTo(Duration.ofSeconds(60));
        assertThat(properties.dpop().rememberedProofs()).isEqualTo(100_000);
        assertThat(properties.reports().enabled()).isFalse();
        assertThat(properties.reports().interval()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void refusesToStartWithoutAnAudience() {
        try (TestIssuer issuer = new TestIssuer()) {
            assertThatThrownBy(() -> OrdersApp.startWith(issuer, OrdersApp.OwnRules.class))
                    .rootCause()
                    .hasMessageContaining("signet.verifier.audience");
        }
    }

    @Test
    void sendsReportsWhereToldTo() throws InterruptedException {
        try (TestIssuer issuer = new TestIssuer()) {
            try (OrdersApp app = OrdersApp.start(
                    issuer,
                    OrdersApp.OwnRules.class,
                    "--signet.verifier.reports.enabled=true",
                    "--signet.verifier.reports.interval=1s",
                    "--signet.verifier.reports.client-id=api",
                    "--signet.verifier.reports.client-secret=secret")) {
                assertThat(app.bean(TokenVerifier.class).awaitReady(Duration.ofSeconds(20)))
                        .isTrue();
                assertThat(app.get("/orders", "Authorization", "Bearer " + issuer.token())
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(issuer.reports)
                    .anySatisfy(report -> assertThat(report)
                            .startsWith("Bearer api-token ")
                            .contains("\"address\":\"127.0.0.1\"")
                            .contains("\"client_id\":\"shop\""));
        }
    }
}
