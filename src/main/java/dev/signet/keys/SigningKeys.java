package dev.signet.keys;

import dev.signet.audit.AuditKind;
import dev.signet.crypto.Vault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs our tokens and recognises them again (RFC 7515, RFC 7519).
 *
 * <p>Signing and verifying work from memory, without a statement. A node reads the keys again every
 * {@link KeysProperties#refreshInterval()} in the background, and at once, though at most once a second, when it is shown
 * a key id it does not know. While the database is away it goes on with the keys it has.
 */
public final class SigningKeys {

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Duration UNKNOWN_KID_PAUSE = Duration.ofSeconds(1);

    private final SigningKeyStore store;
    private final Vault vault;
    private final KeyMint mint;
    private final Clock clock;
    private final Duration maxAge;
    private final Duration keepRetired;
    private final ReentrantLock refreshing = new ReentrantLock();
    private volatile long refreshedAt;
    private volatile KeySet keys;

    SigningKeys(SigningKeyStore store, Vault vault, Clock clock, KeysProperties properties) {
        this.store = store;
        this.vault = vault;
        this.mint = new KeyMint(vault);
        this.clock = clock;
        this.maxAge = properties.maxAge();
        this.keepRetired = properties.keepRetired();
        this.refreshedAt = System.nanoTime();
        this.keys = KeySet.of(store.all(), null, vault, clock.instant(), maxAge);
        ensure(List.of(SigningAlgorithm.RS256, SigningAlgorithm.ES256));
    }

    /**
     * The claims as a JWT in compact form, signed by the active key of the algorithm. Where nobody has asked for the
     * algorithm before, its first key is made first.
     *
     * @param type the header's {@code typ}: {@code at+jwt} for access tokens (RFC 9068 section 2.1), {@code JWT} for ID
     *     tokens
     * @param claims the payload, in this order; {@link Instant}s become NumericDates
     * @throws IllegalArgumentException if the token would outlive the key's stay in the JWK set
     */
    public String sign(SigningAlgorithm algorithm, String type, Map<String, Object> claims) {
        if (claims.get("exp") instanceof Number expiry
                && expiry.longValue() > clock.instant().plus(keepRetired).getEpochSecond()) {
            throw new IllegalArgumentException(
                    "a token that lives longer than signet.keys.keep-retired, " + keepRetired);
        }
        return active(algorithm).sign(type, JwtJson.write(claims));
    }

    /**
     * The JWT, if one of our keys signed exactly these characters: published, retired and removed keys verify, killed
     * ones do not. The algorithm must be the key's own, so that no public key is ever used as an HMAC secret, and the
     * form must be exactly ours ({@link CompactJws}). Takes anything.
     *
     * <p>Times, issuer and audience are the caller's to check.
     */
    public Optional<VerifiedJwt> verify(String compact) {
        CompactJws jws = CompactJws.parse(compact).orElse(null);
        if (jws == null) {
            return Optional.empty();
        }
        LoadedKey key = verifying(jws.kid()).orElse(null);
        if (key == null || key.algorithm() != jws.algorithm() || !key.signed(jws.signingInput(), jws.signature())) {
            return Optional.empty();
        }
        return JwtJson.read(jws.payload())
                .map(claims -> new VerifiedJwt(key.kid(), key.algorithm(), jws.type(), claims));
    }

    /**
     * The id of the key that signs by this algorithm now; its first key is made where there is none yet.
     */
    public String activeKid(SigningAlgorithm algorithm) {
        return active(algorithm).kid();
    }

    private LoadedKey active(SigningAlgorithm algorithm) {
        Optional<LoadedKey> present = keys.active(algorithm);
        if (present.isPresent()) {
            return present.get();
        }
        ensure(algorithm);
        return keys.active(algorithm)
                .orElseThrow(() -> new IllegalStateException("no signing key for " + algorithm.jwsName()));
    }

    /** The JWK set, ready to be sent. */
    public PublishedKeys published() {
        return keys.published();
    }

    /** Whether a token can be signed by this algorithm now. */
    public boolean available(SigningAlgorithm algorithm) {
        return keys.active(algorithm).isPresent();
    }

    /**
     * Makes a key for the algorithm unless there is an active one. A new key signs at once: there is no older one whose
     * tokens clients could be left with, and clients fetch the JWK set anew when they meet a key id they do not know.
     */
    public void ensure(SigningAlgorithm algorithm) {
        ensure(List.of(algorithm));
    }

    private void ensure(List<SigningAlgorithm> algorithms) {
        List<SigningAlgorithm> missing = new ArrayList<>(algorithms);
        missing.removeIf(this::available);
        if (missing.isEmpty()) {
            return;
        }
        Map<SigningAlgorithm, SigningKey> made = mint.make(missing, clock.instant());
        store.change(present -> made.values().stream()
                        .filter(key -> isFirst(key, present))
                        .map(key -> new KeyStep(AuditKind.KEY_CREATED, key))
                        .toList())
                .forEach(step -> LOG.info(
                        "Made signing key {} for {}",
                        step.key().kid(),
                        step.key().algorithm().jwsName()));
        refresh(Duration.ZERO);
    }

    private boolean isFirst(SigningKey key, List<SigningKey> present) {
        Instant now = clock.instant();
        return present.stream().noneMatch(other -> other.algorithm() == key.algorithm() && other.isActive(now));
    }

    /** The keys as they were last read. */
    List<SigningKey> rows() {
        return keys.rows();
    }

    private Optional<LoadedKey> verifying(String kid) {
        if (!keys.knows(kid) && THUMBPRINT.matcher(kid).matches()) {
            try {
                refresh(UNKNOWN_KID_PAUSE);
            } catch (RuntimeException e) {
                LOG.warn("Could not look for an unknown signing key: {}", e.toString());
            }
        }
        return keys.verifying(kid);
    }

    /** Reads the keys again unless somebody did within the pause. */
    void refresh(Duration pause) {
        refreshing.lock();
        try {
            if (pause.isZero() || System.nanoTime() - refreshedAt >= pause.toNanos()) {
                refreshedAt = System.nanoTime();
                keys = KeySet.of(store.all(), keys, vault, clock.instant(), maxAge);
            }
        } finally {
            refreshing.unlock();
        }
    }
}
