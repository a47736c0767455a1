package dev.signet.crypto;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data keys this node knows: live ones make and check, retired ones and those whose time is yet to come only check.
 *
 * <p>Whatever is made with a data key names the key by its id. An id just beyond the newest known one may belong to a
 * key another node has made since: then, at most once a second, the table is read again. Any other unknown id is
 * refused without a statement.
 */
final class DataKeys {

    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);
    private static final int PLAUSIBLE_NEWER_IDS = 64;
    private static final long RELOAD_PAUSE_NANOS = 1_000_000_000L;

    private final Supplier<List<DataKey>> source;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ReentrantLock reloading = new ReentrantLock();
    private volatile List<DataKey> newestFirst;
    private volatile long loadedAt;

    DataKeys(Supplier<List<DataKey>> source, Clock clock) {
        this(source, clock, System::nanoTime);
    }

    DataKeys(Supplier<List<DataKey>> source, Clock clock, LongSupplier nanoTime) {
        this.source = source;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.newestFirst = load();
        this.loadedAt = nanoTime.getAsLong();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            current(purpose);
        }
    }

    /** The key that makes new values: the newest whose time has come. */
    DataKey current(KeyPurpose purpose) {
        return at(purpose, clock.instant());
    }

    /**
     * The key that made values at that moment, whatever has come since: the same on every node and at every time, since a
     * key is known before its own moment.
     */
    DataKey at(KeyPurpose purpose, Instant moment) {
        DataKey oldest = null;
        for (DataKey key : newestFirst) {
            if (key.purpose() == purpose) {
                if (key.makesAt(moment)) {
                    return key;
                }
                oldest = key;
            }
        }
        // Before the first key's moment, which a node of a faster clock has set.
        if (oldest == null || oldest.isRetiredAt(moment)) {
            throw new IllegalStateException("no live data key for purpose '" + purpose.column() + "'");
        }
        return oldest;
    }

    /** All keys of the purpose that still check values, newest first. */
    List<DataKey> all(KeyPurpose purpose) {
        return newestFirst.stream().filter(key -> key.purpose() == purpose).toList();
    }

    Optional<DataKey> find(KeyPurpose purpose, int id) {
        DataKey known = lookUp(purpose, id);
        if (known == null && mayBeNewer(id)) {
            reload();
            known = lookUp(purpose, id);
        }
        return Optional.ofNullable(known);
    }

    private @Nullable DataKey lookUp(KeyPurpose purpose, int id) {
        for (DataKey key : newestFirst) {
            if (key.id() == id) {
                return key.purpose() == purpose ? key : null;
            }
        }
        return null;
    }

    private boolean mayBeNewer(int id) {
        long newest = newestFirst.getFirst().id();
        return id > newest && id <= newest + PLAUSIBLE_NEWER_IDS;
    }

    /** Reads the table, in the background of a running node. */
    void refresh() {
        newestFirst = load();
    }

    private void reload() {
        reloading.lock();
        try {
            if (nanoTime.getAsLong() - loadedAt >= RELOAD_PAUSE_NANOS) {
                loadedAt = nanoTime.getAsLong();
                newestFirst = load();
            }
        } catch (RuntimeException e) {
            LOG.warn("Could not look for a newer data key: {}", e.toString());
        } finally {
            reloading.unlock();
        }
    }

    private List<DataKey> load() {
        return source.get().stream()
                .sorted(Comparator.comparingInt(DataKey::id).reversed())
                .toList();
    }
}
