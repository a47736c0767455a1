package dev.signet.operations.demo;

import java.io.IOException;
import java.net.URI;

/** Speaks to the person at the terminal, past the log: what it says includes a password, once. */
final class DemoPrinter {

    void ready(URI address, DemoSecrets secrets) throws IOException {
        String password = secrets.fresh()
                ? secrets.password() + "   (shown this once; it is kept in " + secrets.passwordFile() + ")"
                : "see " + secrets.passwordFile();
        print("""

              The demo is ready. Open   %s

              Sign in as   demo
              Password     %s
            """.formatted(address, password));
    }

    void noSampleClient(DemoProperties properties) {
        print("""

              The sample application is not built: %s is missing.
              Start the demo with   mvn -Pdemo spring-boot:run
            """.formatted(properties.sampleClient().toAbsolutePath()));
    }

    void sampleClientFailed(String log) {
        print("""

              The sample application did not start. It says why in %s
            """.formatted(log));
    }

    private static void print(String text) {
        System.out.println(text);
        System.out.flush();
    }
}
