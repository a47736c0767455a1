package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MasterKeySourceTests {

    private static final String GOOD = Base64.getUrlEncoder().encodeToString(random());

    @TempDir
    Path data;

    private static byte[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    @Test
    void theFileComesBeforeTheVariable() throws IOException {
        Path file = Files.writeString(data.resolve("key"), GOOD + "\n");
        String other = Base64.getEncoder().encodeToString(random());

        MasterKey key = new MasterKeySource(file, other, data, true).find();

        assertThat(key.id())
                .isEqualTo(
                        LocalMasterKey.of(Base64.getUrlDecoder().decode(GOOD)).id());
    }

    @Test
    void takesEveryUsualSpellingOfTheSameBytes() {
        byte[] bytes = random();
        Set<String> ids = ConcurrentHashMap.newKeySet();
        for (String text : List.of(
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                " " + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\r\n")) {
            ids.add(new MasterKeySource(null, text, data, true).find().id());
        }
        assertThat(ids).hasSize(1);
    }

    @Test
    void productionDoesNotStartWithoutOne() {
        assertThatThrownBy(() -> new MasterKeySource(null, null, data, true).find())
                .isInstanceOf(UnusableMasterKey.class)
                .hasMessageContaining("no master key is given")
                .satisfies(e -> assertThat(((UnusableMasterKey) e).remedy()).contains("openssl rand -base64 32"));
        assertThatThrownBy(() -> new MasterKeySource(null, "  ", data, true).find())
                .isInstanceOf(UnusableMasterKey.class);
        assertThat(data).isEmptyDirectory();
    }

    static Stream<byte[]> weakKeys() {
        byte[] counting = new byte[32];
        byte[] twoInTurn = new byte[32];
        byte[] backwards = new byte[32];
        for (int i = 0; i < 32; i++) {
            counting[i] = (byte) i;
            twoInTurn[i] = (byte) (i % 2 == 0 ? 0x13 : 0x37);
            backwards[i] = (byte) (200 - 3 * i);
        }
        return Stream.of(new byte[32], counting, twoInTurn, backwards, "correct horse battery staple 123".getBytes());
    }

    @ParameterizedTest
    @MethodSource("weakKeys")
    void productionDoesNotStartWithAWeakOne(byte[] weak) {
        String text = Base64.getEncoder().encodeToString(weak);

        assertThatThrownBy(() -> new MasterKeySource(null, text, data, true).find())
                .isInstanceOf(UnusableMasterKey.class)
                .hasMessageContaining("weak")
                .hasMessageNotContaining(text);
        assertThat(new MasterKeySource(null, text, data, false).find()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hunter2", "AAAA", "!!!!", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0"})
    void nobodyStartsWithSomethingElseThanThirtyTwoBytes(String text) {
        for (boolean production : new boolean[] {true, false}) {
            assertThatThrownBy(() -> new MasterKeySource(null, text, data, production).find())
                    .isInstanceOf(UnusableMasterKey.class)
                    .hasMessageContaining("SIGNET_MASTER_KEY")
                    .hasMessageNotContaining(text);
        }
    }

    @Test
    void saysThatTheFileIsMissingOrNoFile() {
        Path missing = data.resolve("missing");
        assertThatThrownBy(() -> new MasterKeySource(missing, GOOD, data, false).find())
                .isInstanceOf(UnusableMasterKey.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> new MasterKeySource(data, GOOD, data, false).find())
                .isInstanceOf(UnusableMasterKey.class);
    }

    @Test
    void makesOneForItsOwnerOnlyAndFindsItAgain() throws IOException {
        Path directory = data.resolve("new/.signet");
        MasterKey made = new MasterKeySource(null, null, directory, false).find();

        Path file = directory.resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new MasterKeySource(null, null, directory, false).find().id())
                .isEqualTo(made.id());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void processesThatMakeOneAtOnceAgree() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> start =
                    () -> new MasterKeySource(null, null, data, false).find().id();
            List<Future<String>> ids = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                ids.add(threads.submit(start));
            }
            Set<String> different = ConcurrentHashMap.newKeySet();
            for (Future<String> id : ids) {
                different.add(id.get());
            }
            assertThat(different).hasSize(1);
        }
    }

    @Test
    void theFailureIsExplainedInWords() {
        var failure = new UnusableMasterKey("No key.", "Give one.");
        var analysis = new MasterKeyFailureAnalyzer().analyze(new IllegalStateException("bean", failure));

        assertThat(analysis.getDescription()).isEqualTo("No key.");
        assertThat(analysis.getAction()).isEqualTo("Give one.");
    }

    @Test
    void printsNoKey() {
        assertThat(new MasterKeySource(null, GOOD, data, true).find().toString())
                .matches("MasterKey\\[[0-9a-f]{16}]");
    }
}
