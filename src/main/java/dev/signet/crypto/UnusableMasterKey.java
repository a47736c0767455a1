package dev.signet.crypto;

/** The server must not start with this master key, or without one. Says why, and what to do about it. */
final class UnusableMasterKey extends RuntimeException {

    private final String remedy;

    UnusableMasterKey(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
