package dev.signet.crypto;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes the keys behind all secrets without ending a session, token or handle: the master key by wrapping the data keys
 * anew, and the data keys by putting new ones beside the old, which go on checking and opening what they made.
 */
public final class DataKeyRotation {

    /** Time for every node to read the new keys before anything is made with them. */
    static final Duration CHANGE_OVER = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final DataKeyStore store;
    private final MasterKeys masterKeys;
    private final Clock clock;

    DataKeyRotation(JdbcClient jdbc, DataKeyStore store, MasterKeys masterKeys, Clock clock) {
        this.jdbc = jdbc;
        this.store = store;
        this.masterKeys = masterKeys;
        this.clock = clock;
    }

    /** All data keys by id. */
    public List<DataKeyView> list() {
        return jdbc.sql("select id, purpose, master_key_id, activated_at, retired_at from data_key order by id")
                .query((row, number) -> {
                    OffsetDateTime retired = row.getObject("retired_at", OffsetDateTime.class);
                    return new DataKeyView(
                            row.getInt("id"),
                            row.getString("purpose"),
                            row.getString("master_key_id"),
                            row.getObject("activated_at", OffsetDateTime.class).toInstant(),
                            retired == null ? null : retired.toInstant());
                })
                .list();
    }

    /**
     * Makes a new data key for each purpose whose key may change, in the surrounding transaction.
     *
     * @return when they take over, a minute from now, for by then every node knows them
     */
    public Instant rotate() {
        Instant moment = clock.instant().plus(CHANGE_OVER);
        store.replaceAll(moment);
        return moment;
    }

    /**
     * Wraps all data keys by the current master key, in the surrounding transaction. Every node must have been given both
     * master keys before; the previous one may be taken from them afterwards.
     *
     * @return how many were wrapped by the previous one
     */
    public int rewrap() {
        return store.rewrap();
    }

    /** The id of the master key given to this process. */
    public String masterKeyId() {
        return masterKeys.current().id();
    }

    /** The id of the master key before it, where one is given. */
    public Optional<String> previousMasterKeyId() {
        return Optional.ofNullable(masterKeys.previous()).map(MasterKey::id);
    }
}
