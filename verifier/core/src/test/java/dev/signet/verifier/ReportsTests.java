package dev.signet.verifier;

import static dev.signet.verifier.Outcomes.refused;
import static dev.signet.verifier.Outcomes.until;
import static dev.signet.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.net.http.HttpClient;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportsTests {

    private static final Duration LONG = Duration.ofSeconds(15);

    private final TestIssuer issuer = new TestIssuer();

    @AfterEach
    void stop() {
        issuer.close();
    }

    private TokenVerifierBuilder builder() {
        return TokenVerifier.forIssuer(issuer.issuer()).audience(TestIssuer.AUDIENCE);
    }

    @Test
    void tellsTheIssuerWhatWasSeenAndRefused() throws InterruptedException, ParseException {
        HttpClient client = HttpClient.newHttpClient();
        ClientCredentials own = new ClientCredentials(
                client, URI.create(issuer.issuer() + "/oauth2/token"), "api", "secret", "reports", Clock.systemUTC());
        HttpReports transport = new HttpReports(client, URI.create(issuer.issuer() + "/reports"), own);
        String token = issuer.token();
        String jti;
        try (TokenVerifier verifier =
                builder().reports(transport, Duration.ofSeconds(1)).build()) {
            assertThat(verifier.awaitReady(LONG)).isTrue();
            issuer.reports.clear();
            jti = verified(verifier.verify(ApiRequest.bearer(token).from("192.0.2.1")))
                    .tokenId();
            verified(verifier.verify(ApiRequest.bearer(token).from("192.0.2.1")));
            verified(verifier.verify(ApiRequest.bearer(token).from("198.51.100.7")));
            for (int i = 0; i < 1_000; i++) {
                refused(
                        verifier.verify(ApiRequest.bearer(token.substring(0, token.length() - 8) + "AAAAAAAA")),
                        RefusalReason.SIGNATURE_WRONG);
            }
        }
        String all = String.join("\n", issuer.reports);

        assertThat(all).contains("Bearer api-token ").contains("192.0.2.1").contains("198.51.100.7");
        assertThat(all).as("no report holds a token").doesNotContain(token.substring(token.length() - 40));
        long failures = 0;
        long sightings = 0;
        for (String report : issuer.reports) {
            Map<String, Object> body = JSONObjectUtils.parse(report.substring(report.indexOf('{')));
            assertThat(body.get("api")).isEqualTo(TestIssuer.AUDIENCE);
            for (Object failure : (List<?>) body.get("failures")) {
                assertThat(((Map<?, ?>) failure).get("reason")).isEqualTo("SIGNATURE_WRONG");
                failures += (Long) ((Map<?, ?>) failure).get("count");
            }
            for (Object sighting : (List<?>) body.get("sightings")) {
                assertThat(((Map<?, ?>) sighting).get("jti")).isEqualTo(jti);
                sightings += (Long) ((Map<?, ?>) sighting).get("count");
            }
        }
        assertThat(failures).isEqualTo(1_000);
        assertThat(sightings).isEqualTo(3);
    }

    @Test
    void neverSlowsARequestWhenReportsAreStuck() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        AtomicLong sent = new AtomicLong();
        ReportTransport stuck = report -> {
            sent.incrementAndGet();
            never.await();
        };
        String token = issuer.token();
        try (TokenVerifier verifier =
                builder().reports(stuck, Duration.ofMillis(50)).build()) {
            assertThat(verifier.awaitReady(LONG)).isTrue();
            verified(verifier.verify(token));
            until(LONG, () -> sent.get() == 1);

            long begin = System.nanoTime();
            for (int i = 0; i < 20_000; i++) {
                verifier.verify(token);
            }

            // Far more than the queue holds, and yet microseconds each.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
