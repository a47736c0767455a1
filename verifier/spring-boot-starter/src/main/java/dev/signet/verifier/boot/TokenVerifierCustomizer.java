package dev.signet.verifier.boot;

import dev.signet.verifier.TokenVerifierBuilder;

/** A bean that sets what no property does, just before the verifier is built: an HTTP client of one's own, for instance. */
@FunctionalInterface
public interface TokenVerifierCustomizer {

    void customize(TokenVerifierBuilder builder);
}
