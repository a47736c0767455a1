package dev.signet.verifier;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an access token says (RFC 9068 section 2.2). Immutable; safe to keep and to share. */
public final class Claims {

    private final Map<String, Object> values;
    private final List<String> audience;
    private final Set<String> scopes;
    private final Map<String, Object> confirmation;
    private final @Nullable StatusReference status;

    /** Where a token's status stands: entry {@code index} of the list at {@code uri}. */
    record StatusReference(String uri, long index) {}

    private Claims(Map<String, Object> values) throws Refusal {
        this.values = values;
        this.audience = readAudience(values.get("aud"));
        this.scopes = readScopes(values.get("scope"));
        this.confirmation = readObject("cnf", values.get("cnf"));
        this.status = readStatus(readObject("status", values.get("status")));
        for (String name : TIMES) {
            readInstant(name, values.get(name));
        }
    }

    private static final List<String> TIMES = List.of("exp", "iat", "nbf", "auth_time");

    /** @throws Refusal {@link RefusalReason#CLAIM_MALFORMED} */
    static Claims of(Map<String, Object> values) throws Refusal {
        return new Claims(frozen(values));
    }

    /** The issuer, {@code iss}; empty when absent. */
    public String issuer() {
        return string("iss").orElse("");
    }

    /** The person, or the client where there is no person: {@code sub}; empty when absent. */
    public String subject() {
        return string("sub").orElse("");
    }

    /** The application that got the token, {@code client_id}; empty when absent. */
    public String clientId() {
        return string("client_id").orElse("");
    }

    /** The token's own id, {@code jti}; empty when absent. */
    public String tokenId() {
        return string("jti").orElse("");
    }

    /** The APIs the token is for, {@code aud}. */
    public List<String> audience() {
        return audience;
    }

    /** What the client may do, {@code scope}. */
    public Set<String> scopes() {
        return scopes;
    }

    /** When the token ends, {@code exp}. */
    public Optional<Instant> expiresAt() {
        return instant("exp");
    }

    /** When it was issued, {@code iat}. */
    public Optional<Instant> issuedAt() {
        return instant("iat");
    }

    /** A claim whose value is a string. */
    public Optional<String> string(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A claim whose value is a time in seconds (NumericDate). */
    public Optional<Instant> instant(String name) {
        try {
            return Optional.ofNullable(readInstant(name, values.get(name)));
        } catch (Refusal notATime) {
            return Optional.empty();
        }
    }

    /** All claims by name: strings, numbers, booleans, lists and maps, none of which can be changed. */
    public Map<String, Object> asMap() {
        return values;
    }

    /** The thumbprint of the key the token is bound to (RFC 9449 section 6.1). */
    public Optional<String> keyThumbprint() {
        return confirmation.get("jkt") instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** {@code cnf}: how the token is bound; empty when it is not. */
    Map<String, Object> confirmation() {
        return confirmation;
    }

    @Nullable
    StatusReference status() {
        return status;
    }

    boolean has(String name) {
        Object value = values.get(name);
        return value != null && !value.equals("");
    }

    private static List<String> readAudience(@Nullable Object value) throws Refusal {
        return switch (value) {
            case null -> List.of();
            case String one -> List.of(one);
            case List<?> several -> strings("aud", several);
            default -> throw malformed("aud");
        };
    }

    private static List<String> strings(String name, List<?> values) throws Refusal {
        List<String> strings = new ArrayList<>(values.size());
        for (Object value : values) {
            if (!(value instanceof String text)) {
                throw malformed(name);
            }
            strings.add(text);
        }
        return List.copyOf(strings);
    }

    /** RFC 9068 section 2.2.3: one string, scopes parted by spaces. */
    private static Set<String> readScopes(@Nullable Object value) throws Refusal {
        if (value == null) {
            return Set.of();
        }
        if (!(value instanceof String text)) {
            throw malformed("scope");
        }
        Set<String> scopes = new LinkedHashSet<>();
        for (String scope : text.split(" ", -1)) {
            if (!scope.isEmpty()) {
                scopes.add(scope);
            }
        }
        return Collections.unmodifiableSet(scopes);
    }

    @SuppressWarnings("unchecked") // JSON objects have strings for names
    private static Map<String, Object> readObject(String name, @Nullable Object value) throws Refusal {
        if (value == null) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw malformed(name);
    }

    private static @Nullable StatusReference readStatus(Map<String, Object> status) throws Refusal {
        Object reference = status.get("status_list");
        if (reference == null) {
            return null;
        }
        Map<String, Object> list = readObject("status", reference);
        if (list.get("uri") instanceof String uri && list.get("idx") instanceof Long index && index >= 0) {
            return new StatusReference(uri, index);
        }
        throw malformed("status");
    }

    private static @Nullable Instant readInstant(String name, @Nullable Object value) throws Refusal {
        return switch (value) {
            case null -> null;
            case Long seconds when -FAR_AWAY < seconds && seconds < FAR_AWAY -> Instant.ofEpochSecond(seconds);
            case Double seconds when Math.abs(seconds) < FAR_AWAY -> Instant.ofEpochMilli((long) (seconds * 1000));
            default -> throw malformed(name);
        };
    }

    /** Seconds; about the year 9999. Beyond it, sums with a skew could overflow. */
    private static final long FAR_AWAY = 253_402_300_800L;

    private static Refusal malformed(String name) {
        return new Refusal(RefusalReason.CLAIM_MALFORMED, name);
    }

    private static Map<String, Object> frozen(Map<?, ?> values) {
        Map<String, Object> copy = LinkedHashMap.newLinkedHashMap(values.size());
        values.forEach((name, value) -> {
            if (value != null) {
                copy.put(String.valueOf(name), frozen(value));
            }
        });
        return Collections.unmodifiableMap(copy);
    }

    private static Object frozen(Object value) {
        return switch (value) {
            case Map<?, ?> object -> frozen(object);
            case List<?> list -> {
                List<Object> copy = new ArrayList<>(list.size());
                for (Object item : list) {
                    if (item != null) {
                        copy.add(frozen(item));
                    }
                }
                yield Collections.unmodifiableList(copy);
            }
            default -> value;
        };
    }
}
