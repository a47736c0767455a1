package dev.signet.theme;

import java.util.Map;
import java.util.TreeMap;

/**
 * Derives from an operator's one accent colour the tokens that go with it, so that no choice of colour makes a page hard to read:
 * the accent itself fills buttons as it is, what stands on it is black or white by contrast, and links and the focus ring are
 * darkened or lightened until they reach 4.5 and 3 to 1.
 */
final class AccentTokens {

    /** A little more than WCAG asks: the same tokens stand on the page's background too, which is not quite the card's. */
    private static final double TEXT = 5.0;

    private static final double FOCUS = 3.3;
    private static final Colour INK = new Colour(0x0e, 0x15, 0x30);

    private AccentTokens() {}

    /** Completes tokens that name an accent; what they name themselves stays. */
    static Map<String, String> complete(Map<String, String> tokens, String fallbackSurface, boolean dark) {
        Map<String, String> complete = new TreeMap<>();
        Colour surface = Colour.parse(tokens.getOrDefault("surface", fallbackSurface))
                .orElseGet(() -> Colour.parse(fallbackSurface).orElseThrow());
        String given = tokens.get("accent");
        if (given != null) {
            Colour.parse(given).ifPresent(accent -> derive(accent, surface, dark, complete));
        }
        complete.putAll(tokens);
        return complete;
    }

    private static void derive(Colour accent, Colour surface, boolean dark, Map<String, String> tokens) {
        boolean white = accent.contrast(Colour.WHITE) >= 4.5 || accent.contrast(Colour.WHITE) >= accent.contrast(INK);
        Colour readable = dark ? Colour.WHITE : Colour.BLACK;
        tokens.put("on-accent", (white ? Colour.WHITE : INK).toString());
        tokens.put(
                "accent-hover",
                accent.mix(white ? Colour.BLACK : Colour.WHITE, 0.18).toString());
        Colour soft = surface.mix(accent, dark ? 0.2 : 0.08);
        tokens.put("accent-soft", soft.toString());
        tokens.put("accent-text", accent.until(TEXT, soft, readable).toString());
        tokens.put("focus", accent.until(FOCUS, surface, readable).toString());
    }
}
