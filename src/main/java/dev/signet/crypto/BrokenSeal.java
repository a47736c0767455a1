package dev.signet.crypto;

/** A sealed value did not open: it was changed, moved to another row, or its data key is gone. */
public final class BrokenSeal extends RuntimeException {

    BrokenSeal(String message) {
        super(message);
    }
}
