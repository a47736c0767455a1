package dev.signet.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A secret in memory: a token, a password, a client secret.
 *
 * <p>It prints as {@code ***}, so that it cannot reach a log by accident, and compares in constant time. The one way to
 * its text is {@link #reveal()}, which makes each use easy to find.
 */
public final class SecretValue {

    private final String text;

    public SecretValue(String text) {
        this.text = Objects.requireNonNull(text, "text");
    }

    /** The secret itself. Never log it, never store it. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SecretValue that
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), that.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
