package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.KeyGenerator;

/**
 * A PKCS#11 device in software, as Debian's package {@code softhsm2} brings it, with a token of its own for one test.
 * Where it is not installed, the test is skipped.
 */
public final class SoftHsm {

    public static final String PIN = "482915";

    private final Path library;
    private final Path configuration;

    private SoftHsm(Path library, Path configuration) {
        this.library = library;
        this.configuration = configuration;
    }

    /** A device with one empty token, kept in a directory. */
    public static SoftHsm create(Path directory) throws Exception {
        Optional<Path> library = Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib64/softhsm/libsofthsm2.so",
                        "/opt/homebrew/lib/softhsm/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst();
        assumeTrue(
                library.isPresent(),
                "SoftHSM is not installed (Debian: apt-get install softhsm2): master keys in a device are not tested");
        Path configuration = directory.resolve("softhsm2.conf");
        Files.createDirectories(directory.resolve("tokens"));
        Files.writeString(
                configuration,
                "directories.tokendir = " + directory.resolve("tokens")
                        + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        SoftHsm device = new SoftHsm(library.get(), configuration);
        ProcessBuilder builder = new ProcessBuilder(
                        "softhsm2-util", "--init-token", "--free", "--label", "signet", "--pin", PIN, "--so-pin", PIN)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("softhsm2-util.out").toFile());
        builder.environment().putAll(device.environment());
        assertThat(builder.start().waitFor()).as("softhsm2-util").isZero();
        return device;
    }

    public Path library() {
        return library;
    }

    /** What a process needs to find this device. */
    public Map<String, String> environment() {
        return Map.of("SOFTHSM2_CONF", configuration.toString());
    }

    /** Makes this process find it: the library asks the C library for the variable, not Java. */
    public void useHere() throws Throwable {
        Linker linker = Linker.nativeLinker();
        try (Arena arena = Arena.ofConfined()) {
            linker.downcallHandle(
                            linker.defaultLookup().find("setenv").orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT))
                    .invoke(arena.allocateFrom("SOFTHSM2_CONF"), arena.allocateFrom(configuration.toString()), 1);
        }
    }

    /** Makes an AES key that cannot leave the device. */
    public void makeKey(String label) throws Exception {
        Provider device = Security.getProvider("SunPKCS11").configure("""
            --name=softhsm-of-the-test
            library=%s
            slotListIndex=0
            attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_ENCRYPT = true
              CKA_DECRYPT = true
            }
            """.formatted(library));
        KeyStore store = KeyStore.getInstance("PKCS11", device);
        store.load(null, PIN.toCharArray());
        KeyGenerator generator = KeyGenerator.getInstance("AES", device);
        generator.init(256);
        store.setKeyEntry(label, generator.generateKey(), null, null);
    }

    static Pkcs11Properties properties(Path library, String label) {
        return new Pkcs11Properties(library, 0, label, null);
    }
}
