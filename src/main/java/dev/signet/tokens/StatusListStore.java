package dev.signet.tokens;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of status lists. */
@Repository
class StatusListStore {

    /** Indexes of one list: its compressed form stays small, and the crowd a token hides in large. */
    static final int CAPACITY = 1 << StatusIndex.INDEX_BITS;

    /** More lists of an hour than anyone can have opened in the time that a restore loses: a million tokens each. */
    private static final int LOST_LISTS = 128;

    private static final int TRIES = 5;

    private final JdbcClient jdbc;

    StatusListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A run of indexes that one node alone hands out. */
    record Block(int hour, int ordinal, int start, int size) {}

    /** Leases the next block of the newest list of a key and hour, opening a new list where there is none or no room. */
    Block lease(String kid, int hour, int size, @Nullable String clientId, Instant now) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Block> block = jdbc.sql("""
                with taken as (
                    update status_list set next_index = next_index + :size
                    where (hour, ordinal) = (
                        select hour, ordinal from status_list
                        where kid = :kid and hour = :hour and next_index + :size <= :capacity
                            and revoked_at is null
                        order by ordinal limit 1)
                        and next_index + :size <= :capacity
                    returning hour, ordinal, next_index - :size as start)
                insert into status_block (hour, ordinal, start, size, client_id)
                select hour, ordinal, start, :size, :client from taken
                returning hour, ordinal, start, size\
                """)
                    .param("size", size)
                    .param("kid", kid)
                    .param("hour", hour)
                    .param("capacity", CAPACITY)
                    .param("client", clientId)
                    .query((row, number) -> new Block(
                            row.getInt("hour"), row.getInt("ordinal"), row.getInt("start"), row.getInt("size")))
                    .optional();
            if (block.isPresent()) {
                return block.get();
            }
            open(kid, hour, now);
        }
        throw new IllegalStateException("no block of status indexes could be leased");
    }

    /** Opens a list, unless another node has just opened one with the same ordinal. */
    private void open(String kid, int hour, Instant now) {
        jdbc.sql("""
            insert into status_list (hour, ordinal, kid, created_at)
            select :hour, coalesce(max(ordinal) + 1, 0), :kid, :now from status_list where hour = :hour
            on conflict do nothing\
            """)
                .param("hour", hour)
                .param("kid", kid)
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Opens the first list of a key and hour before its first token, so that readers can know it in time. */
    void openAhead(String kid, int hour, Instant now) {
        boolean there = jdbc.sql("select exists(select 1 from status_list where kid = ? and hour = ?)")
                .params(kid, hour)
                .query(Boolean.class)
                .single();
        if (!there) {
            open(kid, hour, now);
        }
    }

    /** Lists whose tokens may still live at an hour. */
    List<Long> alive(int sinceHour) {
        return jdbc.sql("select hour, ordinal from status_list where hour >= ? order by hour, ordinal")
                .param(sinceHour)
                .query((row, number) -> new StatusIndex(row.getInt("hour"), row.getInt("ordinal"), 0).listId())
                .list();
    }

    /** The revoked bits of a list; empty if there is no such list. */
    Optional<BitSet> bits(long listId) {
        StatusIndex list = StatusIndex.in(listId, 0);
        Optional<Boolean> whole = jdbc.sql(
                        "select revoked_at is not null from status_list where hour = ? and ordinal = ?")
                .params(list.hour(), list.ordinal())
                .query(Boolean.class)
                .optional();
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        BitSet bits = new BitSet(CAPACITY);
        if (whole.get()) {
            bits.set(0, CAPACITY);
            return Optional.of(bits);
        }
        jdbc.sql("select idx from status_bit where hour = ? and ordinal = ?")
                .params(list.hour(), list.ordinal())
                .query(row -> {
                    bits.set(row.getInt("idx"));
                });
        jdbc.sql("select start, size from status_block where hour = ? and ordinal = ? and revoked_at is not null")
                .params(list.hour(), list.ordinal())
                .query(row -> {
                    bits.set(row.getInt("start"), row.getInt("start") + row.getInt("size"));
                });
        return Optional.of(bits);
    }

    /** Sets the bit of one token. */
    void revoke(StatusIndex index, Instant now) {
        jdbc.sql("insert into status_bit (hour, ordinal, idx, revoked_at) values (?, ?, ?, ?) on conflict do nothing")
                .params(index.hour(), index.ordinal(), index.index(), Timestamp.from(now))
                .update();
    }

    /** Sets the bits of all a client's machine tokens, by its blocks; gives the lists that changed. */
    Set<Long> revokeBlocks(String clientId, int sinceHour, Instant now) {
        return new LinkedHashSet<>(jdbc.sql("update status_block set revoked_at = ?"
                        + " where client_id = ? and hour >= ? and revoked_at is null returning hour, ordinal")
                .params(Timestamp.from(now), clientId, sinceHour)
                .query((row, number) -> new StatusIndex(row.getInt("hour"), row.getInt("ordinal"), 0).listId())
                .list());
    }

    /** Revokes whatever a signing key signed: all its lists, of which those that may hold a live token are returned. */
    List<Long> revokeOfKey(String kid, int sinceHour, Instant now) {
        return jdbc.sql("""
            update status_list set revoked_at = ? where kid = ? and hour >= ? and revoked_at is null
            returning hour, ordinal\
            """)
                .params(Timestamp.from(now), kid, sinceHour)
                .query((row, number) -> new StatusIndex(row.getInt("hour"), row.getInt("ordinal"), 0).listId())
                .list();
    }

    /**
     * Revokes every list and leaves a gap in the numbers of each hour, so that new lists have numbers of their own: lists
     * may have been opened that nobody here knows of.
     */
    void startAfresh(int fromHour, int toHour, Instant now) {
        jdbc.sql("update status_list set revoked_at = :now where revoked_at is null")
                .param("now", Timestamp.from(now))
                .update();
        jdbc.sql("""
            insert into status_list (hour, ordinal, kid, next_index, created_at, revoked_at)
            select h, coalesce(max(ordinal), -1) + :gap,
                (select kid from signing_key order by published_at desc limit 1), :capacity, :now, :now
            from generate_series(cast(:from as int), cast(:to as int)) h left join status_list on hour = h
            group by h\
            """)
                .param("gap", LOST_LISTS)
                .param("capacity", CAPACITY)
                .param("now", Timestamp.from(now))
                .param("from", fromHour)
                .param("to", toHour)
                .update();
    }

    /** Revokes some of a family's access tokens, those whose indexes are no longer kept, while the caller holds its row. */
    void endSome(UUID authorizationId, List<Long> kept, List<Long> ended, Instant now) {
        jdbc.sql("""
            with shortened as (
                update oauth_authorization set status_indexes = cast(:kept as bigint[]) where id = :id)
            insert into status_bit (hour, ordinal, idx, revoked_at)
            select i >> 32, (i >> 20) & 4095, i & 1048575, :now from unnest(cast(:ended as bigint[])) i
            on conflict do nothing\
            """)
                .param("id", authorizationId)
                .param("kept", kept.toArray(Long[]::new))
                .param("ended", ended.toArray(Long[]::new))
                .param("now", Timestamp.from(now))
                .update();
    }

    boolean revoked(StatusIndex index) {
        return jdbc.sql("select " + REVOKED)
                .param("hour", index.hour())
                .param("ordinal", index.ordinal())
                .param("idx", index.index())
                .query(Boolean.class)
                .single();
    }

    /**
     * Whether a token is revoked by its bit, its block or its whole list; a part of a larger statement. A list that is
     * not there revokes too: it died with its tokens, or the database went back to a time before it.
     */
    static final String REVOKED = """
        (exists(select 1 from status_bit where hour = :hour and ordinal = :ordinal and idx = :idx)
        or exists(select 1 from status_block where hour = :hour and ordinal = :ordinal and start <= :idx
            and start + size > :idx and revoked_at is not null)
        or not exists(select 1 from status_list where hour = :hour and ordinal = :ordinal
            and revoked_at is null))\
        """;
}
