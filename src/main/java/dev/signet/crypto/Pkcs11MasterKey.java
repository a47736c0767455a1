package dev.signet.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A master key that never leaves its device (PKCS#11): data keys are sent there to be wrapped and unwrapped, which happens
 * when the server starts, when another node made a data key, and when keys are changed; never for a request.
 */
final class Pkcs11MasterKey implements MasterKey {

    static final String PIN_VARIABLE = "SIGNET_PKCS11_PIN";
    private static final String REMEDY =
            "Check the settings signet.crypto.pkcs11.* (library, slot-list-index, key-label)"
                    + " and the PIN (pin-file or the environment variable " + PIN_VARIABLE + ").";

    private final Provider device;
    private final SecretKey key;
    private final String id;

    private Pkcs11MasterKey(Provider device, SecretKey key) throws GeneralSecurityException {
        this.device = device;
        this.key = key;
        this.id = mark();
    }

    /** Opens the device and finds the key. */
    static Pkcs11MasterKey open(Pkcs11Properties properties, @Nullable String pinVariable) {
        String library = String.valueOf(properties.library());
        Provider builtIn = Security.getProvider("SunPKCS11");
        if (builtIn == null) {
            throw new UnusableMasterKey("This Java platform cannot speak PKCS#11.", "Use one with SunPKCS11.");
        }
        try {
            Provider device = builtIn.configure("--name=signet-%s-%d\nlibrary=%s\nslotListIndex=%d\n"
                    .formatted(
                            Integer.toHexString(library.hashCode()),
                            properties.slotListIndex(),
                            library,
                            properties.slotListIndex()));
            KeyStore store = KeyStore.getInstance("PKCS11", device);
            store.load(null, pin(properties, pinVariable));
            Key found = store.getKey(properties.keyLabel(), null);
            if (!(found instanceof SecretKey secret) || !secret.getAlgorithm().equals("AES")) {
                throw new UnusableMasterKey(
                        "The PKCS#11 device has no AES key with the label '" + properties.keyLabel() + "'.", REMEDY);
            }
            return new Pkcs11MasterKey(device, secret);
        } catch (GeneralSecurityException | IOException | ProviderException | UnsupportedOperationException e) {
            throw new UnusableMasterKey(
                    "The PKCS#11 device of " + library + " cannot be used: " + rootMessage(e) + ".", REMEDY);
        }
    }

    private static char[] pin(Pkcs11Properties properties, @Nullable String variable) throws IOException {
        if (properties.pinFile() != null) {
            return Files.readString(properties.pinFile()).strip().toCharArray();
        }
        if (variable == null) {
            throw new UnusableMasterKey("The PIN of the PKCS#11 device is not given.", REMEDY);
        }
        return variable.toCharArray();
    }

    private static String rootMessage(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Of what the key makes of a fixed text, since the key itself cannot be read. */
    private String mark() throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding", device);
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16]));
        byte[] made = cipher.doFinal("signet master key id of a device".getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(Digest.sha256(made), 0, 8);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public synchronized byte[] wrap(byte[] dataKey, String context) {
        return AesGcm.encrypt(device, key, dataKey, context.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized byte[] unwrap(byte[] wrapped, String context) throws AEADBadTagException {
        return AesGcm.decrypt(device, key, wrapped, context.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "MasterKey[" + id + " in a device]";
    }
}
