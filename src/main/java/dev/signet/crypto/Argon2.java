package dev.signet.crypto;

import de.mkammerer.argon2.Argon2Advanced;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.util.HexFormat;
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
