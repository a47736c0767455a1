package dev.signet.crypto;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.AEADBadTagException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The table {@code data_key}: data keys wrapped by the master key, each bound to its id and purpose. */
final class DataKeyStore {

    /** Keeps two nodes that start at once from both making the first keys. */
    private static final long LOCK = 0x7369676e_6474616bL;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final MasterKeys masterKeys;
    private final Map<Integer, DataKey> unwrapped = new ConcurrentHashMap<>();
    private final Clock clock;

    DataKeyStore(JdbcClient jdbc, TransactionOperations transaction, MasterKeys masterKeys, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.masterKeys = masterKeys;
        this.clock = clock;
    }

    /** All keys, after making one for each purpose that has no live one. */
    List<DataKey> loadOrCreate() {
        List<DataKey> keys = load();
        if (missing(keys).isEmpty()) {
            return keys;
        }
        Instant now = clock.instant();
        transaction.executeWithoutResult(status -> {
            lock();
            // Read committed: this sees what the node that held the lock before us has made.
            missing(load()).forEach(purpose -> create(purpose, now));
        });
        return load();
    }

    List<DataKey> load() {
        return jdbc.sql("select id, purpose, wrapped, master_key_id, activated_at, retired_at from data_key order by"
                        + " id")
                .query((row, number) -> read(row))
                .list();
    }

    /**
     * Makes a key for each purpose that takes over from the present ones at the given moment. The names that people have
     * at apps are made under one key for ever: it stays.
     */
    void replaceAll(Instant moment) {
        transaction.executeWithoutResult(status -> {
            lock();
            OffsetDateTime at = moment.atOffset(ZoneOffset.UTC);
            jdbc.sql("update data_key set retired_at = :at where (retired_at is null or retired_at > :at)"
                            + " and purpose <> :lasting")
                    .param("lasting", KeyPurpose.SUBJECT.column())
                    .param("at", at)
                    .update();
            for (KeyPurpose purpose : EnumSet.complementOf(EnumSet.of(KeyPurpose.SUBJECT))) {
                create(purpose, moment);
            }
        });
    }

    /** Wraps every key by the current master key; returns how many were wrapped by another. */
    int rewrap() {
        return transaction.execute(status -> {
            lock();
            load();
            String current = masterKeys.current().id();
            List<Wrapped> others = jdbc.sql("""
                select id, purpose, wrapped, master_key_id from data_key where master_key_id <> :current
                """)
                    .param("current", current)
                    .query((row, number) -> new Wrapped(
                            row.getInt("id"),
                            row.getString("purpose"),
                            row.getBytes("wrapped"),
                            row.getString("master_key_id")))
                    .list();
            for (Wrapped other : others) {
                String context = context(other.id(), other.purpose());
                jdbc.sql("update data_key set wrapped = :wrapped, master_key_id = :current where id = :id")
                        .param("wrapped", masterKeys.current().wrap(unwrap(other), context))
                        .param("current", current)
                        .param("id", other.id())
                        .update();
            }
            return others.size();
        });
    }

    private record Wrapped(int id, String purpose, byte[] key, String masterKeyId) {}

    private void lock() {
        jdbc.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", LOCK)
                .query((row, number) -> true)
                .single();
    }

    private Set<KeyPurpose> missing(List<DataKey> keys) {
        Set<KeyPurpose> missing = EnumSet.allOf(KeyPurpose.class);
        // A date in the future counts as well: whoever set it has seen to a successor.
        keys.stream()
                .filter(key -> !key.isRetiredAt(clock.instant()))
                .map(DataKey::purpose)
                .forEach(missing::remove);
        return missing;
    }

    private void create(KeyPurpose purpose, Instant activation) {
        byte[] key = new byte[DataKey.LENGTH];
        new SecureRandom().nextBytes(key);
        int id = jdbc.sql("select coalesce(max(id), 0) + 1 from data_key")
                .query(Integer.class)
                .single();
        MasterKey masterKey = masterKeys.like(jdbc.sql("select master_key_id from data_key order by id desc limit 1")
                .query(String.class)
                .optional());
        jdbc.sql("""
            insert into data_key (id, purpose, wrapped, master_key_id, created_at, activated_at)
            values (:id, :purpose, :wrapped, :masterKeyId, :now, :activation)
            """)
                .param("id", id)
                .param("purpose", purpose.column())
                .param("wrapped", masterKey.wrap(key, context(id, purpose.column())))
                .param("masterKeyId", masterKey.id())
                .param("now", OffsetDateTime.now(clock))
                .param("activation", activation.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** What was unwrapped once is not unwrapped again: the master key may be in a slow device. */
    private DataKey read(ResultSet row) throws SQLException {
        int id = row.getInt("id");
        Instant activation = row.getObject("activated_at", OffsetDateTime.class).toInstant();
        OffsetDateTime retired = row.getObject("retired_at", OffsetDateTime.class);
        Instant retirement = retired == null ? null : retired.toInstant();
        Wrapped wrapped =
                new Wrapped(id, row.getString("purpose"), row.getBytes("wrapped"), row.getString("master_key_id"));
        DataKey known = unwrapped.get(id);
        DataKey key = known != null && known.purpose().column().equals(wrapped.purpose())
                ? known.dated(activation, retirement)
                : new DataKey(id, KeyPurpose.of(wrapped.purpose()), unwrap(wrapped), activation, retirement);
        unwrapped.put(id, key);
        return key;
    }

    private byte[] unwrap(Wrapped wrapped) {
        MasterKey masterKey = masterKeys
                .byId(wrapped.masterKeyId())
                .orElseThrow(() -> new UnusableMasterKey(
                        "This database belongs to another master key: its data key " + wrapped.id()
                                + " is wrapped by master key " + wrapped.masterKeyId() + ", but the key given is "
                                + masterKeys.describe() + ".",
                        "Give the server the master key it was last started with (setting"
                                + " signet.crypto.master-key-file, environment variable " + MasterKeySource.VARIABLE
                                + ", or the file " + MasterKeySource.GENERATED_FILE
                                + " in the data directory), and give every node of this database the same one. While"
                                + " you change the master key, give the one before it too"
                                + " (signet.crypto.previous-master-key-file or " + MasterKeySource.PREVIOUS_VARIABLE
                                + ")."));
        try {
            return masterKey.unwrap(wrapped.key(), context(wrapped.id(), wrapped.purpose()));
        } catch (AEADBadTagException e) {
            throw new UnusableMasterKey(
                    "Data key " + wrapped.id() + " in the database is damaged: the master key " + masterKey.id()
                            + " wrapped it, but what is stored does not open.",
                    "Restore the table data_key from a backup.");
        }
    }

    private static String context(int id, String purpose) {
        return "signet data_key " + id + " " + purpose;
    }
}
