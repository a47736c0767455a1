package dev.signet.commands;

/** One command; one class each. */
interface Command {

    /** The words it is called by, such as {@code keys list}. */
    String name();

    /** What stands after its name, such as {@code <kid>}; empty if nothing does. */
    default String parameters() {
        return "";
    }

    /** What it does, in one line. */
    String purpose();

    /**
     * Does it.
     *
     * @throws WrongUse if what stands after its name is not what it needs
     */
    ExitCode run(Words words, TerminalPrinter terminal);
}
