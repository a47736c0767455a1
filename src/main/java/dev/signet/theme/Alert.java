package dev.signet.theme;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What went wrong, shown above a form with {@code role="alert"} and id {@code form-error}.
 *
 * @param key message key
 * @param args arguments of the message; a {@link Duration} is put in words ("5 minutes"), an {@link java.time.Instant} as date and
 *     time, numbers by locale
 * @param fields ids of the fields to mark as wrong; the alert is tied to them
 */
public record Alert(String key, List<Object> args, Set<String> fields) {

    public Alert {
        args = List.copyOf(args);
        fields = Set.copyOf(fields);
    }

    public static Alert of(String key, Object... args) {
        return new Alert(key, List.of(args), Set.of());
    }

    public Alert marking(String... wrongFields) {
        return new Alert(key, args, Set.of(wrongFields));
    }

    /** The one answer to an unknown name, a wrong password and a disabled account. */
    public static Alert credentials() {
        return of("login.error.credentials").marking("username", "password");
    }

    /** A wrong password where the account is already known. */
    public static Alert password() {
        return of("reauth.error.password").marking("password");
    }

    /** Too many tries. @param wait time until the next one is taken, shown rounded up */
    public static Alert throttled(Duration wait) {
        return of("login.error.throttled", wait);
    }

    /** Too many tries, where the page also links to a password reset. */
    public static Alert throttledOrReset(Duration wait) {
        return of("login.error.throttledReset", wait);
    }

    /** More sign-ins than the server can check at this moment. */
    public static Alert busy() {
        return of("login.error.busy");
    }

    public boolean marks(String field) {
        return fields.contains(field);
    }
}
