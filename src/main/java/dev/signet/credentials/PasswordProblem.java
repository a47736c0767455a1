package dev.signet.credentials;

/** Why a password may not be chosen. */
public sealed interface PasswordProblem {

    /** @param minimum fewest characters (Unicode code points) */
    record TooShort(int minimum) implements PasswordProblem {}

    /** @param maximum most characters (Unicode code points) */
    record TooLong(int maximum) implements PasswordProblem {}

    /** It contains the person's name, user name or mail address, or the name of this service. */
    record ContainsName() implements PasswordProblem {}

    /** It is a few characters over and over, or a plain sequence. */
    record Repetitive() implements PasswordProblem {}
}
