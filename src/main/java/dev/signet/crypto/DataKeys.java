package dev.signet.crypto;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The data keys this node knows: live ones make and check, retired ones only check.
 *
 * <p>Whatever is made with a data key names the key by its id. An id just beyond the newest known one may belong to a
 * key another node has made since: then, at most once a second, the table is read again. Any other unknown id is
 * refused without a statement.
 */
final class DataKeys {

    private static final int PLAUSIBLE_NEWER_IDS = 64;
    private static final long RELOAD_PAUSE_NANOS = 1_000_000_000L;

    private final Supplier<List<DataKey>> source;
    private final LongSupplier nanoTime;
    private final ReentrantLock reloading = new ReentrantLock();
    private volatile List<DataKey> newestFirst;
    private volatile long loadedAt;

    DataKeys(Supplier<List<DataKey>> source) {
        this(source, System::nanoTime);
    }

    DataKeys(Supplier<List<DataKey>> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.newestFirst = load();
        this.loadedAt = nanoTime.getAsLong();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            current(purpose);
        }
    }

    /** The key that makes new values: the newest live one. */
    DataKey current(KeyPurpose purpose) {
        for (DataKey key : newestFirst) {
            if (key.purpose() == purpose && !key.retired()) {
                return key;
            }
        }
        throw new IllegalStateException("no live data key for purpose '" + purpose.column() + "'");
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

    private void reload() {
        reloading.lock();
        try {
            if (nanoTime.getAsLong() - loadedAt >= RELOAD_PAUSE_NANOS) {
                loadedAt = nanoTime.getAsLong();
                newestFirst = load();
            }
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
