package dev.signet.commands;

/** A command was called with words it cannot take; says which and why. */
final class WrongUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WrongUse(String message) {
        super(message);
    }
}
