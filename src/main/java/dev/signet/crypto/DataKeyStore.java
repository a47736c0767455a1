package dev.signet.crypto;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** The table {@code data_key}: data keys wrapped by the master key, each bound to its id and purpose. */
final class DataKeyStore {

    /** Keeps two nodes that start at once from both making the first keys. */
    private static final long LOCK = 0x7369676e_6474616bL;

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final MasterKey masterKey;
    private final Clock clock;

    DataKeyStore(JdbcClient jdbc, TransactionOperations transaction, MasterKey masterKey, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** All keys, after making one for each purpose that has no live one. */
    List<DataKey> loadOrCreate() {
        List<DataKey> keys = load();
        if (missing(keys).isEmpty()) {
            return keys;
        }
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_advisory_xact_lock(:lock)")
                    .param("lock", LOCK)
                    .query((row, number) -> true)
                    .single();
            // Read committed: this sees what the node that held the lock before us has made.
            missing(load()).forEach(this::create);
        });
        return load();
    }

    List<DataKey> load() {
        return jdbc.sql("select id, purpose, wrapped, master_key_id, retired_at from data_key order by id")
                .query((row, number) -> read(row))
                .list();
    }

    private static Set<KeyPurpose> missing(List<DataKey> keys) {
        Set<KeyPurpose> missing = EnumSet.allOf(KeyPurpose.class);
        keys.stream().filter(key -> !key.retired()).map(DataKey::purpose).forEach(missing::remove);
        return missing;
    }

    private void create(KeyPurpose purpose) {
        byte[] key = new byte[DataKey.LENGTH];
        new SecureRandom().nextBytes(key);
        int id = jdbc.sql("select coalesce(max(id), 0) + 1 from data_key")
                .query(Integer.class)
                .single();
        jdbc.sql("""
            insert into data_key (id, purpose, wrapped, master_key_id, created_at)
            values (:id, :purpose, :wrapped, :masterKeyId, :now)
            """)
                .param("id", id)
                .param("purpose", purpose.column())
                .param("wrapped", masterKey.wrap(key, context(id, purpose.column())))
                .param("masterKeyId", masterKey.id())
                .param("now", OffsetDateTime.now(clock))
                .update();
    }

    private DataKey read(ResultSet row) throws SQLException {
        int id = row.getInt("id");
        String purpose = row.getString("purpose");
        String masterKeyId = row.getString("master_key_id");
        if (!masterKeyId.equals(masterKey.id())) {
            throw new UnusableMasterKey(
                    "This database belongs to another master key: its data key " + id + " is wrapped by master key "
                            + masterKeyId + ", but the key given is " + masterKey.id() + ".",
                    "Give the server the master key it was first started with (setting signet.crypto.master-key-file, "
                            + "environment variable " + MasterKeySource.VARIABLE + ", or the file "
                            + MasterKeySource.GENERATED_FILE
                            + " in the data directory), and give every node of this database the same one.");
        }
        try {
            byte[] key = masterKey.unwrap(row.getBytes("wrapped"), context(id, purpose));
            KeyPurpose known = EnumSet.allOf(KeyPurpose.class).stream()
                    .filter(candidate -> candidate.column().equals(purpose))
                    .findFirst()
                    .orElseThrow();
            return new DataKey(id, known, key, row.getObject("retired_at") != null);
        } catch (AEADBadTagException e) {
            throw new UnusableMasterKey(
                    "Data key " + id + " in the database is damaged: the master key " + masterKey.id()
                            + " wrapped it, but what is stored does not open.",
                    "Restore the table data_key from a backup.");
        }
    }

    private static String context(int id, String purpose) {
        return "signet data_key " + id + " " + purpose;
    }
}
