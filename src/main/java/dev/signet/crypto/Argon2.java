package dev.signet.crypto;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Computes Argon2id version 19 (RFC 9106); both ways of computing it give the same bytes. */
interface Argon2 {

    byte[] hash(byte[] secret, byte[] salt, Argon2Cost cost, int length);

    /** The native library where it loads and computes what it should, the one in Java elsewhere. */
    static Argon2 fastest(boolean nativeAllowed) {
        Logger log = LoggerFactory.getLogger(Argon2.class);
        if (nativeAllowed) {
            try {
                Argon2 candidate = new Native();
                if (computesRight(candidate)) {
                    return candidate;
                }
                log.warn("The native Argon2 library computes wrong hashes here; using the one in Java");
            } catch (LinkageError | RuntimeException e) {
                log.info("The native Argon2 library does not load here ({}); using the one in Java", e.toString());
            }
        }
        return new Java();
    }

    /** {@link #fastest}, found while the server goes on starting: loading a library takes some hundred milliseconds. */
    static Argon2 loading(boolean nativeAllowed) {
        FutureTask<Argon2> search = new FutureTask<>(() -> {
            Argon2 found = fastest(nativeAllowed);
            LoggerFactory.getLogger(Argon2.class).info("Password hashes are computed by Argon2id ({})", found);
            return found;
        });
        Thread thread = Thread.ofPlatform().daemon().name("signet-argon2").unstarted(search);
        thread.setContextClassLoader(Argon2.class.getClassLoader());
        thread.start();
        return (secret, salt, cost, length) -> await(search).hash(secret, salt, cost, length);
    }

    private static Argon2 await(FutureTask<Argon2> search) {
        try {
            return search.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Argon2 was loading", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Argon2 does not load", e.getCause());
        }
    }

    private static boolean computesRight(Argon2 candidate) {
        byte[] hash = candidate.hash(new byte[] {1, 2, 3}, new byte[16], new Argon2Cost(8, 1, 1), 16);
        return HexFormat.of().formatHex(hash).equals("7450440df1783a81927bce09dad4f8a8");
    }

    /** The reference implementation in C, through JNA; about twice as fast. */
    final class Native implements Argon2 {

        private final Argon2Advanced library = Argon2Factory.createAdvanced(Argon2Types.ARGON2id);

        @Override
        public byte[] hash(byte[] secret, byte[] salt, Argon2Cost cost, int length) {
            return library.pbkdf(cost.iterations(), cost.memoryKib(), cost.lanes(), secret, salt, length);
        }

        @Override
        public String toString() {
            return "native";
        }
    }

    /** Bouncy Castle's, in Java. */
    final class Java implements Argon2 {

        @Override
        public byte[] hash(byte[] secret, byte[] salt, Argon2Cost cost, int length) {
            var generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(cost.memoryKib())
                    .withIterations(cost.iterations())
                    .withParallelism(cost.lanes())
                    .withSalt(salt)
                    .build());
            byte[] hash = new byte[length];
            generator.generateBytes(secret, hash);
            return hash;
        }

        @Override
        public String toString() {
            return "Java";
        }
    }
}
