package dev.signet.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.signet.HandMovedClock;
import dev.signet.TestDatabase;
import dev.signet.Together;
import dev.signet.audit.AuditKind;
import dev.signet.crypto.TestCrypto;
import dev.signet.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The life of keys on two nodes and one database, with the clock moved by hand. */
class KeyRotationSliceTests {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final HandMovedClock clock = new HandMovedClock();
    private final Vault vault = TestCrypto.create().vault();
    private final Collection<KeyStep> journal = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void empty() {
        DATABASE.jdbc().sql("delete from signing_key").update();
    }

    /** A node: its keys, and what moves them on. */
    private record Node(SigningKeys keys, KeyRotation rotation) {

        /** What the timer does every five seconds. */
        void tick() {
            keys.refresh(Duration.ZERO);
            rotation.pass();
        }
    }

    private Node node() {
        var store = new SqlSigningKeyStore(
                DATABASE.jdbc(), new DataSourceTransactionManager(DATABASE.dataSource()), journal::addAll);
        SigningKeys keys = new SigningKeys(store, vault, clock, TestKeys.DEFAULTS);
        return new Node(
                keys, new KeyRotation(keys, store, new KeyMint(vault), KeySchedule.of(TestKeys.DEFAULTS), clock));
    }

    private static Set<String> published(Node node) throws Exception {
        Set<String> kids = new HashSet<>();
        for (JWK key : jwks(node).getKeys()) {
            kids.add(key.getKeyID());
        }
        return kids;
    }

    private static JWKSet jwks(Node node) throws Exception {
        return JWKSet.parse(new String(node.keys().published().json(), StandardCharsets.UTF_8));
    }

    private List<AuditKind> steps(String kid) {
        return journal.stream()
                .filter(step -> step.key().kid().equals(kid))
                .map(KeyStep::kind)
                .toList();
    }

    /** An API that keeps the JWK set for a time and never asks before, as plain libraries do. */
    private final class CachingApi {

        private final Node server;
        private final Duration keeps;
        private JWKSet cached;
        private Instant fetchedAt = Instant.EPOCH;

        CachingApi(Node server, Duration keeps) {
            this.server = server;
            this.keeps = keeps;
        }

        boolean accepts(String token) throws Exception {
            if (!clock.instant().isBefore(fetchedAt.plus(keeps))) {
                cached = jwks(server);
                fetchedAt = clock.instant();
            }
            SignedJWT jwt = SignedJWT.parse(token);
            JWK key = cached.getKeyByKeyId(jwt.getHeader().getKeyID());
            if (key == null) {
                return false;
            }
            JWSVerifier verifier = new DefaultJWSVerifierFactory()
                    .createJWSVerifier(jwt.getHeader(), ((AsymmetricJWK) key).toPublicKey());
            return jwt.verify(verifier);
        }
    }

    private record Issued(String token, Instant expiry) {}

