package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DataKeyStoreSliceTests {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final MasterKey MASTER = LocalMasterKey.of(new byte[32]);

    @BeforeEach
    void empty() {
        DATABASE.jdbc().sql("delete from data_key").update();
    }

    private static DataKeyStore node(MasterKey masterKey) {
        return new DataKeyStore(
                DATABASE.jdbc(),
                new TransactionTemplate(new DataSourceTransactionManager(DATABASE.dataSource())),
                new MasterKeys(masterKey, null),
                Clock.systemUTC());
    }

    @Test
    void makesOneKeyForEachPurposeAtFirstStartAndKeepsThem() {
        List<DataKey> first = node(MASTER).loadOrCreate();
        List<DataKey> second = node(MASTER).loadOrCreate();

        assertThat(first)
                .extracting(DataKey::purpose)
                .containsExactlyInAnyOrder(KeyPurpose.HANDLE, KeyPurpose.SEAL, KeyPurpose.HASH, KeyPurpose.SUBJECT);
        assertThat(second)
                .extracting(DataKey::id)
                .isEqualTo(first.stream().map(DataKey::id).toList());
    }

    @Test
    void nodesThatStartAtOnceMakeOneSetAndUnderstandEachOther() throws Exception {
        int nodes = 8;
        CyclicBarrier together = new CyclicBarrier(nodes);
        List<Future<DataKeys>> starts = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < nodes; i++) {
                starts.add(threads.submit(() -> {
                    together.await();
                    return new DataKeys(node(MASTER)::loadOrCreate, Clock.systemUTC());
                }));
            }
        }

        assertThat(DATABASE.jdbc()
                        .sql("select count(*) from data_key")
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
        Handle minted = new Handles(starts.getFirst().get()).mint(HandleKind.SESSION, UUID.randomUUID());
        byte[] sealed = new Vault(starts.getFirst().get()).seal("x", new byte[] {1, 2});
        for (Future<DataKeys> start : starts) {
            assertThat(new Handles(start.get())
                            .parse(HandleKind.SESSION, minted.value().reveal()))
                    .contains(minted);
            assertThat(new Vault(start.get()).open("x", sealed)).containsExactly(1, 2);
        }
    }

    @Test
    void makesANewKeyWhereTheOnlyOneIsRetired() {
        node(MASTER).loadOrCreate();
        DATABASE.jdbc()
                .sql("update data_key set retired_at = now() where purpose = 'handle'")
                .update();

        DataKeys keys = new DataKeys(node(MASTER)::loadOrCreate, Clock.systemUTC());

        assertThat(keys.all(KeyPurpose.HANDLE)).hasSize(2);
        assertThat(keys.current(KeyPurpose.HANDLE).id()).isEqualTo(5);
    }

    @Test
    void refusesAnotherMasterKeyAndSaysWhich() {
        node(MASTER).loadOrCreate();
        byte[] bytes = new byte[32];
        bytes[0] = 1;
        MasterKey other = LocalMasterKey.of(bytes);

        assertThatThrownBy(() -> node(other).loadOrCreate())
                .isInstanceOf(UnusableMasterKey.class)
                .hasMessageContaining("another master key")
                .hasMessageContaining(MASTER.id())
                .hasMessageContaining(other.id());
    }

    @Test
    void refusesAWrappedKeyThatWasChangedOrMovedToAnotherRow() {
        node(MASTER).loadOrCreate();
        DATABASE.jdbc()
                .sql("update data_key set wrapped = (select wrapped from data_key where purpose = 'hash')"
                        + " where purpose = 'seal'")
                .update();

        assertThatThrownBy(() -> node(MASTER).loadOrCreate())
                .isInstanceOf(UnusableMasterKey.class)
                .hasMessageContaining("damaged");
    }

    @Test
    void storesNoKeyInClear() {
        List<DataKey> keys = node(MASTER).loadOrCreate();
        List<byte[]> wrapped = DATABASE.jdbc()
                .sql("select wrapped from data_key")
                .query(byte[].class)
                .list();

        assertThat(keys).hasSameSizeAs(wrapped);
        for (byte[] bytes : wrapped) {
            assertThat(bytes).hasSize(AesGcm.NONCE_LENGTH + DataKey.LENGTH + AesGcm.TAG_LENGTH);
            assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("\0".repeat(4));
        }
    }
}
