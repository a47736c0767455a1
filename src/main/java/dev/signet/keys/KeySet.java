package dev.signet.keys;

import dev.signet.crypto.Digest;
import dev.signet.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All keys as they stand at one moment: which verify, which signs per algorithm, and what clients see. Immutable. */
final class KeySet {

    private final List<SigningKey> rows;
    private final Map<String, LoadedKey> opened;
    private final Set<String> verifying;
    private final Map<SigningAlgorithm, LoadedKey> active;
    private final PublishedKeys published;

    private KeySet(
            List<SigningKey> rows,
            Map<String, LoadedKey> opened,
            Set<String> verifying,
            Map<SigningAlgorithm, LoadedKey> active,
            PublishedKeys published) {
        this.rows = rows;
        this.opened = opened;
        this.verifying = verifying;
        this.active = active;
        this.published = published;
    }

    /** Builds the set; keys opened for the previous one are taken over. */
    static KeySet of(List<SigningKey> rows, @Nullable KeySet previous, Vault vault, Instant now, Duration maxAge) {
        Map<String, LoadedKey> opened = new HashMap<>();
        Map<SigningAlgorithm, LoadedKey> active = new EnumMap<>(SigningAlgorithm.class);
        List<SigningKey> newestActivationFirst = rows.stream()
                .sorted(Comparator.comparing(SigningKey::activatedAt, Comparator.reverseOrder())
                        .thenComparing(SigningKey::kid))
                .toList();
        for (SigningKey row : newestActivationFirst) {
            LoadedKey key = open(row, previous == null ? null : previous.opened.get(row.kid()), vault);
            opened.put(row.kid(), key);
            if (row.isActive(now)) {
                active.putIfAbsent(row.algorithm(), key);
            }
        }
        Set<String> verifying =
                rows.stream().filter(SigningKey::verifies).map(SigningKey::kid).collect(Collectors.toSet());
        return new KeySet(List.copyOf(rows), opened, verifying, active, publish(newestActivationFirst, now, maxAge));
    }

    List<SigningKey> rows() {
        return rows;
    }

    Optional<LoadedKey> active(SigningAlgorithm algorithm) {
        return Optional.ofNullable(active.get(algorithm));
    }

    Optional<LoadedKey> verifying(String kid) {
        return verifying.contains(kid) ? Optional.ofNullable(opened.get(kid)) : Optional.empty();
    }

    boolean knows(String kid) {
        return opened.containsKey(kid);
    }

    PublishedKeys published() {
        return published;
    }

    private static LoadedKey open(SigningKey row, @Nullable LoadedKey known, Vault vault) {
        boolean hasPrivate = row.sealedPrivate() != null;
        if (known != null && known.canSign() == hasPrivate) {
            return known;
        }
        return new LoadedKey(
                row.kid(),
                row.algorithm(),
                KeyMaterial.publicKey(row.kid(), row.publicJwk()),
                row.sealedPrivate() == null
                        ? null
                        : KeyMaterial.privateKey(row.kid(), vault.open(sealContext(row.kid()), row.sealedPrivate())));
    }

    /** Binds a sealed private half to its row. */
    static String sealContext(String kid) {
        return "signing_key " + kid;
    }

    /** RSA before the rest and the signing key before the retired one, for clients that take the first they know. */
    private static PublishedKeys publish(List<SigningKey> newestActivationFirst, Instant now, Duration maxAge) {
        List<Object> jwks = new ArrayList<>();
        newestActivationFirst.stream()
                .filter(row -> row.isPublished(now))
                .sorted(Comparator.comparing(SigningKey::algorithm).thenComparing(row -> !row.isActive(now)))
                .forEach(row -> jwks.add(JwtJson.read(row.publicJwk().getBytes(StandardCharsets.UTF_8))
                        .orElseThrow()));
        byte[] json = JwtJson.write(Map.of("keys", jwks));
        byte[] digest = Arrays.copyOf(Digest.sha256(json), 16);
        String etag = '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest) + '"';
        return new PublishedKeys(json, etag, maxAge);
    }
}
