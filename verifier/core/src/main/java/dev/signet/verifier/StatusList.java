package dev.signet.verifier;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * One list of statuses, one small number per token, as the issuer signed it (Token Status List, sections 4 and 5.1).
 *
 * @param packed the entries, least significant bits first
 * @param bits size of an entry: 1, 2, 4 or 8
 */
record StatusList(byte[] packed, int bits, Instant issuedAt, Instant expiresAt, Duration timeToLive) {

    static final String TYPE = "statuslist+jwt";

    static final int VALID = 0;
    static final int INVALID = 1;
    static final int SUSPENDED = 2;

    /** Answer for an index beyond the end. */
    static final int NONE = -1;

    private static final Duration USUAL_TIME_TO_LIVE = Duration.ofSeconds(30);
    private static final Duration LEAST_TIME_TO_LIVE = Duration.ofSeconds(1);
    private static final Duration GREATEST_TIME_TO_LIVE = Duration.ofHours(1);
    private static final Duration USUAL_LIFETIME = Duration.ofMinutes(10);

    /**
     * Reads and checks a list.
     *
     * @param uri where it was fetched from, which it must name as its subject
     * @throws Refusal when it is not a list that may be believed
     */
    static StatusList read(String jwt, String uri, Settings settings, IssuerKeys keys) throws Refusal {
        CompactJws jws = CompactJws.parse(jwt, limit(settings));
        SignatureAlgorithm algorithm = jws.algorithm(settings.algorithms());
        jws.refuseDangerousMembers("");
        VerificationKey key = keys.find(jws.keyId());
        if (!key.accepts(algorithm)) {
            throw new Refusal(RefusalReason.ALGORITHM_NOT_OF_KEY);
        }
        if (!key.signed(algorithm, jws)) {
            throw new Refusal(RefusalReason.SIGNATURE_WRONG);
        }
        if (!jws.isOfType(TYPE)) {
            throw new Refusal(RefusalReason.TYPE_WRONG);
        }
        Claims claims = Claims.of(jws.claims());
        if (!claims.subject().equals(uri)) {
            throw new Refusal(RefusalReason.STATUS_UNKNOWN, "the list is another one");
        }
        if (claims.has("iss") && !claims.issuer().equals(settings.issuer())) {
            throw new Refusal(RefusalReason.ISSUER_WRONG);
        }
        Instant now = settings.clock().instant();
        Instant issuedAt = claims.issuedAt().orElseThrow(() -> new Refusal(RefusalReason.CLAIM_MISSING, "iat"));
        if (issuedAt.isAfter(now.plus(settings.skew()))) {
            throw new Refusal(RefusalReason.ISSUED_IN_THE_FUTURE);
        }
        Instant expiresAt = claims.expiresAt().orElse(now.plus(USUAL_LIFETIME));
        if (!expiresAt.isAfter(now)) {
            throw new Refusal(RefusalReason.EXPIRED);
        }
        return entries(claims.asMap(), issuedAt, expiresAt, settings.statusListBytes());
    }

    /** Deflated and twice base64 coded, the list may be somewhat larger than what it holds. */
    static int limit(Settings settings) {
        return settings.statusListBytes() * 2 + 16 * 1024;
    }

    private static StatusList entries(Map<String, Object> claims, Instant issuedAt, Instant expiresAt, int limit)
            throws Refusal {
        if (claims.get("status_list") instanceof Map<?, ?> list
                && list.get("bits") instanceof Long bits
                && (bits == 1 || bits == 2 || bits == 4 || bits == 8)
                && list.get("lst") instanceof String packed) {
            return new StatusList(
                    inflate(CompactJws.decode(packed), limit),
                    bits.intValue(),
                    issuedAt,
                    expiresAt,
                    timeToLive(claims.get("ttl")));
        }
        throw new Refusal(RefusalReason.CLAIM_MALFORMED, "status_list");
    }

    private static Duration timeToLive(@Nullable Object claim) {
        if (!(claim instanceof Number seconds)) {
            return USUAL_TIME_TO_LIVE;
        }
        Duration said = Duration.ofSeconds(Math.clamp(seconds.longValue(), 0, GREATEST_TIME_TO_LIVE.toSeconds()));
        return said.compareTo(LEAST_TIME_TO_LIVE) < 0 ? LEAST_TIME_TO_LIVE : said;
    }

    /** Inflates up to a limit: a few bytes can be made to grow a thousandfold. */
    private static byte[] inflate(byte[] deflated, int limit) throws Refusal {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(deflated);
            ByteArrayOutputStream inflated = new ByteArrayOutputStream(Math.min(limit, 16 * 1024));
            byte[] buffer = new byte[8 * 1024];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0 && !inflater.finished()) {
                    throw new Refusal(RefusalReason.CLAIM_MALFORMED, "lst");
                }
                if (inflated.size() + count > limit) {
                    throw new Refusal(RefusalReason.TOO_LARGE, "more than " + limit + " bytes");
                }
                inflated.write(buffer, 0, count);
            }
            return inflated.toByteArray();
        } catch (DataFormatException e) {
            throw new Refusal(RefusalReason.CLAIM_MALFORMED, "lst");
        } finally {
            inflater.end();
        }
    }

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Whether so little of its life is left that "not modified" is no good answer any more. */
    boolean isAging(Instant now) {
        Duration life = Duration.between(issuedAt, expiresAt);
        return now.isAfter(expiresAt.minus(life.dividedBy(4)));
    }

    /** The entry, or {@link #NONE}. */
    int valueAt(long index) {
        int perByte = 8 / bits;
        long position = index / perByte;
        if (position >= packed.length) {
            return NONE;
        }
        int shift = (int) (index % perByte) * bits;
        return (packed[(int) position] >> shift) & ((1 << bits) - 1);
    }
}
