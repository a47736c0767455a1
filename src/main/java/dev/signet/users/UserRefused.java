package dev.signet.users;

/** An account that cannot be made or changed like that; {@link #problem()} says why. */
public final class UserRefused extends RuntimeException {

    private final Problem problem;

    /** Why an account was refused. */
    public enum Problem {
        USERNAME_MISSING("the user name is missing"),
        USERNAME_TOO_LONG("the user name is longer than 200 characters"),
        USERNAME_HAS_FORBIDDEN_CHARACTERS("the user name holds spaces or control characters"),
        USERNAME_IS_A_FOREIGN_ADDRESS("a user name with an @ must be the account's own mail address"),
        USERNAME_TAKEN("the user name is taken"),
        EMAIL_MALFORMED("the mail address is malformed"),
        EMAIL_TAKEN("the mail address is taken"),
        ATTRIBUTE_REFUSED("an attribute has a name or value it may not have"),
        ROLE_MALFORMED("a role is a word of at most 100 letters, digits and . _ : -");

        private final String text;

        Problem(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    UserRefused(Problem problem) {
        super(problem.text());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
