package dev.signet.operations.demo;

import dev.signet.operations.files.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;

/**
 * The demo's person and client, whose secrets are made at the first start and kept in files of their owner: no
 * installation has the same ones, and none stands in a log.
 *
 * @param directory holds the secrets, one a file, and the configuration file that refers to them
 * @param fresh whether they were made just now
 */
record DemoSecrets(Path directory, boolean fresh) {

    private static final String PASSWORD = "password";
    private static final String CLIENT_SECRET = "client-secret";

    /** Without letters and digits that look alike: a person types it. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    static DemoSecrets in(Path directory, URI address) throws IOException {
        OwnerOnly.directory(directory);
        boolean fresh = ensure(directory.resolve(PASSWORD), 4);
        ensure(directory.resolve(CLIENT_SECRET), 10);
        DemoSecrets secrets = new DemoSecrets(directory, fresh);
        try (InputStream template = DemoSecrets.class.getResourceAsStream("/demo.yml")) {
            String text = new String(Objects.requireNonNull(template).readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(
                    secrets.configurationFile(),
                    text.replace("{directory}", directory.toString().replace('\\', '/'))
                            .replace("{address}", address.toString()));
        }
        return secrets;
    }

    Path configurationFile() {
        return directory.resolve("signet.yml");
    }

    Path passwordFile() {
        return directory.resolve(PASSWORD);
    }

    String password() throws IOException {
        return Files.readString(passwordFile());
    }

    String clientSecret() throws IOException {
        return Files.readString(directory.resolve(CLIENT_SECRET));
    }

    /** Groups of five characters have 25 random bits each. */
    private static boolean ensure(Path file, int groups) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        SecureRandom random = new SecureRandom();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < groups * 5; i++) {
            if (i > 0 && i % 5 == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        OwnerOnly.write(file, text.toString());
        return true;
    }
}
