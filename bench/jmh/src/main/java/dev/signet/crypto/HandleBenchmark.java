package dev.signet.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The form of every bearer value: made, followed, read, and refused. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HandleBenchmark {

    @Param({"corretto", "jdk"})
    private String provider;

    private final UUID row = UUID.randomUUID();
    private Handles handles;
    private Handle handle;
    private String text;
    private String forged;

    @Setup
    public void makeKeys() {
        if (provider.equals("corretto")) {
            AmazonCorrettoCryptoProvider.install();
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
        }
        List<DataKey> keys = new ArrayList<>();
        for (KeyPurpose purpose : KeyPurpose.values()) {
            byte[] bytes = new byte[DataKey.LENGTH];
            java.util.Arrays.fill(bytes, (byte) purpose.ordinal());
            keys.add(new DataKey(purpose.ordinal() + 1, purpose, bytes, Instant.EPOCH, null));
        }
        handles = new Handles(new DataKeys(() -> List.copyOf(keys), Clock.systemUTC()));
        handle = handles.mint(HandleKind.REFRESH_TOKEN, row);
        text = handle.value().reveal();
        forged = text.substring(0, text.length() - 1) + (text.endsWith("A") ? "B" : "A");
    }

    @Benchmark
    public Handle mint() {
        return handles.mint(HandleKind.REFRESH_TOKEN, row);
    }

    @Benchmark
    public Handle successor() {
        return handles.successor(handle);
    }

    @Benchmark
    public Optional<Handle> parse() {
        return handles.parse(HandleKind.REFRESH_TOKEN, text);
    }

    @Benchmark
    public Optional<Handle> refuse() {
        return handles.parse(HandleKind.REFRESH_TOKEN, forged);
    }
}
