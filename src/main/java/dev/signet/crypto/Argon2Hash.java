package dev.signet.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@link SlowHash} by Argon2id on threads of its own.
 *
 * <p>They are platform threads: a hash never yields, and on the carriers of virtual threads two of them would halt every
 * other request of a two-core machine, while the operating system shares cores out fairly.
 */
final class Argon2Hash implements SlowHash, AutoCloseable {

    private static final int SALT_LENGTH = 16;
    private static final int HASH_LENGTH = 32;

    private final Argon2 argon2;
    private final Argon2Cost cost;
    private final Duration longestWait;
    private final ThreadPoolExecutor workers;
    private final SecureRandom random = new SecureRandom();

    Argon2Hash(Argon2 argon2, HashingProperties settings) {
        this.argon2 = argon2;
        this.cost = settings.cost();
        this.longestWait = settings.longestWait();
        int atOnce = settings.atOnceOrCores();
        this.workers = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.waiting()),
                work -> ownThread(
                        Thread.ofPlatform().daemon().name("signet-hashing").unstarted(work)));
        workers.allowCoreThreadTimeOut(true);
    }

    @Override
    public String hash(SecretValue secret) {
        byte[] salt = randomBytes(SALT_LENGTH);
        return new PhcString(cost, salt, compute(secret, salt, cost, HASH_LENGTH)).text();
    }

    @Override
    public boolean matches(SecretValue presented, String phc) {
        Optional<PhcString> stored = PhcString.parse(phc);
        PhcString against = stored.orElseGet(this::randomHash);
        byte[] computed = compute(presented, against.salt(), against.cost(), against.hash().length);
        return MessageDigest.isEqual(computed, against.hash()) && stored.isPresent();
    }

    @Override
    public boolean accepts(String phc) {
        return PhcString.parse(phc).isPresent();
    }

    @Override
    public boolean outdated(String phc) {
        return PhcString.parse(phc)
                .map(stored -> stored.cost().weakerThan(cost))
                .orElse(true);
    }

    @Override
    public String decoy() {
        return randomHash().text();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    /** How many wait for their turn now. */
    int waiting() {
        return workers.getQueue().size();
    }

    /** Without the class loader of whoever asked first, which Tomcat would take for a leak. */
    private static Thread ownThread(Thread thread) {
        thread.setContextClassLoader(Argon2Hash.class.getClassLoader());
        return thread;
    }

    private PhcString randomHash() {
        return new PhcString(cost, randomBytes(SALT_LENGTH), randomBytes(HASH_LENGTH));
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] compute(SecretValue secret, byte[] salt, Argon2Cost cost, int length) {
        byte[] bytes = secret.reveal().getBytes(StandardCharsets.UTF_8);
        return inTurn(() -> argon2.hash(bytes, salt, cost, length));
    }

    private byte[] inTurn(Callable<byte[]> work) {
        Future<byte[]> turn;
        try {
            turn = workers.submit(work);
        } catch (RejectedExecutionException e) {
            throw new HashingBusy(longestWait);
        }
        try {
            return turn.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            giveUp(turn);
            throw new HashingBusy(longestWait);
        } catch (InterruptedException e) {
            giveUp(turn);
            Thread.currentThread().interrupt();
            throw new HashingBusy(longestWait);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Argon2id failed", e.getCause());
        }
    }

    private void giveUp(Future<?> turn) {
        turn.cancel(false);
        // A cancelled turn would keep its place in the queue until a worker comes to it.
        workers.purge();
    }
}
