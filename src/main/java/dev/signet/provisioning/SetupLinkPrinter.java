package dev.signet.provisioning;

import java.nio.file.Path;

/** Tells the set-up link to whoever started the server: on the terminal, never through a log that others keep and read. */
final class SetupLinkPrinter {

    private SetupLinkPrinter() {}

    static void print(String address, boolean written, Path file) {
        String text =
                """

                Signet has no administrator yet. Open this link within an hour to become the first one:

                    %s
                %s
                """.formatted(address, written ? "\nIt is also in " + file + " (readable by this user only).\n" : "");
        System.out.print(text);
        System.out.flush();
    }
}
