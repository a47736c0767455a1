package dev.signet.operations.settings;

/** A setting of ours that means nothing: most likely a slip of the pen, and its author believes it is in force. */
final class UnknownSetting extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    UnknownSetting(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    String advice() {
        return advice;
    }
}
