package dev.signet.theme;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An opaque sRGB colour, with the contrast arithmetic of WCAG 2.2. */
record Colour(int red, int green, int blue) {

    static final Colour BLACK = new Colour(0, 0, 0);
    static final Colour WHITE = new Colour(255, 255, 255);

    private static final Pattern HEX = Pattern.compile("#([0-9a-f]{3}|[0-9a-f]{6})");

    /** Reads {@code #rgb} or {@code #rrggbb}; other notations are the theme's own business. */
    static Optional<Colour> parse(String text) {
        String hex = text.strip().toLowerCase(Locale.ROOT);
        if (!HEX.matcher(hex).matches()) {
            return Optional.empty();
        }
        if (hex.length() == 4) {
            hex = "#" + hex.charAt(1) + hex.charAt(1) + hex.charAt(2) + hex.charAt(2) + hex.charAt(3) + hex.charAt(3);
        }
        int rgb = Integer.parseInt(hex, 1, 7, 16);
        return Optional.of(new Colour(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff));
    }

    /** Contrast ratio, 1 to 21. */
    double contrast(Colour other) {
        double mine = luminance();
        double theirs = other.luminance();
        return (Math.max(mine, theirs) + 0.05) / (Math.min(mine, theirs) + 0.05);
    }

    /** Mixes in a share (0 to 1) of another colour. */
    Colour mix(Colour other, double share) {
        return new Colour(mix(red, other.red, share), mix(green, other.green, share), mix(blue, other.blue, share));
    }

    /** Moves towards another colour by as little as gives the ratio on a background. */
    Colour until(double ratio, Colour background, Colour towards) {
        for (int step = 0; step < 100; step++) {
            Colour candidate = mix(towards, step / 100.0);
            if (candidate.contrast(background) >= ratio) {
                return candidate;
            }
        }
        return towards;
    }

    private static int mix(int mine, int theirs, double share) {
        return (int) Math.round(mine + (theirs - mine) * share);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }
}
