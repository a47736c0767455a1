package dev.signet.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DataKeysTests {

    private static final long SECOND = 1_000_000_000L;

    private final List<DataKey> table = new ArrayList<>(List.of(
            TestCrypto.key(0, KeyPurpose.SUBJECT, false),
            TestCrypto.key(1, KeyPurpose.HANDLE, false),
            TestCrypto.key(2, KeyPurpose.SEAL, false),
            TestCrypto.key(3, KeyPurpose.HASH, false)));
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong(42);
    private final DataKeys keys = new DataKeys(
            () -> {
                reads.incrementAndGet();
                return List.copyOf(table);
            },
            Clock.systemUTC(),
            nanos::get);

    @Test
    void readsTheTableAgainForTheIdOfAKeyMadeSince() {
        table.add(TestCrypto.key(4, KeyPurpose.HANDLE, false));
        nanos.addAndGet(SECOND);

        assertThat(keys.find(KeyPurpose.HANDLE, 4)).isPresent();
        assertThat(keys.current(KeyPurpose.HANDLE).id()).isEqualTo(4);
        assertThat(reads).hasValue(2);
    }

    @Test
    void readsTheTableAtMostOnceASecond() {
        nanos.addAndGet(SECOND);
        for (int i = 0; i < 100; i++) {
            assertThat(keys.find(KeyPurpose.HANDLE, 4)).isEmpty();
        }
        assertThat(reads).hasValue(2);
    }

    @Test
    void readsNothingForIdsThatNoKeyCanHave() {
        nanos.addAndGet(SECOND);
        for (int id : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1000}) {
            assertThat(keys.find(KeyPurpose.HANDLE, id)).isEmpty();
        }
        assertThat(reads).hasValue(1);
    }

    @Test
    void givesAKeyForItsPurposeOnly() {
        assertThat(keys.find(KeyPurpose.SEAL, 1)).isEmpty();
        assertThat(keys.find(KeyPurpose.HANDLE, 1)).isPresent();
    }

    @Test
    void demandsALiveKeyForEveryPurpose() {
        assertThatThrownBy(() -> TestCrypto.of(
                        TestCrypto.key(1, KeyPurpose.HANDLE, false), TestCrypto.key(2, KeyPurpose.SEAL, true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("seal");
    }
}
