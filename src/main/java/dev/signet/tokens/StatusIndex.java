package dev.signet.tokens;

import java.time.Instant;

/**
 * The place of one access token in a status list (Token Status List section 6): which list, and which bit of it.
 *
 * <p>A list is named by the hour by which all its tokens have expired (hours since the epoch, rounded up) and an ordinal
 * within that hour. Packed into one number, indexes of one family sort by the time they die.
 */
record StatusIndex(int hour, int ordinal, int index) {

    static final int INDEX_BITS = 20;
    private static final int ORDINAL_BITS = 12;
    private static final long SECONDS_PER_HOUR = 3600;

    /** The hour by which a token with this expiry is dead. */
    static int hourOf(Instant expiry) {
        return Math.toIntExact(Math.ceilDiv(expiry.getEpochSecond(), SECONDS_PER_HOUR));
    }

    /** The least packed number whose token may still live: all smaller ones are history. */
    static long firstAlive(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), SECONDS_PER_HOUR) << (INDEX_BITS + ORDINAL_BITS);
    }

    static StatusIndex unpack(long packed) {
        return new StatusIndex(
                Math.toIntExact(packed >>> (INDEX_BITS + ORDINAL_BITS)),
                (int) (packed >>> INDEX_BITS) & ((1 << ORDINAL_BITS) - 1),
                (int) packed & ((1 << INDEX_BITS) - 1));
    }

    long packed() {
        return ((long) hour << (INDEX_BITS + ORDINAL_BITS)) | ((long) ordinal << INDEX_BITS) | index;
    }

    /** The list's id in its address. */
    long listId() {
        return packed() >>> INDEX_BITS;
    }

    static StatusIndex in(long listId, int index) {
        return unpack((listId << INDEX_BITS) | index);
    }
}
