package dev.signet.verifier;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a verifier was told by its builder, where each of these is described. */
record Settings(
        String issuer,
        Set<String> audiences,
        List<String> types,
        Set<SignatureAlgorithm> algorithms,
        List<String> requiredClaims,
        Clock clock,
        Duration skew,
        int tokenLimit,
        int knownTokens,
        StatusPolicy statusPolicy,
        OfflinePolicy offlinePolicy,
        boolean push,
        Duration patience,
        int statusLists,
        int statusListBytes,
        Duration unknownKeyInterval,
        boolean dpopRequired,
        Duration proofAge,
        int proofs,
        @Nullable URI resourceMetadata) {

    /** The issuer without a slash at its end, to which paths are appended. */
    String base() {
        return Metadata.withoutSlash(issuer);
    }
}