    @Test
    void nobodyNoticesAYearOfRotationHoweverLongTheyCache() throws Exception {
        Node first = node();
        Node second = node();
        List<CachingApi> apis = List.of(
                new CachingApi(first, Duration.ofMinutes(10)),
                new CachingApi(second, Duration.ofMinutes(10)),
                new CachingApi(first, DAY),
                new CachingApi(second, DAY));
        List<Issued> alive = new ArrayList<>();
        List<String> hints = new ArrayList<>();
        Map<SigningAlgorithm, Set<String>> signers = new EnumMap<>(SigningAlgorithm.class);
        for (int hour = 0; hour < 365 * 24; hour += 3) {
            Node node = hour % 2 == 0 ? first : second;
            for (SigningAlgorithm algorithm : List.of(SigningAlgorithm.ES256, SigningAlgorithm.RS256)) {
                if (algorithm == SigningAlgorithm.ES256 || hour % 24 == 0) {
                    Instant expiry = clock.instant().plus(hour % 6 == 0 ? Duration.ofMinutes(15) : DAY);
                    String token = node.keys().sign(algorithm, "JWT", Map.of("exp", expiry.getEpochSecond()));
                    alive.add(new Issued(token, expiry));
                    signers.computeIfAbsent(algorithm, any -> new LinkedHashSet<>())
                            .add(SignedJWT.parse(token).getHeader().getKeyID());
                    hints.add(token);
                }
            }
            alive.removeIf(issued -> !issued.expiry().isAfter(clock.instant()));
            for (Issued issued : alive) {
                for (CachingApi api : apis) {
                    assertThat(api.accepts(issued.token()))
                            .as("a token after %d hours", hour)
                            .isTrue();
                }
            }
            clock.move(HOUR.multipliedBy(3));
            // Any node may come first, or none for a while.
            if (hour % 4 != 0) {
                second.tick();
            }
            first.tick();
            second.keys().refresh(Duration.ZERO);
        }

        assertThat(signers.get(SigningAlgorithm.ES256)).hasSize(5);
        assertThat(signers.get(SigningAlgorithm.RS256)).hasSize(5);
        assertThat(first.keys().published().json())
                .isEqualTo(second.keys().published().json());
        String oldest = signers.get(SigningAlgorithm.ES256).iterator().next();
        assertThat(published(first)).doesNotContain(oldest);
        assertThat(steps(oldest)).containsExactly(AuditKind.KEY_CREATED, AuditKind.KEY_RETIRED, AuditKind.KEY_REMOVED);
        for (String hint : hints.subList(0, 100)) {
            assertThat(second.keys().verify(hint)).as("id_token_hint").isPresent();
        }
        assertThat(DATABASE.jdbc()
                        .sql("select count(*) from signing_key where retired_at is not null and sealed_private is"
                                + " not null")
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(DATABASE.jdbc()
                        .sql("select min(activated_at - published_at) from signing_key where published_at >"
                                + " (select min(published_at) from signing_key)")
                        .query((row, number) -> row.getString(1))
                        .single())
                .isEqualTo("2 days 00:02:00");
    }

    @Test
    void nodesThatAreAllDueAtOnceMakeOneKey() throws Exception {
        List<Node> nodes = List.of(node(), node(), node(), node(), node(), node());
        clock.move(DAY.multipliedBy(88).plus(HOUR));
        ConcurrentLinkedQueue<Node> turns = new ConcurrentLinkedQueue<>(nodes);

        Together.run(nodes.size(), () -> {
            turns.remove().tick();
            return true;
        });
        nodes.forEach(Node::tick);

        assertThat(nodes.getFirst().rotation().list())
                .extracting(KeyView::state)
                .containsExactlyInAnyOrder(KeyState.ANNOUNCED, KeyState.ACTIVE, KeyState.ANNOUNCED, KeyState.ACTIVE);
        for (Node node : nodes) {
            assertThat(published(node)).hasSize(4);
        }
    }

    @Test
    void aNodeThatWasStoppedOverTheTimeStillAnnouncesInFull() throws Exception {
        Node node = node();
        String before = node.keys().activeKid(SigningAlgorithm.ES256);
        clock.move(DAY.multipliedBy(400));

        node.tick();
        assertThat(node.keys().activeKid(SigningAlgorithm.ES256)).isEqualTo(before);
        clock.move(DAY.multipliedBy(2).minus(HOUR));
        node.tick();
        assertThat(node.keys().activeKid(SigningAlgorithm.ES256)).isEqualTo(before);
        clock.move(HOUR.plusMinutes(2));
        node.tick();
        assertThat(node.keys().activeKid(SigningAlgorithm.ES256)).isNotEqualTo(before);
        assertThat(published(node)).contains(before);
    }

    @Test
    void onDemandTheNextKeysAreAnnouncedOnce() {
        Node node = node();

        List<KeyView> announced = node.rotation().rotate();

        assertThat(announced)
                .extracting(KeyView::state, KeyView::algorithm)
                .containsExactlyInAnyOrder(
                        tuple(KeyState.ANNOUNCED, SigningAlgorithm.RS256),
                        tuple(KeyState.ANNOUNCED, SigningAlgorithm.ES256));
        assertThat(node.rotation().rotate()).isEmpty();
        clock.move(DAY.multipliedBy(2).plusMinutes(3));
        node.tick();
        assertThat(announced).extracting(KeyView::kid).contains(node.keys().activeKid(SigningAlgorithm.ES256));
    }

    @Test
    void aKilledKeyIsReplacedAtOnceAndBelievedByNobody() throws Exception {
        Node first = node();
        Node second = node();
        String token = first.keys().sign(SigningAlgorithm.ES256, "JWT", Map.of("sub", "a"));
        String other = first.keys().sign(SigningAlgorithm.RS256, "JWT", Map.of("sub", "a"));
        String kid = first.keys().activeKid(SigningAlgorithm.ES256);

        List<KeyView> changed = first.rotation().kill(kid);
        second.keys().refresh(Duration.ZERO);

        assertThat(changed).extracting(KeyView::state).containsExactly(KeyState.KILLED, KeyState.ACTIVE);
        for (Node node : List.of(first, second)) {
            assertThat(node.keys().verify(token)).isEmpty();
            assertThat(node.keys().verify(other)).isPresent();
            assertThat(published(node)).doesNotContain(kid).hasSize(2);
            assertThat(node.keys().activeKid(SigningAlgorithm.ES256))
                    .isEqualTo(changed.getLast().kid());
        }
        assertThat(first.rotation().kill(kid)).isEmpty();
        assertThat(first.rotation().kill("unknown")).isEmpty();
        assertThat(DATABASE.jdbc()
                        .sql("select sealed_private is null from signing_key where kid = ?")
                        .param(kid)
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void whereOneIsAnnouncedItTakesTheKilledOnesPlace() {
        Node node = node();
        String announced = node.rotation().rotate().stream()
                .filter(view -> view.algorithm() == SigningAlgorithm.ES256)
                .findFirst()
                .orElseThrow()
                .kid();

        node.rotation().kill(node.keys().activeKid(SigningAlgorithm.ES256));

        assertThat(node.keys().activeKid(SigningAlgorithm.ES256)).isEqualTo(announced);
        assertThat(steps(announced)).containsExactly(AuditKind.KEY_CREATED, AuditKind.KEY_ACTIVATED);
    }

    @Test
    void killingAnAnnouncedKeyChangesNothingForTheOneThatSigns() {
        Node node = node();
        String active = node.keys().activeKid(SigningAlgorithm.RS256);
        String announced = node.rotation().rotate().stream()
                .filter(view -> view.algorithm() == SigningAlgorithm.RS256)
                .findFirst()
                .orElseThrow()
                .kid();

        assertThat(node.rotation().kill(announced)).hasSize(1);

        assertThat(node.keys().activeKid(SigningAlgorithm.RS256)).isEqualTo(active);
    }

    @Test
    void aKeySignsNothingThatOutlivesIt() {
        Node node = node();
        long tooLong = clock.instant().plus(DAY.multipliedBy(2)).getEpochSecond();

        assertThatThrownBy(() -> node.keys().sign(SigningAlgorithm.ES256, "JWT", Map.of("exp", tooLong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("keep-retired");
    }

    @Test
    void anAlgorithmNobodyAskedForGetsItsKeyWhenItFirstSigns() {
        Node first = node();
        Node second = node();

        String token = first.keys().sign(SigningAlgorithm.EDDSA, "JWT", Map.of());
        second.keys().refresh(Duration.ZERO);

        assertThat(second.keys().verify(token)).isPresent();
        assertThat(second.keys().activeKid(SigningAlgorithm.EDDSA))
                .isEqualTo(first.keys().activeKid(SigningAlgorithm.EDDSA));
    }
}
