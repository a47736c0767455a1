package dev.signet.clients;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an access token is to those who carry it. */
public enum TokenFormat {
    /** A signed statement that APIs read by themselves (RFC 9068). */
    JWT,
    /** A random value that says nothing: APIs ask this server what it stands for (RFC 7662). */
    OPAQUE;

    /** The word for it in configuration and database. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words for it. */
    static List<String> codes() {
        return Stream.of(values()).map(TokenFormat::code).toList();
    }

    public static Optional<TokenFormat> of(String code) {
        for (TokenFormat format : values()) {
            if (format.code().equals(code)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }
}
