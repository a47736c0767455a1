package dev.signet.crypto;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Puts a start refused for its master key into plain words instead of a stack trace. */
final class MasterKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnusableMasterKey> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnusableMasterKey cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
