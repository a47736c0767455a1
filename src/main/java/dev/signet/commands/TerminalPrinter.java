package dev.signet.commands;

import java.io.PrintStream;
import java.util.List;

/** Speaks to the person at the terminal: results to the standard output, reasons of a refusal to the standard error. */
final class TerminalPrinter {

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;

    void say(String line) {
        out.println(line);
    }

    void complain(String line) {
        err.println(line);
    }

    /** Rows below a head, in columns as wide as they need be. */
    void table(List<String> head, List<List<String>> rows) {
        int[] widths = new int[head.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = head.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        line(head, widths);
        rows.forEach(row -> line(row, widths));
    }

    private void line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            line.append(("%-" + widths[column] + "s  ").formatted(cells.get(column)));
        }
        out.println(line.toString().stripTrailing());
    }
}
