package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.HandMovedClock;
import dev.signet.TestDatabase;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Master key and data keys are changed on a running installation of several nodes. */
class DataKeyRotationSliceTests {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final HandMovedClock clock = new HandMovedClock();
    private final MasterKey old = random();
    private final MasterKey young = random();

    private static MasterKey random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return LocalMasterKey.of(bytes);
    }

    @BeforeEach
    void empty() {
        DATABASE.jdbc().sql("delete from data_key").update();
    }

    /** A node and what it makes secrets with. */
    private final class Node {

        final DataKeys keys;
        final DataKeyRotation rotation;
        final Handles handles;
        final Vault vault;
        final KeyedHash hash;

        Node(MasterKey current, MasterKey previous) {
            MasterKeys masterKeys = new MasterKeys(current, previous);
            var store = new DataKeyStore(
                    DATABASE.jdbc(),
                    new TransactionTemplate(new DataSourceTransactionManager(DATABASE.dataSource())),
                    masterKeys,
                    clock);
            keys = new DataKeys(store::loadOrCreate, clock);
            rotation = new DataKeyRotation(DATABASE.jdbc(), store, masterKeys, clock);
            handles = new Handles(keys);
            vault = new Vault(keys);
            hash = new KeyedHash(keys);
        }

        boolean knows(Handle handle) {
            return handles.parse(handle.kind(), handle.value().reveal()).isPresent();
        }
    }

    private static Handle session(Node node) {
        return node.handles.mint(HandleKind.SESSION, UUID.randomUUID());
    }

    private static List<String> wrappers() {
        return DATABASE.jdbc()
                .sql("select distinct master_key_id from data_key")
                .query(String.class)
                .list();
    }

    @Test
    void theMasterKeyChangesWhileNodesOfBothKindsRun() {
        Node before = new Node(old, null);
        Handle handle = session(before);
        byte[] sealed = before.vault.seal("x", new byte[] {7});
        Node first = new Node(young, old);
        Node second = new Node(old, young);
        assertThat(List.of(first, second)).allMatch(node -> node.knows(handle));
        assertThat(first.rotation.previousMasterKeyId()).contains(old.id());

        assertThat(first.rotation.rewrap()).isEqualTo(4);

        assertThat(wrappers()).containsExactly(young.id());
        before.handles.parse(HandleKind.SESSION, "nothing of ours");
        assertThat(before.knows(session(first)))
                .as("a node that runs since before")
                .isTrue();
        Node after = new Node(young, null);
        assertThat(after.knows(handle)).isTrue();
        assertThat(after.vault.open("x", sealed)).containsExactly(7);
        assertThat(second.knows(session(after))).isTrue();
        assertThat(first.rotation.rewrap()).isZero();
        assertThatThrownBy(() -> new Node(old, null))
                .isInstanceOf(UnusableMasterKey.class)
                .hasMessageContaining(young.id())
                .satisfies(e -> assertThat(((UnusableMasterKey) e).remedy()).contains("previous-master-key-file"));
    }

    @Test
    void rewrappingNeedsBothKeysAndChangesNothingWithoutThem() {
        new Node(old, null);

        assertThatThrownBy(() -> new Node(young, random()))
                .isInstanceOf(UnusableMasterKey.class)
                .hasMessageContaining(old.id());
        assertThat(wrappers()).containsExactly(old.id());
    }

    @Test
    void dataKeysMadeBeforeTheRewrapAreWrappedByTheKeyThatEveryNodeHas() {
        Node onlyOld = new Node(old, null);
        Node both = new Node(young, old);

        both.rotation.rotate();
        onlyOld.keys.refresh();
        both.keys.refresh();
        clock.move(Duration.ofMinutes(2));

        assertThat(wrappers()).containsExactly(old.id());
        assertThat(onlyOld.knows(session(both))).isTrue();
        assertThat(both.knows(session(onlyOld))).isTrue();
    }

    @Test
    void newDataKeysTakeOverTogetherAndOldOnesGoOnChecking() {
        Node first = new Node(old, null);
        Node second = new Node(old, null);
        Instant start = clock.instant();
        Handle handle = session(first);
        byte[] sealed = first.vault.seal("x", new byte[] {7});
        byte[] hashed = first.hash.of("throttle", "ada");

        Instant moment = first.rotation.rotate();
        first.keys.refresh();
        second.keys.refresh();

        assertThat(moment).isEqualTo(clock.instant().plusSeconds(60));
        assertThat(first.rotation.list())
                .hasSize(7)
                .filteredOn(key -> key.retiredAt() == null)
                .hasSize(4);
        assertThat(second.hash.of("throttle", "ada")).as("not yet").isEqualTo(hashed);
        assertThat(second.vault.isCurrent(sealed)).isTrue();
        clock.move(Duration.ofSeconds(61));
        assertThat(second.hash.of("throttle", "ada"))
                .isEqualTo(first.hash.of("throttle", "ada"))
                .isNotEqualTo(hashed);
        assertThat(second.hash.matches("throttle", "ada", hashed)).isTrue();
        assertThat(second.hash.matches("throttle", "ada", Arrays.copyOf(hashed, 8)))
                .isTrue();
        assertThat(second.hash.matches("throttle", "ben", Arrays.copyOf(hashed, 8)))
                .isFalse();
        assertThat(second.hash.asOf(start, "throttle", "ada")).isEqualTo(hashed);
        assertThat(second.knows(handle)).isTrue();
        assertThat(second.vault.open("x", sealed)).containsExactly(7);
        assertThat(second.vault.isCurrent(sealed)).isFalse();
        assertThat(second.vault.isCurrent(first.vault.seal("x", new byte[] {7})))
                .isTrue();
        assertThat(new Node(old, null).knows(handle)).isTrue();
    }

    @Test
    void aRefreshThatWasRepeatedOverTheChangeFindsItsSuccessor() {
        Node first = new Node(old, null);
        Node second = new Node(old, null);
        Handle presented = first.handles.mint(HandleKind.REFRESH_TOKEN, UUID.randomUUID(), 3);
        Handle successor = first.handles.successor(presented);

        first.rotation.rotate();
        second.keys.refresh();
        clock.move(Duration.ofMinutes(2));

        assertThat(second.handles.successor(presented)).isNotEqualTo(successor);
        assertThat(second.handles.successors(presented)).contains(successor);
    }

    @Test
    void aNodeThatCouldNotReadTheNewKeysInTimeUnderstandsThemNevertheless() throws InterruptedException {
        Node late = new Node(old, null);
        Node early = new Node(old, null);
        early.rotation.rotate();
        early.keys.refresh();
        clock.move(Duration.ofMinutes(2));
        Thread.sleep(1100);

        assertThat(late.knows(session(early))).isTrue();
        assertThat(early.knows(session(late))).isTrue();
    }

    @Test
    void changesTwiceInARowLeaveOneLiveKeyEach() {
        Node node = new Node(old, null);
        node.rotation.rotate();
        clock.move(Duration.ofSeconds(10));
        node.rotation.rotate();
        clock.move(Duration.ofMinutes(5));
        node.keys.refresh();

        assertThat(node.rotation.list())
                .hasSize(10)
                .filteredOn(key -> key.retiredAt() == null)
                .hasSize(4);
        for (KeyPurpose purpose : KeyPurpose.values()) {
            assertThat(node.keys.current(purpose).id() > 7)
                    .as("the key of lasting names stays")
                    .isEqualTo(purpose != KeyPurpose.SUBJECT);
        }
    }
}
