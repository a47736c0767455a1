package dev.signet.operations.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * The sample application as a process beside the server: started when the server is ready, ended with it.
 *
 * <p>It also ends when the server is killed and can do nothing any more: its shell waits for the end of its input, which
 * the operating system closes with the server.
 */
final class SampleClientProcess implements ApplicationListener<ApplicationEvent> {

    private static final Logger log = LoggerFactory.getLogger(SampleClientProcess.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String UNTIL_END_OF_INPUT = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        child=$!
        trap '' INT TERM
        { cat <&3 >/dev/null; kill "$child" 2>/dev/null; } &
        wait "$child"
        """;

    private final DemoProperties properties;
    private final DemoSecrets secrets;
    private final String issuer;
    private final DemoPrinter printer;
    private @Nullable Process process;

    SampleClientProcess(DemoProperties properties, DemoSecrets secrets, String issuer, DemoPrinter printer) {
        this.properties = properties;
        this.secrets = secrets;
        this.issuer = issuer;
        this.printer = printer;
    }

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        if (event instanceof ApplicationReadyEvent) {
            Thread.ofVirtual().name("demo").start(this::start);
        } else if (event instanceof ContextClosedEvent) {
            stop();
        }
    }

    private void start() {
        try {
            if (!Files.exists(properties.sampleClient())) {
                printer.noSampleClient(properties);
                return;
            }
            Path logFile = secrets.directory().resolve("sample-client.log");
            launch(logFile);
            if (isReady()) {
                printer.ready(properties.address(), secrets);
            } else {
                printer.sampleClientFailed(logFile.toString());
            }
        } catch (IOException e) {
            log.warn("The sample application could not be started", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void launch(Path logFile) throws IOException {
        List<String> words = new ArrayList<>();
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            words.addAll(List.of("sh", "-c", UNTIL_END_OF_INPUT, "sample-client"));
        }
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                properties.sampleClient().toString()));
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("SAMPLE_CLIENT_SECRET", secrets.clientSecret());
        builder.environment().put("SAMPLE_ISSUER", issuer);
        builder.environment().put("SAMPLE_BASE_URL", properties.address().toString());
        builder.environment()
                .put("SERVER_PORT", Integer.toString(properties.address().getPort()));
        builder.environment().put("SPRING_PROFILES_ACTIVE", "");
        builder.redirectErrorStream(true).redirectOutput(logFile.toFile());
        process = builder.start();
    }

    private boolean isReady() throws InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            Process running = process;
            if (running == null || !running.isAlive()) {
                return false;
            }
            if (answers()) {
                return true;
            }
            Thread.sleep(200);
        }
        return false;
    }

    private boolean answers() {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) properties.address().toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(5000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        process = null;
        try {
            running.getOutputStream().close();
            if (System.getProperty("os.name", "").startsWith("Windows")) {
                running.destroy();
            }
            if (!running.waitFor(10, TimeUnit.SECONDS)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly();
            }
        } catch (IOException e) {
            running.destroy();
        } catch (InterruptedException e) {
            running.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
