package dev.signet.crypto;

import javax.crypto.AEADBadTagException;

/**
 * The key that wraps the data keys and does nothing else. It is never in the database, only its id is. It may be in this
 * process's memory ({@link LocalMasterKey}) or never leave a device ({@link Pkcs11MasterKey}).
 */
interface MasterKey {

    /** Tells master keys apart without telling anything about them: 16 hexadecimal digits. */
    String id();

    byte[] wrap(byte[] dataKey, String context);

    /** The data key; throws {@link AEADBadTagException} if what is wrapped was not wrapped by this key in this context. */
    byte[] unwrap(byte[] wrapped, String context) throws AEADBadTagException;
}
