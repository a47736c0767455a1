package dev.signet.crypto;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The master key, and while it is being changed the one before it: both unwrap, so that nodes may be restarted with the
 * new one in any order.
 *
 * @param current wraps the data keys from the next {@code master-key rotate} on
 * @param previous only unwraps what that has not come to yet
 */
record MasterKeys(MasterKey current, @Nullable MasterKey previous) {

    Optional<MasterKey> byId(String id) {
        return Stream.of(Optional.of(current), Optional.ofNullable(previous))
                .flatMap(Optional::stream)
                .filter(key -> key.id().equals(id))
                .findFirst();
    }

    /** The key a new data key is wrapped by: the one that wraps the others, which every node is sure to have. */
    MasterKey like(Optional<String> others) {
        return others.flatMap(this::byId).orElse(current);
    }

    String describe() {
        return previous == null ? current.id() : current.id() + " (and before it " + previous.id() + ")";
    }
}
