package dev.signet.tokens;

import dev.signet.cluster.Changes;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Hands out status indexes, one per access token and never the same twice. They come from blocks leased from the
 * database and shuffled in memory: issuing a token costs no statement, and two indexes of a person have nothing to do
 * with each other. What a node leaves of a block when it stops is never used.
 *
 * <p>Tokens of machines come from blocks of their client alone, so that all of a client's are revoked by its blocks.
 */
@Service
class StatusIndexes {

    private static final Logger LOG = LoggerFactory.getLogger(StatusIndexes.class);

    /** Tells all nodes that the blocks of a client are of no use any more. */
    private static final String TOPIC = "status-blocks";

    private static final int SMALLEST = 64;
    private static final int LARGEST = 4096;

    private final StatusListStore store;
    private final Clock clock;
    private final Changes changes;
    private final Map<Lane, Supply> supplies = new ConcurrentHashMap<>();

    StatusIndexes(StatusListStore store, Clock clock, Changes changes) {
        this.store = store;
        this.clock = clock;
        this.changes = changes;
        changes.subscribe(TOPIC, this::drop, supplies::clear);
    }

    /** Revokes all machine tokens of a client that were ever issued; what its blocks still hold is never handed out. */
    Set<Long> revokeMachineTokens(String clientId, Instant now) {
        Set<Long> lists = store.revokeBlocks(clientId, StatusIndex.hourOf(now) - 1, now);
        changes.publish(TOPIC, clientId);
        return lists;
    }

    private void drop(String clientId) {
        supplies.keySet().removeIf(lane -> clientId.equals(lane.clientId()));
    }

    /** What indexes are apart by: the key that signs, the hour of expiry, and the client of machine tokens. */
    private record Lane(String kid, int hour, @Nullable String clientId) {}

    /**
     * An index for a token with this key and expiry.
     *
     * @throws IllegalStateException within a transaction: its rollback would lease the same block to somebody else, too
     */
    StatusIndex next(String kid, Instant expiry, @Nullable String clientId) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Status indexes are leased outside of transactions");
        }
        Lane lane = new Lane(kid, StatusIndex.hourOf(expiry), clientId);
        Supply supply = supplies.get(lane);
        if (supply == null) {
            forgetThePast();
            supply = supplies.computeIfAbsent(lane, Supply::new);
        }
        return supply.next();
    }

    private void forgetThePast() {
        int now = StatusIndex.hourOf(Instant.now(clock));
        supplies.keySet().removeIf(lane -> lane.hour() < now);
    }

    /** A leased block in random order. */
    private static final class Shuffled {

        private final StatusListStore.Block block;
        private final int[] order;
        private final AtomicInteger position = new AtomicInteger();

        Shuffled(StatusListStore.Block block) {
            this.block = block;
            this.order = new int[block.size()];
            ThreadLocalRandom random = ThreadLocalRandom.current();
            for (int i = 0; i < order.length; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = block.start() + i;
            }
        }

        @Nullable
        StatusIndex take() {
            int at = position.getAndIncrement();
            return at < order.length ? new StatusIndex(block.hour(), block.ordinal(), order[at]) : null;
        }

        boolean isHalfEmpty() {
            return position.get() == order.length / 2;
        }
    }

    /** The blocks of one lane: the one in use, and the next, leased in the background once half of it is gone. */
    private final class Supply {

        private final Lane lane;
        private int size = SMALLEST;
        private volatile @Nullable Shuffled current;
        private volatile @Nullable Shuffled reserve;

        Supply(Lane lane) {
            this.lane = lane;
        }

        StatusIndex next() {
            Shuffled present = current;
            Shuffled block = present == null ? renew(null) : present;
            StatusIndex index = block.take();
            while (index == null) {
                block = renew(block);
                index = block.take();
            }
            if (block.isHalfEmpty()) {
                Thread.ofVirtual().name("status-indexes").start(this::leaseAhead);
            }
            return index;
        }

        private synchronized Shuffled renew(@Nullable Shuffled used) {
            Shuffled block = current;
            if (block == null || block == used) {
                Shuffled ahead = reserve;
                block = ahead == null ? lease() : ahead;
                reserve = null;
                current = block;
            }
            return block;
        }

        private void leaseAhead() {
            try {
                synchronized (this) {
                    if (reserve == null) {
                        reserve = lease();
                    }
                }
            } catch (RuntimeException e) {
                LOG.warn("No status indexes could be leased ahead: {}", e.toString());
            }
        }

        private Shuffled lease() {
            Shuffled block =
                    new Shuffled(store.lease(lane.kid(), lane.hour(), size, lane.clientId(), Instant.now(clock)));
            size = Math.min(size * 2, LARGEST);
            return block;
        }
    }
}
