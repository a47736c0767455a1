package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandlesTests {

    private static final UUID ROW = UUID.fromString("0190a5a0-0000-7000-8000-00000000002a");

    private final TestCrypto crypto = TestCrypto.create();
    private final Handles handles = crypto.handles();

    @ParameterizedTest
    @EnumSource
    void readsBackWhatItMinted(HandleKind kind) {
        Handle minted = handles.mint(kind, ROW, 7);

        assertThat(minted.value().reveal())
                .startsWith(kind.prefix())
                .hasSize(103)
                .matches("[A-Za-z0-9_-]+");
        assertThat(handles.parse(kind, minted.value().reveal())).contains(minted);
        assertThat(minted.id()).isEqualTo(ROW);
        assertThat(minted.generation()).isEqualTo(7);
        assertThat(minted.digest()).isEqualTo(Digest.sha256(minted.value().reveal()));
    }

    @Test
    void everyKindHasAPrefixOfItsOwn() {
        Set<String> prefixes = new HashSet<>();
        for (HandleKind kind : HandleKind.values()) {
            assertThat(kind.prefix()).matches("sgn_[a-z]{2}_");
            assertThat(prefixes.add(kind.prefix())).isTrue();
        }
    }

    @Test
    void twoHandlesOfOneRowDiffer() {
        assertThat(handles.mint(HandleKind.SESSION, ROW).value())
                .isNotEqualTo(handles.mint(HandleKind.SESSION, ROW).value());
    }

    @Test
    void refusesAHandleWithAnyBitFlipped() {
        String value = handles.mint(HandleKind.REFRESH_TOKEN, ROW).value().reveal();
        String prefix = HandleKind.REFRESH_TOKEN.prefix();
        byte[] bytes = Base64.getUrlDecoder().decode(value.substring(prefix.length()));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] changed = bytes.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            String forged = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThat(handles.parse(HandleKind.REFRESH_TOKEN, forged))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void refusesAHandleWithAnyCharacterChanged() {
        String value = handles.mint(HandleKind.REFRESH_TOKEN, ROW).value().reveal();
        for (int i = 0; i < value.length(); i++) {
            for (char other : new char[] {'A', 'b', '9', '_', '-', '=', ' ', '\0', '+', '/', '\u00e9', '\u0141'}) {
                if (value.charAt(i) != other) {
                    String changed = value.substring(0, i) + other + value.substring(i + 1);
                    assertThat(handles.parse(HandleKind.REFRESH_TOKEN, changed)).isEmpty();
                }
            }
        }
    }

    @Test
    void refusesAHandleUnderThePrefixOfAnotherKind() {
        String value = handles.mint(HandleKind.SESSION, ROW).value().reveal();
        String body = value.substring(HandleKind.SESSION.prefix().length());
        for (HandleKind other : HandleKind.values()) {
            if (other != HandleKind.SESSION) {
                assertThat(handles.parse(other, value)).isEmpty();
                assertThat(handles.parse(other, other.prefix() + body)).isEmpty();
            }
        }
    }

    @Test
    void refusesEveryTruncationAndEveryAddition() {
        String value = handles.mint(HandleKind.FLOW, ROW).value().reveal();
        for (int length = 0; length < value.length(); length++) {
            assertThat(handles.parse(HandleKind.FLOW, value.substring(0, length)))
                    .isEmpty();
            assertThat(handles.parse(HandleKind.FLOW, value.substring(length + 1)))
                    .isEmpty();
        }
        for (String addition : List.of(" ", "=", "==", "A", "\n", "\0", value)) {
            assertThat(handles.parse(HandleKind.FLOW, value + addition)).isEmpty();
            assertThat(handles.parse(HandleKind.FLOW, addition + value)).isEmpty();
        }
    }

    @Test
    void takesNullAndGarbageOfAnyLength() {
        assertThat(handles.parse(HandleKind.FLOW, null)).isEmpty();
        assertThat(handles.parse(HandleKind.FLOW, "")).isEmpty();
        assertThat(handles.parse(HandleKind.FLOW, "sgn_fl_")).isEmpty();
        assertThat(handles.parse(HandleKind.FLOW, "sgn_fl_" + "\uD800".repeat(96)))
                .isEmpty();
        assertThat(handles.parse(HandleKind.FLOW, "sgn_fl_" + "A".repeat(96))).isEmpty();
        assertThat(handles.parse(HandleKind.FLOW, "sgn_fl_" + "=".repeat(96))).isEmpty();
        assertThat(handles.parse(HandleKind.FLOW, "x".repeat(1_000_000))).isEmpty();
    }

    @Test
    void refusesAHandleOfAnotherInstallation() {
        TestCrypto other = TestCrypto.of(
                TestCrypto.key(1, KeyPurpose.HANDLE, new byte[32], false),
                TestCrypto.key(2, KeyPurpose.SEAL, false),
                TestCrypto.key(3, KeyPurpose.HASH, false));
        String foreign = other.handles().mint(HandleKind.SESSION, ROW).value().reveal();

        assertThat(handles.parse(HandleKind.SESSION, foreign)).isEmpty();
    }

    @Test
    void refusesAKeyOfAnotherPurposeEvenIfTheBytesAreTheSame() {
        byte[] bytes = new byte[32];
        TestCrypto sealing = TestCrypto.of(
                TestCrypto.key(1, KeyPurpose.SEAL, bytes, false),
                TestCrypto.key(2, KeyPurpose.HANDLE, bytes, false),
                TestCrypto.key(3, KeyPurpose.HASH, bytes, false));
        TestCrypto handling = TestCrypto.of(
                TestCrypto.key(1, KeyPurpose.HANDLE, bytes, false),
                TestCrypto.key(2, KeyPurpose.SEAL, bytes, false),
                TestCrypto.key(3, KeyPurpose.HASH, bytes, false));
        String value = handling.handles().mint(HandleKind.SESSION, ROW).value().reveal();

        assertThat(sealing.handles().parse(HandleKind.SESSION, value)).isEmpty();
    }

    @Test
    void everyNodeComputesTheSameSuccessor() {
        Handle presented = handles.mint(HandleKind.REFRESH_TOKEN, ROW, 3);
        Handle elsewhere = TestCrypto.create()
                .handles()
                .parse(HandleKind.REFRESH_TOKEN, presented.value().reveal())
                .orElseThrow();

        Handle successor = handles.successor(presented);

        assertThat(TestCrypto.create().handles().successor(elsewhere)).isEqualTo(successor);
        assertThat(successor.id()).isEqualTo(ROW);
        assertThat(successor.kind()).isEqualTo(HandleKind.REFRESH_TOKEN);
        assertThat(successor.generation()).isEqualTo(4);
        assertThat(handles.parse(HandleKind.REFRESH_TOKEN, successor.value().reveal()))
                .contains(successor);
        assertThat(handles.successors(presented)).containsExactly(successor);
    }

    @Test
    void differentHandlesHaveDifferentSuccessors() {
        Handle one = handles.mint(HandleKind.REFRESH_TOKEN, ROW);
        Handle other = handles.mint(HandleKind.REFRESH_TOKEN, ROW);

        assertThat(handles.successor(one)).isNotEqualTo(handles.successor(other));
    }

    @Test
    void aRetiredDataKeyStillChecksAndIsACandidateForTheSuccessor() {
        Handle before = handles.mint(HandleKind.REFRESH_TOKEN, ROW);
        Handle successorBefore = handles.successor(before);
        TestCrypto rotated = TestCrypto.of(
                TestCrypto.key(1, KeyPurpose.HANDLE, true),
                TestCrypto.key(2, KeyPurpose.SEAL, false),
                TestCrypto.key(3, KeyPurpose.HASH, false),
                TestCrypto.key(4, KeyPurpose.HANDLE, false));

        Handle presented = rotated.handles()
                .parse(HandleKind.REFRESH_TOKEN, before.value().reveal())
                .orElseThrow();

        List<Handle> candidates = rotated.handles().successors(presented);
        assertThat(candidates).hasSize(2).contains(successorBefore);
        assertThat(candidates.getFirst()).isEqualTo(rotated.handles().successor(presented));
        assertThat(candidates.getFirst()).isNotEqualTo(successorBefore);
    }

    @Test
    void findsADataKeyThatAnotherNodeMadeMeanwhile() throws InterruptedException {
        TestCrypto otherNode = TestCrypto.of(
                TestCrypto.key(1, KeyPurpose.HANDLE, false),
                TestCrypto.key(2, KeyPurpose.SEAL, false),
                TestCrypto.key(3, KeyPurpose.HASH, false),
                TestCrypto.key(4, KeyPurpose.HANDLE, false));
        String value = otherNode.handles().mint(HandleKind.SESSION, ROW).value().reveal();
        crypto.add(TestCrypto.key(4, KeyPurpose.HANDLE, false));
        Thread.sleep(1100);

        assertThat(handles.parse(HandleKind.SESSION, value)).isPresent();
    }

    @Test
    void refusesANegativeGeneration() {
        assertThatThrownBy(() -> handles.mint(HandleKind.SESSION, ROW, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void printsNoSecret() {
        Handle handle = handles.mint(HandleKind.SESSION, ROW);

        assertThat(handle.toString())
                .contains("***")
                .doesNotContain(handle.value().reveal());
    }
}
