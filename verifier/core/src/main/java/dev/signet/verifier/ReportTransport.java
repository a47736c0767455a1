package dev.signet.verifier;

import java.io.IOException;

/** Takes reports to the issuer, or wherever they are wanted. */
@FunctionalInterface
public interface ReportTransport {

    /**
     * Delivers a report. Called from a thread of its own, one report at a time; what cannot be delivered is dropped, and the
     * next report says how much that was.
     *
     * @throws IOException when it could not be delivered
     */
    void send(Report report) throws IOException, InterruptedException;
}
