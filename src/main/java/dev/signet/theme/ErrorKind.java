package dev.signet.theme;

/** The kinds of error page: what happened and what to do, each with the HTTP status it goes with. */
public enum ErrorKind {
    /** The app sent a request that cannot be trusted enough to send the person back: unknown client, wrong redirect URI. */
    CLIENT(400, "error.client"),
    /** Any other request that makes no sense: a malformed address, a form without its fields. */
    REQUEST(400, "error.request"),
    /** The sign-in ran out of time. Argument: the {@link java.time.Duration} it was given. */
    FLOW_EXPIRED(400, "flow.expired"),
    /** The browser did not bring back the cookie it was given. */
    COOKIES(400, "flow.cookies"),
    /** No access. Argument: name of the app or place. */
    FORBIDDEN(403, "error.denied"),
    NOT_FOUND(404, "error.notFound"),
    /** Too many requests. Argument: the {@link java.time.Duration} to wait. */
    THROTTLED(429, "error.throttled"),
    SERVER(500, "error.server"),
    /** A part is away for now, such as the database. Argument: the {@link java.time.Duration} to wait. */
    UNAVAILABLE(503, "error.unavailable"),
    /** The one-time set-up link was used, replaced or is too old. */
    SETUP_LINK(410, "error.setupLink");

    private final int status;
    private final String key;

    ErrorKind(int status, String key) {
        this.status = status;
        this.key = key;
    }

    public int status() {
        return status;
    }

    /** Gives the stem of the message keys: {@code <key>.title}, {@code .text}, {@code .textWith}, {@code .action}. */
    public String key() {
        return key;
    }

    /** Gives the look of its emblem: {@code info} where nothing is broken, {@code warn} where the person can help it. */
    public String tone() {
        return switch (this) {
            case CLIENT, SERVER -> "danger";
            case NOT_FOUND, FLOW_EXPIRED -> "info";
            case REQUEST, COOKIES, FORBIDDEN, THROTTLED, UNAVAILABLE, SETUP_LINK -> "warn";
        };
    }

    /** Gives the icon of its emblem. */
    public String icon() {
        return switch (this) {
            case FLOW_EXPIRED, THROTTLED, SETUP_LINK -> "clock";
            case COOKIES -> "cookie";
            case FORBIDDEN -> "lock";
            case NOT_FOUND -> "search";
            case REQUEST, UNAVAILABLE -> "warn";
            case CLIENT, SERVER -> "danger";
        };
    }
}
