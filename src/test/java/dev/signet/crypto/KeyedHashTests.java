package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyedHashTests {

    private final KeyedHash hash = TestCrypto.create().keyedHash();

    @Test
    void isTheSameOnEveryNodeAndEachTime() {
        assertThat(hash.of("throttle", "anna"))
                .hasSize(32)
                .isEqualTo(TestCrypto.create().keyedHash().of("throttle", "anna"));
    }

    @Test
    void keepsContextsAndValuesApart() {
        assertThat(hash.of("a", "x")).isNotEqualTo(hash.of("b", "x")).isNotEqualTo(hash.of("a", "y"));
        assertThat(hash.of("ab", "c")).isNotEqualTo(hash.of("a", "bc"));
        assertThat(hash.of("", "abc")).isNotEqualTo(hash.of("abc", ""));
    }

    @Test
    void cannotBeComputedWithoutTheKey() {
        KeyedHash other = TestCrypto.of(
                        TestCrypto.key(1, KeyPurpose.HANDLE, false),
                        TestCrypto.key(2, KeyPurpose.SEAL, false),
                        TestCrypto.key(3, KeyPurpose.HASH, new byte[32], false))
                .keyedHash();

        assertThat(other.of("a", "x")).isNotEqualTo(hash.of("a", "x"));
    }

    @Test
    void aLastingHashOutlivesEveryRotation() {
        KeyedHash rotated = TestCrypto.of(
                        TestCrypto.key(1, KeyPurpose.HANDLE, true),
                        TestCrypto.key(2, KeyPurpose.SEAL, true),
                        TestCrypto.key(3, KeyPurpose.HASH, true),
                        TestCrypto.key(4, KeyPurpose.HANDLE, false),
                        TestCrypto.key(5, KeyPurpose.SEAL, false),
                        TestCrypto.key(6, KeyPurpose.HASH, false),
                        TestCrypto.key(7, KeyPurpose.SUBJECT, false))
                .keyedHash();

        assertThat(rotated.lasting("a", "x"))
                .hasSize(32)
                .isEqualTo(hash.lasting("a", "x"))
                .isNotEqualTo(rotated.of("a", "x"));
    }

    @Test
    void recognisesHashesOfARetiredKey() {
        byte[] before = hash.of("a", "x");
        KeyedHash rotated = TestCrypto.of(
                        TestCrypto.key(1, KeyPurpose.HANDLE, false),
                        TestCrypto.key(2, KeyPurpose.SEAL, false),
                        TestCrypto.key(3, KeyPurpose.HASH, true),
                        TestCrypto.key(4, KeyPurpose.HASH, false))
                .keyedHash();

        assertThat(rotated.of("a", "x")).isNotEqualTo(before);
        assertThat(rotated.matches("a", "x", before)).isTrue();
        assertThat(rotated.matches("a", "x", rotated.of("a", "x"))).isTrue();
        assertThat(rotated.matches("a", "y", before)).isFalse();
        assertThat(rotated.matches("a", "x", new byte[0])).isFalse();
    }
}
