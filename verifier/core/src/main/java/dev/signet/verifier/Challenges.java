package dev.signet.verifier;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code WWW-Authenticate} values: RFC 6750 section 3 for bearer tokens, RFC 9449 section 7.1 for bound ones, RFC
 * 9728 section 5.1 for the address of the API's own metadata.
 */
final class Challenges {

    private static final String PROOF_ALGORITHMS = "ES256 RS256 PS256 EdDSA";

    private final boolean dpopRequired;
    private final @Nullable URI resourceMetadata;

    Challenges(boolean dpopRequired, @Nullable URI resourceMetadata) {
        this.dpopRequired = dpopRequired;
        this.resourceMetadata = resourceMetadata;
    }

    /**
     * The challenges of a refusal: the error goes with the scheme the client used, or should have used.
     *
     * @param scopes what the request needs
     */
    List<String> of(RefusalReason reason, Presented.Scheme used, Collection<String> scopes) {
        if (reason.status() == 503) {
            return List.of();
        }
        boolean aboutDpop = used == Presented.Scheme.DPOP
                || reason.isAboutTheProof()
                || reason == RefusalReason.DPOP_PROOF_MISSING
                || reason == RefusalReason.DPOP_REQUIRED;
        List<String> challenges = new ArrayList<>(2);
        if (!dpopRequired) {
            challenges.add(challenge(Presented.Scheme.BEARER, aboutDpop ? null : reason, scopes));
        }
        challenges.add(challenge(Presented.Scheme.DPOP, aboutDpop ? reason : null, scopes));
        return challenges;
    }

    private String challenge(Presented.Scheme scheme, @Nullable RefusalReason reason, Collection<String> scopes) {
        List<String> parameters = new ArrayList<>(4);
        if (reason != null && !reason.error().isEmpty()) {
            parameters.add("error=\"" + reason.error() + '"');
            parameters.add("error_description=\"" + reason.description() + '"');
            if (reason == RefusalReason.SCOPE_INSUFFICIENT && !scopes.isEmpty()) {
                parameters.add("scope=\"" + String.join(" ", scopes) + '"');
            }
        }
        if (scheme == Presented.Scheme.DPOP) {
            parameters.add("algs=\"" + PROOF_ALGORITHMS + '"');
        }
        if (resourceMetadata != null) {
            parameters.add("resource_metadata=\"" + resourceMetadata + '"');
        }
        return parameters.isEmpty() ? scheme.text() : scheme.text() + ' ' + String.join(", ", parameters);
    }
}
