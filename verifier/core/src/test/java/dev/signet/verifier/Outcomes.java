package dev.signet.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.verifier.Verification.Refused;
import dev.signet.verifier.Verification.Verified;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Words for what a test expects. */
final class Outcomes {

    private Outcomes() {}

    static Claims verified(Verification verification) {
        assertThat(verification).isInstanceOf(Verified.class);
        return ((Verified) verification).claims();
    }

    static void refused(Verification verification, RefusalReason reason) {
        assertThat(verification)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    static boolean isRefused(Verification verification, RefusalReason reason) {
        return verification instanceof Refused refused && refused.reason() == reason;
    }

    /** Waits until it is so, and returns after how long. */
    static Duration until(Duration longest, BooleanSupplier so) throws InterruptedException {
        long begin = System.nanoTime();
        while (!so.getAsBoolean()) {
            Duration passed = Duration.ofNanos(System.nanoTime() - begin);
            assertThat(passed).as("it did not come about").isLessThan(longest);
            Thread.sleep(5);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
