package dev.signet.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Keeps in memory what was loaded by key, for a few seconds and no longer than until the next change.
 *
 * <p>A load that began before a change is answered but not kept, whatever the threads do: else a reader that was slow
 * could put the old state back after everybody was told of the new one. The number of entries is bounded; once full, and
 * with nothing out of date to drop, further values are loaded each time (someone may be asking for keys that do not exist).
 *
 * @param <K> the key
 * @param <V> what is loaded, never null: an {@code Optional} where it may be absent
 */
public final class Fresh<K, V> {

    private final Map<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final Function<K, V> load;
    private final long maxAge;
    private final int capacity;
    private final LongSupplier nanoTime;

    /** Keeps at most {@code capacity} values for at most {@code maxAge} each. */
    public Fresh(Duration maxAge, int capacity, Function<K, V> load) {
        this(maxAge, capacity, load, System::nanoTime);
    }

    Fresh(Duration maxAge, int capacity, Function<K, V> load, LongSupplier nanoTime) {
        this.maxAge = maxAge.toNanos();
        this.capacity = capacity;
        this.load = load;
        this.nanoTime = nanoTime;
    }

    private record Entry<V>(V value, long loadedAt) {}

    /** The value, from memory if it is fresh there, else loaded by the calling thread. */
    public V get(K key) {
        Entry<V> entry = entries.get(key);
        long now = nanoTime.getAsLong();
        if (entry != null && now - entry.loadedAt() < maxAge) {
            return entry.value();
        }
        long before = changes.get();
        V value = load.apply(key);
        if (entry != null || hasRoom(now)) {
            entries.compute(key, (same, present) -> changes.get() == before ? new Entry<>(value, now) : present);
        }
        return value;
    }

    /** Drops one key. */
    public void drop(K key) {
        changes.incrementAndGet();
        entries.remove(key);
    }

    /** Drops everything. */
    public void dropAll() {
        changes.incrementAndGet();
        entries.clear();
    }

    private boolean hasRoom(long now) {
        if (entries.size() < capacity) {
            return true;
        }
        entries.values().removeIf(entry -> now - entry.loadedAt() >= maxAge);
        return entries.size() < capacity;
    }

    int size() {
        return entries.size();
    }
}
