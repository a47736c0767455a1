package dev.signet.theme;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something went wrong: what happened, what to do, and in a folded part what support needs.
 *
 * @param kind what happened
 * @param reference error id the log knows
 * @param at when
 * @param oauthCode the OAuth error code, for support
 * @param detail what did not match, such as the redirect URI that was sent; never anything secret
 * @param actionUrl where the main action leads; without it there is none
 * @param helpUrl where the error code is explained, for whoever built the app
 * @param args arguments of the text, by kind; without them a text that needs none is shown
 */
public record ErrorPage(
        ErrorKind kind,
        String reference,
        Instant at,
        @Nullable String oauthCode,
        @Nullable String detail,
        @Nullable String actionUrl,
        @Nullable String helpUrl,
        List<Object> args)
        implements Page {

    public ErrorPage {
        args = List.copyOf(args);
    }

    public ErrorPage(
            ErrorKind kind,
            String reference,
            Instant at,
            @Nullable String oauthCode,
            @Nullable String detail,
            @Nullable String actionUrl) {
        this(kind, reference, at, oauthCode, detail, actionUrl, null, List.of());
    }

    @Override
    public String name() {
        return "error";
    }
}
