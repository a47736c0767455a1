package dev.signet.keys;

import java.util.List;
import java.util.function.Function;

/** Where signing keys are kept, for all nodes. */
interface SigningKeyStore {

    List<SigningKey> all();

    /**
     * Stores the steps the decision returns when shown all keys, in one transaction of its own, during which no other
     * node changes any; waits while one does.
     *
     * @return the steps
     */
    List<KeyStep> change(Function<List<SigningKey>, List<KeyStep>> decision);

    /** The same, but does nothing while another node is at it. */
    List<KeyStep> tryChange(Function<List<SigningKey>, List<KeyStep>> decision);
}
