package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DigestTests {

    @Test
    void isSha256() {
        assertThat(HexFormat.of().formatHex(Digest.sha256("abc")))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void comparesDigestsAndTakesAbsentOnes() {
        assertThat(Digest.equal(Digest.sha256("a"), Digest.sha256("a"))).isTrue();
        assertThat(Digest.equal(Digest.sha256("a"), Digest.sha256("b"))).isFalse();
        assertThat(Digest.equal(Digest.sha256("a"), null)).isFalse();
        assertThat(Digest.equal(null, null)).isFalse();
    }
}
