package dev.signet.theme;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Lets only web addresses become links, so that a registered {@code javascript:} address is never clickable. */
final class WebLink {

    private WebLink() {}

    static @Nullable String orNull(@Nullable String address) {
        if (address == null) {
            return null;
        }
        String start = address.toLowerCase(Locale.ROOT);
        return start.startsWith("https://") || start.startsWith("http://") ? address : null;
    }
}
