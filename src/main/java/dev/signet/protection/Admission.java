package dev.signet.protection;

import java.time.Duration;

/** The answer to "may this be tried now?". */
public sealed interface Admission {

    /** Go on; the attempt is already counted. */
    record Admitted() implements Admission {}

    /**
     * Not now.
     *
     * @param retryAfter when one attempt will be free again, at least a second: the {@code Retry-After} of the answer
     */
    record Refused(Duration retryAfter) implements Admission {}

    /**
     * Not now, and nobody may notice: compare nothing, and answer as to a wrong password. The attempt was made by a name
     * that has attempts left, at an account that has none.
     */
    record Disguised() implements Admission {}

    default boolean admitted() {
        return this instanceof Admitted;
    }
}
