package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.TestDatabase;
import dev.signet.crypto.TestCrypto;
import dev.signet.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class SigningKeysSliceTests {

    private static final TestDatabase DATABASE = TestDatabase.create();

    private final Vault vault = TestCrypto.create().vault();
    private final Set<String> announced = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void empty() {
        DATABASE.jdbc().sql("delete from signing_key").update();
    }

    private SigningKeys node() {
        var transactions = new DataSourceTransactionManager(DATABASE.dataSource());
        var store = new SqlSigningKeyStore(DATABASE.jdbc(), transactions, steps -> {
            assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                    .isTrue();
            steps.forEach(step -> announced.add(step.key().kid()));
        });
        return new SigningKeys(store, vault, Clock.systemUTC(), TestKeys.DEFAULTS);
    }

    private KeyRotation rotation(SigningKeys keys) {
        var store = new SqlSigningKeyStore(
                DATABASE.jdbc(), new DataSourceTransactionManager(DATABASE.dataSource()), steps -> {});
        return new KeyRotation(keys, store, new KeyMint(vault), KeySchedule.of(TestKeys.DEFAULTS), Clock.systemUTC());
    }

    private static List<String> kids() {
        return DATABASE.jdbc()
                .sql("select kid from signing_key order by kid")
                .query(String.class)
                .list();
    }

    @Test
    void nodesThatStartAtOnceMakeOneKeyForEachAlgorithm() throws Exception {
        int nodes = 6;
        CyclicBarrier together = new CyclicBarrier(nodes);
        List<Future<SigningKeys>> starts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(nodes)) {
            for (int i = 0; i < nodes; i++) {
                starts.add(threads.submit(() -> {
                    together.await();
                    return node();
                }));
            }
        }

        assertThat(kids()).hasSize(2).containsExactlyInAnyOrderElementsOf(announced);
        Set<String> tags = new HashSet<>();
        String token = starts.getFirst().get().sign(SigningAlgorithm.RS256, "JWT", Map.of("sub", "a"));
        for (Future<SigningKeys> start : starts) {
            tags.add(start.get().published().etag());
            assertThat(start.get().verify(token)).isPresent();
            assertThat(start.get().available(SigningAlgorithm.ES256)).isTrue();
        }
        assertThat(tags).hasSize(1);
    }

    @Test
    void aSecondStartKeepsKeysOfEveryAlgorithmAndTheirTokens() {
        SigningKeys first = node();
        List<String> tokens = new ArrayList<>();
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            first.ensure(algorithm);
            tokens.add(first.sign(algorithm, "JWT", Map.of("sub", "a")));
        }
        List<String> before = kids();

        SigningKeys second = node();

        assertThat(kids()).isEqualTo(before).hasSize(4);
        assertThat(second.published().json()).isEqualTo(first.published().json());
        for (String token : tokens) {
            assertThat(second.verify(token)).isPresent();
        }
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            assertThat(first.verify(second.sign(algorithm, "JWT", Map.of()))).isPresent();
        }
    }

    @Test
    void storesPrivateHalvesSealedEachForItsOwnRow() {
        node();
        DATABASE.jdbc()
                .sql("select kid, public_jwk, sealed_private from signing_key")
                .query((row, number) -> {
                    assertThat(row.getString("public_jwk")).doesNotContain("\"d\"", "\"p\"", "\"q\"");
                    byte[] sealed = row.getBytes("sealed_private");
                    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("kty");
                    byte[] open = vault.open("signing_key " + row.getString("kid"), sealed);
                    assertThat(new String(open, StandardCharsets.UTF_8)).contains("\"d\"");
                    return true;
                })
                .list();
    }

    @Test
    void noPrivateHalfStandsAnywhereInADump() throws Exception {
        SigningKeys keys = node();
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            keys.ensure(algorithm);
        }
        List<String> dump = new ArrayList<>();
        for (String table : List.of("signing_key", "data_key", "audit_event")) {
            dump.addAll(DATABASE.jdbc()
                    .sql("select t::text from " + table + " t")
                    .query(String.class)
                    .list());
        }
        List<String> secrets = new ArrayList<>();
        DATABASE.jdbc()
                .sql("select kid, sealed_private from signing_key")
                .query((row, number) -> {
                    byte[] jwk = vault.open("signing_key " + row.getString("kid"), row.getBytes("sealed_private"));
                    Map<String, Object> members = JwtJson.read(jwk).orElseThrow();
                    for (String secret : List.of("d", "p", "q", "dp", "dq", "qi")) {
                        if (members.get(secret) instanceof String value) {
                            secrets.add(value);
                            secrets.add(HexFormat.of()
                                    .formatHex(Base64.getUrlDecoder().decode(value)));
                        }
                    }
                    return true;
                })
                .list();

        assertThat(secrets).hasSize(2 * (6 + 6 + 1 + 1));
        assertThat(dump).isNotEmpty();
        for (String secret : secrets) {
            assertThat(dump).noneMatch(row -> row.contains(secret));
        }
    }

    @Test
    void refusesAPublicHalfExchangedInTheDatabase() {
        node();
        String foreign =
                KeyMaterial.generate(SigningAlgorithm.ES256).toPublicJWK().toJSONString();
        DATABASE.jdbc()
                .sql("update signing_key set public_jwk = ? where algorithm = 'ES256'")
                .param(foreign)
                .update();

        assertThatThrownBy(this::node).hasMessageContaining("another key than its id says");
    }

    @Test
    void seesWhatHappenedToAKeyInTheDatabase() {
        SigningKeys keys = node();
        String token = keys.sign(SigningAlgorithm.ES256, "JWT", Map.of());
        DATABASE.jdbc()
                .sql("update signing_key set killed_at = now() where algorithm = 'ES256'")
                .update();
        keys.refresh(Duration.ZERO);

        assertThat(keys.verify(token)).isEmpty();
        assertThat(keys.available(SigningAlgorithm.ES256)).isFalse();
    }

    @Test
    void theRefreshRunsByItselfAndOutlivesAnOutage() throws InterruptedException {
        SigningKeys keys = node();
        try (KeyRefresh refresh = new KeyRefresh(keys, rotation(keys), Duration.ofMillis(50))) {
            DATABASE.jdbc().sql("alter table signing_key rename to away").update();
            Thread.sleep(200);
            assertThat(keys.available(SigningAlgorithm.ES256)).isTrue();
            DATABASE.jdbc().sql("alter table away rename to signing_key").update();
            DATABASE.jdbc()
                    .sql("update signing_key set retired_at = '2000-01-01' where algorithm = 'ES256'")
                    .update();
            for (int i = 0; i < 100 && keys.available(SigningAlgorithm.ES256); i++) {
                Thread.sleep(50);
            }
            assertThat(keys.available(SigningAlgorithm.ES256)).isFalse();
            assertThat(refresh).isNotNull();
        }
    }
}
