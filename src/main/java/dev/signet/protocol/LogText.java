package dev.signet.protocol;

/** Makes text that came from outside fit for one log line. */
final class LogText {

    private static final int LONGEST = 200;

    private LogText() {}

    static String safe(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}]", "?");
    }
}
