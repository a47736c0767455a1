package dev.signet.credentials;

import java.time.Duration;

/** What came of checking a password. */
public sealed interface PasswordCheck {

    /**
     * It is the account's password.
     *
     * @param mustChange whether the person has to choose a new one before going on
     */
    record Correct(boolean mustChange) implements PasswordCheck {}

    /** It is not, or there is no such account, or the account has no password: on purpose not told apart. */
    record Wrong() implements PasswordCheck {}

    /**
     * It was not checked: too many checks are waiting. Says nothing about password or account; answer 503.
     *
     * @param retryAfter when to try again
     */
    record Busy(Duration retryAfter) implements PasswordCheck {}
}
