package dev.signet.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An event as it is stored: with its id, its time, and where it came from. Text is cut and freed of what SQL refuses. */
record AuditRow(
        UUID id,
        Instant at,
        String kind,
        String outcome,
        @Nullable String actor,
        @Nullable UUID user,
        @Nullable String client,
        @Nullable UUID session,
        @Nullable UUID authorization,
        @Nullable String address,
        @Nullable String device,
        @Nullable String reason,
        @Nullable String errorId,
        @Nullable String detail) {

    /** Longest text kept of any field, in characters. */
    static final int LONGEST = 500;

    private static final JsonMapper JSON = JsonMapper.shared();

    static AuditRow of(AuditEvent event, RequestTrace trace, Instant at) {
        return new AuditRow(
                timeOrdered(at),
                at,
                event.kind().code(),
                event.kind().outcome(),
                clean(event.actor()),
                event.user(),
                clean(event.client()),
                event.session(),
                event.authorization(),
                emptyIsNull(trace.address()),
                clean(emptyIsNull(trace.device())),
                clean(event.reason()),
                trace.errorId(),
                json(event.detail()));
    }

    /** A UUID of version 7 (RFC 9562 section 5.7). It only has to be unique: order is told by time and commit. */
    private static UUID timeOrdered(Instant at) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = at.toEpochMilli() << 16 | 0x7000 | random.nextInt(1 << 12);
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private static @Nullable String json(Map<String, String> detail) {
        if (detail.isEmpty()) {
            return null;
        }
        Map<String, String> cleaned = new LinkedHashMap<>();
        detail.forEach((name, value) -> cleaned.put(name, clean(value)));
        return JSON.writeValueAsString(cleaned);
    }

    private static @Nullable String emptyIsNull(String value) {
        return value.isEmpty() ? null : value;
    }

    /** PostgreSQL keeps no NUL and no lone surrogate; both reach us in hostile requests. */
    static @Nullable String clean(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        if (cut.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c))) {
            return cut;
        }
        // Encoding replaces surrogates that have lost their other half.
        String whole = new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return whole.replace('\0', '\uFFFD');
    }
}
