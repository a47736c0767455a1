package dev.signet.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.TestDatabase;
import dev.signet.crypto.SoftHsm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The master key and the data keys change on two nodes under load: no session, token or handle is lost. */
@Tag("race")
class MasterKeyRotationTests {

    private static final String FILE = "signet.crypto.master-key-file";
    private static final String PREVIOUS_FILE = "signet.crypto.previous-master-key-file";

    @TempDir
    private Path directory;

    private final TestDatabase database = TestDatabase.create();
    private final List<ServerProcess> nodes = new ArrayList<>();
    private Map<String, String> environment = Map.of();
    private LoadBalancer balancer;
    private SignetServer both;

    @BeforeEach
    void start() throws IOException {
        balancer = new LoadBalancer();
    }

    @AfterEach
    void stop() {
        balancer.close();
        nodes.forEach(ServerProcess::close);
    }

    private String key(String name) throws IOException {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        Path file = directory.resolve(name);
        return Files.writeString(file, Base64.getEncoder().encodeToString(bytes) + "\n")
                .toString();
    }

    private ServerProcess node(Map<String, String> settings) {
        ServerProcess node = ServerProcess.start(database, directory, balancer.issuer(), settings, environment);
        nodes.add(node);
        node.ready();
        return node;
    }

    /** Restarts one node after the other with other settings, as one would in production. */
    private void restartAll(Map<String, String> settings) {
        for (ServerProcess node : List.copyOf(nodes)) {
            ServerProcess successor = node(settings);
            balancer.replace(node.ready(), successor.ready());
            node.close();
            nodes.remove(node);
        }
    }

    private CommandLine.Outcome command(Map<String, String> settings, String... words) throws Exception {
        CommandLine.Outcome outcome = new CommandLine(database, directory, settings, environment).run(words);
        assertThat(outcome.complained()).isEmpty();
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
        return outcome;
    }

    private List<String> masterKeys() {
        return database.jdbc()
                .sql("select distinct master_key_id from data_key")
                .query(String.class)
                .list();
    }

    /** Apps and machines that go on using what they hold, and note whatever is refused. */
    private final class Load implements AutoCloseable {

        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicInteger answers = new AtomicInteger();
        private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
        private final List<Future<?>> users = new ArrayList<>();

        Load() {
            App shop = App.shop(both);
            for (int i = 0; i < 3; i++) {
                Browser browser =
                        new Browser(both).open(shop.address(shop.request())).signIn("ada", "correct horse battery");
                String token = shop.redeem(shop.code(browser)).text("refresh_token");
                users.add(threads.submit(() -> use(shop, browser, token)));
            }
        }

        private void use(App shop, Browser browser, String token) {
            String current = token;
            while (!ended.get()) {
                Http.Answer refreshed = note(shop.refresh(current));
                current = refreshed.text("refresh_token");
                note(shop.userInfo(refreshed.text("access_token")));
                note(App.robot(both).token(Map.of("grant_type", "client_credentials")));
                browser.open(shop.address(shop.request(Map.of("prompt", "none"))));
                if (!browser.callbackParameters().containsKey("code")) {
                    refused.add("the session: " + browser.callbackParameters());
                }
                answers.incrementAndGet();
            }
        }

        private Http.Answer note(Http.Answer answer) {
            if (answer.status() != 200) {
                refused.add(answer.status() + " " + answer.body());
            }
            return answer;
        }

        @Override
        public void close() throws Exception {
            ended.set(true);
            for (Future<?> user : users) {
                user.get(20, TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertThat(refused).isEmpty();
            assertThat(answers).hasValueGreaterThan(20);
        }
    }

    @Test
    void masterKeyAndDataKeysChangeUnderLoad() throws Exception {
        Map<String, String> old = Map.of(FILE, key("old.key"));
        String young = key("young.key");
        Map<String, String> two = Map.of(FILE, young, PREVIOUS_FILE, old.get(FILE));
        balancer.add(node(old).ready());
        balancer.add(node(old).ready());
        both = balancer.server();
        List<String> before = masterKeys();
        try (Load load = new Load()) {
            assertThat(command(old, "data-keys", "rotate").said()).contains("take over at");
            Instant takeOver = Instant.now().plusSeconds(60);
            restartAll(two);
            assertThat(masterKeys()).isEqualTo(before);
            assertThat(command(two, "master-key", "rotate").said()).contains("No session or token ended");
            assertThat(masterKeys()).hasSize(1).isNotEqualTo(before);
            restartAll(Map.of(FILE, young));
            // Until the new data keys have taken over, and some for what happens then.
            Thread.sleep(Math.max(0, Duration.between(Instant.now(), takeOver).toMillis()) + 8_000);
            assertThat(load.refused).isEmpty();
        }
        assertThat(database.jdbc()
                        .sql("select count(*) from audit_event where kind in ('master_key_changed', 'data_key_created')"
                                + " and actor = 'command'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
        assertThat(database.jdbc()
                        .sql("select count(*) from signing_key where sealed_private is not null"
                                + " and get_byte(sealed_private, 4) < 5")
                        .query(Integer.class)
                        .single())
                .as("private keys still sealed under the first data keys")
                .isZero();
        CommandLine.Outcome stale = new CommandLine(database, directory, old, environment).run("keys", "list");
        assertThat(stale.exitCode()).isEqualTo(1);
        assertThat(stale.said()).contains("belongs to another master key");
    }

    @Test
    void theMasterKeyMovesFromAFileIntoADeviceUnderLoad() throws Throwable {
        SoftHsm device = SoftHsm.create(Files.createDirectories(directory.resolve("device")));
        device.useHere();
        device.makeKey("signet-1");
        environment = new HashMap<>(device.environment());
        environment.put("SIGNET_PKCS11_PIN", SoftHsm.PIN);
        Map<String, String> file = Map.of(FILE, key("old.key"));
        Map<String, String> inDevice = Map.of(
                "signet.crypto.pkcs11.library",
                device.library().toString(),
                "signet.crypto.pkcs11.key-label",
                "signet-1");
        Map<String, String> two = new HashMap<>(inDevice);
        two.put(PREVIOUS_FILE, file.get(FILE));
        balancer.add(node(file).ready());
        balancer.add(node(file).ready());
        both = balancer.server();
        try (Load load = new Load()) {
            restartAll(two);
            command(two, "master-key", "rotate");
            restartAll(inDevice);
            TimeUnit.SECONDS.sleep(2);
            assertThat(load.refused).isEmpty();
        }
        assertThat(command(inDevice, "master-key", "rotate").said()).contains("Nothing to do");
    }
}
