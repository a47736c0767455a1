package dev.signet.theme;

import java.nio.charset.StandardCharsets;

/**
 * One file of a theme.
 *
 * @param path where it is in its theme, such as {@code templates/login.html}
 * @param origin what to call it in a message to the operator
 * @param bytes its content
 */
record ThemeFile(String path, String origin, byte[] bytes) {

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
