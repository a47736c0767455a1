/** An answer that is not what it should be: the operation does not count, and a row with one is void. */
final class Wrong extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 200;

    Wrong(String message) {
        super(message, null, false, false);
    }

    static void unless(boolean right, String message) {
        if (!right) {
            throw new Wrong(message);
        }
    }

    static String shorten(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
