package dev.signet.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server as a newcomer starts it: the demo, a process with its own database and the sample application. */
final class Demo implements AutoCloseable {

    private static final Path JAR = Path.of("target/signet.jar");
    private static final Path SAMPLE_CLIENT = Path.of("sample-client/target/sample-client.jar");
    private static final Pattern PASSWORD = Pattern.compile("Password +(\\S+) +\\(shown this once");

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final String shop;
    private final String password;

    Demo(Path dataDirectory) throws Exception {
        for (Path jar : List.of(JAR, SAMPLE_CLIENT)) {
            if (!Files.exists(jar)) {
                throw new IllegalStateException(
                        jar + " is missing: mvn -Dmaven.test.skip=true package, here and in" + " sample-client");
            }
        }
        int port = freePort();
        shop = "http://127.0.0.1:" + freePort();
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        JAR.toString(),
                        "--spring.profiles.active=demo",
                        "--server.port=" + port,
                        "--management.server.port=0",
                        "--signet.issuer=http://localhost:" + port,
                        "--signet.data-dir=" + dataDirectory,
                        "--signet.demo.address=" + shop)
                .redirectErrorStream(true)
                .start();
        CountDownLatch ready = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> copyOutput(ready));
        if (!ready.await(120, TimeUnit.SECONDS) || !output.toString().contains("The demo is ready")) {
            close();
            throw new IllegalStateException("The demo did not start:\n" + output);
        }
        Matcher matcher = PASSWORD.matcher(output);
        if (!matcher.find()) {
            close();
            throw new IllegalStateException("The demo shows no password:\n" + output);
        }
        password = matcher.group(1);
    }

    private void copyOutput(CountDownLatch ready) {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.append(line).append('\n');
                if (line.contains("Password  ")) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            output.append(e);
        }
        ready.countDown();
    }

    /** Where the sample application is. */
    String shop() {
        return shop;
    }

    String password() {
        return password;
    }

    /** All that the server has said so far. */
    String output() {
        return output.toString();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
