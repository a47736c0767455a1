package dev.signet.verifier;

import static dev.signet.verifier.Outcomes.refused;
import static dev.signet.verifier.Outcomes.until;
import static dev.signet.verifier.Outcomes.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.verifier.Verification.Verified;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyRotationTests {

    private static final Duration LONG = Duration.ofSeconds(15);

    private final TestIssuer issuer = new TestIssuer();
    private final TokenVerifier verifier = TokenVerifier.forIssuer(issuer.issuer())
            .audience(TestIssuer.AUDIENCE)
            .clock(issuer.clock)
            .unknownKeyInterval(Duration.ofSeconds(2))
            .build();

    @AfterEach
    void stop() {
        verifier.close();
        issuer.close();
    }

    @Test
    void takesANewKeyAtItsFirstToken() throws InterruptedException {
        assertThat(verifier.awaitReady(LONG)).isTrue();
        verified(verifier.verify(issuer.token()));
        issuer.keys.put("next", TestKey.of("next", "ES256"));

        verified(verifier.verify(issuer.token("next", Map.of(), Map.of())));
        verified(verifier.verify(issuer.token()));
    }

    @Test
    void looksForUnknownKeysRarely() throws InterruptedException {
        assertThat(verifier.awaitReady(LONG)).isTrue();
        int before = issuer.calls("/jwks");
        long begin = System.nanoTime();

        for (int i = 0; i < 200; i++) {
            refused(
                    verifier.verify(issuer.token("es", Map.of("kid", "made-up-" + i), Map.of())),
                    RefusalReason.KEY_UNKNOWN);
        }

        long intervals = Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 2;
        assertThat(issuer.calls("/jwks") - before).isLessThanOrEqualTo((int) intervals + 1);
    }

    @Test
    void learnsOfChangesByItselfAsOftenAsTheCacheHeaderSays() throws InterruptedException {
        issuer.keysCacheControl = "max-age=1"; // taken for the least of 5 s
        assertThat(verifier.awaitReady(LONG)).isTrue();
        String old = issuer.token();
        verified(verifier.verify(old));
        issuer.keys.put("next", TestKey.of("next", "EdDSA"));
        issuer.keys.remove("es");
        TestKey next = issuer.key("next");

        until(LONG, () -> verifier.state().keys() == 1 && !(verifier.verify(old) instanceof Verified));

        // The signature was known to be right, but its key is gone.
        refused(verifier.verify(old), RefusalReason.KEY_UNKNOWN);
        verified(verifier.verify(next.sign(Map.of("typ", "at+jwt"), without(issuer.claims(), "status"))));
    }

    @Test
    void asksWithTheEntityTag() throws InterruptedException {
        issuer.keysCacheControl = "max-age=1";
        assertThat(verifier.awaitReady(LONG)).isTrue();
        int before = issuer.calls("/jwks");

        until(LONG, () -> issuer.calls("/jwks") > before);

        verified(verifier.verify(issuer.token()));
    }

    @Test
    void goesOnWithTheLastKeysWhenTheIssuerIsAway() throws InterruptedException {
        issuer.keysCacheControl = "max-age=1";
        assertThat(verifier.awaitReady(LONG)).isTrue();
        issuer.down();
        String token = issuer.token();

        until(LONG, () -> !verifier.state().keysCurrent());

        verified(verifier.verify(token));
        issuer.up();
        until(Duration.ofSeconds(30), () -> verifier.state().keysCurrent());
    }

    @Test
    void saysThatItCannotCheckWhenItNeverReachedTheIssuer() {
        issuer.down();
        try (TokenVerifier lonely = TokenVerifier.forIssuer(issuer.issuer())
                .audience(TestIssuer.AUDIENCE)
                .build()) {
            refused(lonely.verify(issuer.token()), RefusalReason.KEYS_UNAVAILABLE);
            assertThat(RefusalReason.KEYS_UNAVAILABLE.status()).isEqualTo(503);
        }
    }

    @Test
    void doesNotTakeTheMetadataOfAnotherIssuer() {
        try (TokenVerifier misled = TokenVerifier.forIssuer("http://localhost:1")
                .audience(TestIssuer.AUDIENCE)
                .reachedAt(java.net.URI.create(issuer.issuer()))
                .build()) {
            refused(misled.verify(issuer.token()), RefusalReason.KEYS_UNAVAILABLE);
        }
    }

    @Test
    void reachesAnIssuerWithAPath() throws InterruptedException {
        try (TestIssuer pathIssuer = new TestIssuer("/id");
                TokenVerifier pathVerifier = TokenVerifier.forIssuer(pathIssuer.issuer())
                        .audience(TestIssuer.AUDIENCE)
                        .build()) {
            assertThat(pathVerifier.awaitReady(LONG)).isTrue();

            verified(pathVerifier.verify(pathIssuer.token()));
        }
    }

    private static Map<String, Object> without(Map<String, Object> claims, String name) {
        claims.remove(name);
        return claims;
    }
}
