package dev.signet.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the master key: the named file, else the environment variable, else (never in production) the file in the data
 * directory, made on first start and readable by its owner only.
 *
 * @param file {@code signet.crypto.master-key-file}
 * @param variable the value of {@code SIGNET_MASTER_KEY}
 * @param dataDirectory {@code signet.data-dir}
 * @param production whether a missing or weak key stops the start
 */
record MasterKeySource(@Nullable Path file, @Nullable String variable, Path dataDirectory, boolean production) {

    static final String VARIABLE = "SIGNET_MASTER_KEY";
    static final String PREVIOUS_VARIABLE = "SIGNET_PREVIOUS_MASTER_KEY";
    static final String GENERATED_FILE = "master.key";
    private static final Logger LOG = LoggerFactory.getLogger(MasterKeySource.class);
    private static final String HOW_TO_MAKE_ONE =
            "Make one with\n\n    openssl rand -base64 32\n\nand give it in a file "
                    + "(setting signet.crypto.master-key-file) or in the environment variable " + VARIABLE
                    + ". Keep a copy apart from the database's backups: without it, nothing sealed in the database"
                    + " opens again.";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    MasterKey find() {
        if (file != null) {
            return checked(read(file), "The master key in " + file, production);
        }
        if (variable != null && !variable.isBlank()) {
            return checked(variable, "The master key in the environment variable " + VARIABLE, production);
        }
        if (production) {
            throw new UnusableMasterKey(
                    "The profile 'production' is on, but no master key is given. It protects the signing keys and"
                            + " every session and token in the database.",
                    HOW_TO_MAKE_ONE);
        }
        Path generated = dataDirectory.resolve(GENERATED_FILE);
        if (!Files.exists(generated)) {
            generate(generated);
        }
        return checked(read(generated), "The master key in " + generated, production);
    }

    /** The key before it, while it is being changed; a weak one may be changed for a better. */
    Optional<MasterKey> findPrevious(@Nullable Path previousFile, @Nullable String previousVariable) {
        if (previousFile != null) {
            return Optional.of(checked(read(previousFile), "The previous master key in " + previousFile, false));
        }
        return Optional.ofNullable(previousVariable)
                .filter(text -> !text.isBlank())
                .map(text -> checked(
                        text, "The previous master key in the environment variable " + PREVIOUS_VARIABLE, false));
    }

    private MasterKey checked(String text, String subject, boolean strict) {
        byte[] bytes = LocalMasterKey.decode(text)
                .orElseThrow(() -> new UnusableMasterKey(
                        subject + " is not " + LocalMasterKey.LENGTH + " bytes written in base64url or base64.",
                        HOW_TO_MAKE_ONE));
        LocalMasterKey.weakness(bytes).ifPresent(weakness -> {
            if (strict) {
                throw new UnusableMasterKey(subject + " is weak: " + weakness + ".", HOW_TO_MAKE_ONE);
            }
            LOG.warn("{} is weak: {}. The profile 'production' refuses to start with it", subject, weakness);
        });
        return LocalMasterKey.of(bytes);
    }

    private String read(Path path) {
        try {
            warnIfOthersMayRead(path);
            if (Files.size(path) > 4096) {
                throw new UnusableMasterKey(path + " is too large to be a master key.", HOW_TO_MAKE_ONE);
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new UnusableMasterKey("The master key file " + path + " does not exist.", HOW_TO_MAKE_ONE);
        } catch (IOException e) {
            throw new UnusableMasterKey(
                    "The master key file " + path + " cannot be read: " + e.getMessage() + ".",
                    "Let the user this server runs as read it, and nobody else.");
        }
    }

    private static void warnIfOthersMayRead(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn(
                    "The master key file {} may be read by every user of this machine; chmod 600 keeps it to one",
                    path);
        }
    }

    /** Several processes may try at once: each writes a file of its own, one wins the name, all read the winner's. */
    private void generate(Path target) {
        byte[] bytes = new byte[LocalMasterKey.LENGTH];
        new SecureRandom().nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n";
        Path draft = null;
        try {
            Files.createDirectories(dataDirectory);
            boolean posix =
                    dataDirectory.getFileSystem().supportedFileAttributeViews().contains("posix");
            draft = posix
                    ? Files.createTempFile(
                            dataDirectory, GENERATED_FILE, ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                    : Files.createTempFile(dataDirectory, GENERATED_FILE, ".new");
            Files.writeString(draft, text, StandardOpenOption.SYNC);
            claim(draft, target);
            LOG.info("Made a master key in {}; nothing sealed in the database opens without it", target);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Another process made the master key first");
        } catch (IOException e) {
            throw new UnusableMasterKey(
                    "No master key is given, and none can be made in " + target + ": " + e.getMessage() + ".",
                    "Let the server write to its data directory (setting signet.data-dir), or give it a key. "
                            + HOW_TO_MAKE_ONE);
        } finally {
            deleteQuietly(draft);
        }
    }

    private static void claim(Path draft, Path target) throws IOException {
        try {
            Files.createLink(target, draft);
        } catch (UnsupportedOperationException e) {
            Files.move(draft, target);
        }
    }

    private static void deleteQuietly(@Nullable Path draft) {
        try {
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            LOG.warn("Could not delete {}, which is left over and may be deleted by hand", draft);
        }
    }
}
