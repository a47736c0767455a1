package dev.signet.verifier;

/** Carries a reason from the check that found it to the verifier's answer; cheap, since it has no stack trace. */
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;

    Refusal(RefusalReason reason) {
        this(reason, "");
    }

    Refusal(RefusalReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    RefusalReason reason() {
        return reason;
    }

    String detail() {
        String detail = getMessage();
        return detail == null ? "" : detail;
    }
}
