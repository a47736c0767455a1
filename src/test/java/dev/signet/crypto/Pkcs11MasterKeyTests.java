package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master key in a PKCS#11 device: SoftHSM, where it is installed. */
class Pkcs11MasterKeyTests {

    @TempDir
    private static Path directory;

    private static SoftHsm device;

    @BeforeAll
    static void start() throws Throwable {
        device = SoftHsm.create(directory);
        device.useHere();
        device.makeKey("one");
        device.makeKey("two");
    }

    private static MasterKey open(String label) {
        return Pkcs11MasterKey.open(SoftHsm.properties(device.library(), label), SoftHsm.PIN);
    }

    @Test
    void wrapsAndUnwrapsWithoutEverLeavingTheDevice() throws Exception {
        byte[] dataKey = new byte[32];
        new SecureRandom().nextBytes(dataKey);

        byte[] wrapped = open("one").wrap(dataKey, "data_key 1");

        assertThat(wrapped).hasSize(AesGcm.NONCE_LENGTH + 32 + AesGcm.TAG_LENGTH);
        assertThat(open("one").unwrap(wrapped, "data_key 1")).isEqualTo(dataKey);
        assertThat(open("one").id())
                .matches("[0-9a-f]{16}")
                .isEqualTo(open("one").id());
        assertThat(open("two").id()).isNotEqualTo(open("one").id());
        assertThatThrownBy(() -> open("one").unwrap(wrapped, "data_key 2")).isInstanceOf(AEADBadTagException.class);
        assertThatThrownBy(() -> open("two").unwrap(wrapped, "data_key 1")).isInstanceOf(AEADBadTagException.class);
        wrapped[20] ^= 1;
        assertThatThrownBy(() -> open("one").unwrap(wrapped, "data_key 1")).isInstanceOf(AEADBadTagException.class);
    }

    @Test
    void saysInWordsWhatIsWrongWithTheDevice() throws Exception {
        assertThatThrownBy(() -> open("three"))
                .isInstanceOf(UnusableMasterKey.class)
                .hasMessageContaining("'three'");
        Pkcs11Properties there = SoftHsm.properties(device.library(), "one");
        assertThatThrownBy(() -> Pkcs11MasterKey.open(there, null))
                .isInstanceOf(UnusableMasterKey.class)
                .hasMessageContaining("PIN");
        Pkcs11Properties nowhere = SoftHsm.properties(directory.resolve("none.so"), "one");
        assertThatThrownBy(() -> Pkcs11MasterKey.open(nowhere, SoftHsm.PIN))
                .isInstanceOf(UnusableMasterKey.class)
                .satisfies(e -> assertThat(((UnusableMasterKey) e).remedy()).contains("signet.crypto.pkcs11"));
    }

    @Test
    void takesThePinFromAFile() throws Exception {
        Path pin = Files.writeString(directory.resolve("pin"), SoftHsm.PIN + "\n");

        MasterKey key = Pkcs11MasterKey.open(new Pkcs11Properties(device.library(), 0, "one", pin), null);

        assertThat(key.id()).isEqualTo(open("one").id());
    }
}
