package dev.signet.tokens;

import dev.signet.cluster.Changes;
import dev.signet.keys.KeyKilled;
import dev.signet.keys.SigningAlgorithm;
import dev.signet.keys.SigningKeys;
import dev.signet.site.Issuer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * Publishes which access tokens were revoked before their time (Token Status List): APIs keep the lists and so refuse a
 * revoked JWT without a call per request.
 *
 * <p>A list is signed when it is first asked for and anew after a revocation, on whichever node that was, or when the
 * signed one has stood for a minute; in between, every request is answered from memory.
 */
@Service
public class StatusLists {

    /** The address below the issuer under which lists are served. */
    public static final String PATH = "/status";

    static final String TOPIC = "status";

    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration EXPIRY = Duration.ofMinutes(10);
    private static final Duration RESIGN_AFTER = Duration.ofMinutes(1);

    /** How long after its hour a list is served: clocks differ, and a repeated refresh may reuse an index. */
    private static final int HOURS_AFTER = 1;

    /** Of an access token, with an hour of slack. */
    private static final Duration LONGEST_LIFETIME = Duration.ofHours(25);

    private static final int ROUND_BYTES = 1024;

    private final StatusListStore store;
    private final SigningKeys keys;
    private final Issuer issuer;
    private final Clock clock;
    private final Changes changes;
    private final Map<Long, Signed> signed = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    StatusLists(StatusListStore store, SigningKeys keys, Issuer issuer, Clock clock, Changes changes) {
        this.store = store;
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
        this.changes = changes;
        changes.subscribe(TOPIC, this::changed, this::lostTrack);
    }

    private record Signed(PublishedStatusList list, String kid, Instant at) {}

    /** The claim that leads from a token to its bit (section 6.1). */
    Map<String, Object> claim(StatusIndex index) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("idx", index.index());
        reference.put("uri", uri(index.listId()));
        return Map.of("status_list", reference);
    }

    /** The place a token's claim names; empty if it has none of ours. */
    Optional<StatusIndex> indexOf(Map<String, Object> claims) {
        if (claims.get("status") instanceof Map<?, ?> status
                && status.get("status_list") instanceof Map<?, ?> reference
                && reference.get("idx") instanceof Number index
                && reference.get("uri") instanceof String uri
                && uri.startsWith(issuer.url(PATH + "/"))) {
            return listId(uri.substring(issuer.url(PATH + "/").length()))
                    .map(list -> StatusIndex.in(list, index.intValue()));
        }
        return Optional.empty();
    }

    /** The addresses of all lists that may still hold a live token (section 9.3). */
    public List<String> announced() {
        return store.alive(StatusIndex.hourOf(Instant.now(clock)) - HOURS_AFTER).stream()
                .map(this::uri)
                .toList();
    }

    /** A list by the id in its address; empty if there is none, or all its tokens are long dead. */
    public Optional<PublishedStatusList> find(String id) {
        Optional<Long> listId = listId(id)
                .filter(list -> StatusIndex.in(list, 0).hour() >= StatusIndex.hourOf(Instant.now(clock)) - HOURS_AFTER);
        return listId.flatMap(this::current);
    }

    /** Tells the address of each list that changes, on whichever node; the call-back must not block. */
    public void onChange(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Ends, with the surrounding transaction, all access tokens that a key signed: nobody may believe them any more. */
    @EventListener
    void endAllOf(KeyKilled killed) {
        Instant now = Instant.now(clock);
        publish(store.revokeOfKey(killed.kid(), StatusIndex.hourOf(now) - HOURS_AFTER, now));
    }

    /**
     * Begins anew, with the surrounding transaction, after the database went back in time: all tokens from before are
     * revoked, and no index is given out that a lost list may have given out already.
     *
     * @param since what was given out after that is lost
     */
    public void startAfresh(Instant since) {
        Instant now = Instant.now(clock);
        store.startAfresh(StatusIndex.hourOf(since), StatusIndex.hourOf(now.plus(LONGEST_LIFETIME)), now);
    }

    /** Announces, with the surrounding transaction, that bits of these lists were set. */
    void publish(Iterable<Long> listIds) {
        listIds.forEach(id -> changes.publish(TOPIC, Long.toString(id)));
    }

    private Optional<PublishedStatusList> current(long listId) {
        Instant now = Instant.now(clock);
        Signed present = signed.get(listId);
        String kid = keys.activeKid(SigningAlgorithm.ES256);
        // Signed by another key: that one may have been killed.
        if (present != null
                && present.kid().equals(kid)
                && now.isBefore(present.at().plus(RESIGN_AFTER))) {
            return Optional.of(present.list());
        }
        long before = generation.get();
        Optional<PublishedStatusList> list = store.bits(listId).map(bits -> sign(listId, bits, now));
        list.ifPresent(fresh -> {
            signed.put(listId, new Signed(fresh, kid, now));
            if (generation.get() != before) {
                // A revocation came in while the bits were read: what was read may lack it.
                signed.remove(listId);
            }
        });
        signed.keySet().removeIf(id -> StatusIndex.in(id, 0).hour() < StatusIndex.hourOf(now) - HOURS_AFTER);
        return list;
    }

    private PublishedStatusList sign(long listId, BitSet bits, Instant now) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("bits", 1);
        content.put("lst", Base64.getUrlEncoder().withoutPadding().encodeToString(compressed(bits)));
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer.value());
        claims.put("sub", uri(listId));
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(EXPIRY).getEpochSecond());
        claims.put("ttl", TTL.toSeconds());
        claims.put("status_list", content);
        String jwt = keys.sign(SigningAlgorithm.ES256, "statuslist+jwt", claims);
        String etag = "\"" + jwt.substring(jwt.length() - 22) + "\"";
        return new PublishedStatusList(jwt, etag, TTL);
    }

    /** Bit i stands in byte i/8, least significant bit first (section 4.1), which is how a BitSet lays them out. */
    private static byte[] compressed(BitSet bits) {
        byte[] set = bits.toByteArray();
        byte[] bytes = Arrays.copyOf(set, Math.ceilDiv(StatusListStore.CAPACITY, 8 * ROUND_BYTES) * ROUND_BYTES);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(out, deflater)) {
            zlib.write(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    private void changed(String key) {
        generation.incrementAndGet();
        listId(key).ifPresent(id -> {
            signed.remove(id);
            listeners.forEach(listener -> listener.accept(uri(id)));
        });
    }

    private void lostTrack() {
        generation.incrementAndGet();
        signed.clear();
    }

    private String uri(long listId) {
        return issuer.url(PATH + "/" + listId);
    }

    private static Optional<Long> listId(String text) {
        return text.matches("[0-9]{1,12}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
