package dev.signet.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts Amazon Corretto's native crypto in front of the JDK's where its native build runs. */
final class CorrettoProvider {

    private static final Logger LOG = LoggerFactory.getLogger(CorrettoProvider.class);

    private CorrettoProvider() {}

    /** Whether it is in front now. Where it does not run, the JDK's providers stay and nothing is said above debug. */
    static boolean install() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // It starts a thread that lives on; Tomcat would take that for a leak if it inherited Tomcat's class loader.
        thread.setContextClassLoader(CorrettoProvider.class.getClassLoader());
        try {
            return installed();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean installed() {
        try {
            if (AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() != null) {
                LOG.debug("No native crypto here", AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError());
                return false;
            }
            AmazonCorrettoCryptoProvider.install();
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
            return true;
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("No native crypto here", e);
            Security.removeProvider(AmazonCorrettoCryptoProvider.PROVIDER_NAME);
            return false;
        }
    }
}
