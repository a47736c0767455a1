package dev.signet.keys;

import java.util.List;
import java.util.function.UnaryOperator;

/** Where signing keys are kept, for all nodes. */
interface SigningKeyStore {

    List<SigningKey> all();

    /**
     * Adds what the decision returns when shown all keys, in one transaction, during which no other node adds any.
     *
     * @return what was added
     */
    List<SigningKey> add(UnaryOperator<List<SigningKey>> decision);
}
