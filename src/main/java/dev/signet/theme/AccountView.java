package dev.signet.theme;

/**
 * One account this browser remembers.
 *
 * @param id the account's id, posted as {@code account} or {@code forget}
 * @param name the person's name, or the login name if none is known
 * @param login mail address or login name, shown below the name
 * @param signedIn whether this is the account signed in now; at most one is
 */
public record AccountView(String id, String name, String login, boolean signedIn) {

    /** Gives one or two letters in place of a picture. */
    public String initials() {
        return Initials.of(name);
    }
}
