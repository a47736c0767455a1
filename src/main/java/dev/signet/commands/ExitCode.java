package dev.signet.commands;

/** How a command ended, for scripts. */
enum ExitCode {
    /** Done, or there was nothing to do. */
    DONE(0),
    /** It failed; what it had begun was undone. */
    FAILED(1),
    /** It was not understood. */
    WRONG_USE(2),
    /** It was understood and refused; the terminal says why. */
    REFUSED(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
