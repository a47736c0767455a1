package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VaultTests {

    private static final byte[] PLAIN = "a private key".getBytes(StandardCharsets.UTF_8);

    private final Vault vault = TestCrypto.create().vault();

    @Test
    void opensWhatItSealed() {
        assertThat(vault.open("signing_key 1", vault.seal("signing_key 1", PLAIN)))
                .isEqualTo(PLAIN);
        assertThat(vault.open("x", vault.seal("x", new byte[0]))).isEmpty();
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        assertThat(vault.seal("x", PLAIN)).isNotEqualTo(vault.seal("x", PLAIN));
    }

    @Test
    void doesNotOpenInAnotherContext() {
        byte[] sealed = vault.seal("signing_key 1", PLAIN);

        assertBroken("signing_key 2", sealed);
        assertBroken("", sealed);
        assertBroken("signing_key 1 ", sealed);
    }

    @Test
    void doesNotOpenWithAnyBitChanged() {
        byte[] sealed = vault.seal("x", PLAIN);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertBroken("x", changed);
        }
    }

    @Test
    void doesNotOpenWhenCutOrLengthened() {
        byte[] sealed = vault.seal("x", PLAIN);
        for (int length = 0; length < sealed.length; length++) {
            assertBroken("x", Arrays.copyOf(sealed, length));
        }
        assertBroken("x", Arrays.copyOf(sealed, sealed.length + 1));
    }

    @Test
    void doesNotOpenUnderAnotherKeyOfTheSameId() {
        TestCrypto other = TestCrypto.of(
                TestCrypto.key(1, KeyPurpose.HANDLE, false),
                TestCrypto.key(2, KeyPurpose.SEAL, new byte[32], false),
                TestCrypto.key(3, KeyPurpose.HASH, false));

        assertThatThrownBy(() -> other.vault().open("x", vault.seal("x", PLAIN)))
                .isInstanceOf(BrokenSeal.class);
    }

    @Test
    void opensUnderARetiredDataKeyAndSealsUnderTheLiveOne() {
        byte[] before = vault.seal("x", PLAIN);
        Vault rotated = TestCrypto.of(
                        TestCrypto.key(1, KeyPurpose.HANDLE, false),
                        TestCrypto.key(2, KeyPurpose.SEAL, true),
                        TestCrypto.key(3, KeyPurpose.HASH, false),
                        TestCrypto.key(4, KeyPurpose.SEAL, false))
                .vault();

        assertThat(rotated.open("x", before)).isEqualTo(PLAIN);
        assertThat(rotated.open("x", rotated.seal("x", PLAIN))).isEqualTo(PLAIN);
        assertBroken("x", rotated.seal("x", PLAIN));
    }

    private void assertBroken(String context, byte[] sealed) {
        assertThatThrownBy(() -> vault.open(context, sealed)).isInstanceOf(BrokenSeal.class);
    }
}
