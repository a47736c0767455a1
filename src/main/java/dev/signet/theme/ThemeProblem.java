package dev.signet.theme;

/**
 * What is wrong with a theme's file; the file is then left out, and the theme it extends provides its own.
 *
 * @param origin the file
 * @param line where in it, from 1; 0 if unknown
 * @param reason why, and what to do
 */
record ThemeProblem(String origin, int line, String reason) {

    @Override
    public String toString() {
        return line > 0 ? origin + ":" + line + ": " + reason : origin + ": " + reason;
    }
}
