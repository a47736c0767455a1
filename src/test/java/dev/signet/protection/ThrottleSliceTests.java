package dev.signet.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.HandMovedClock;
import dev.signet.TestDatabase;
import dev.signet.TestModules;
import dev.signet.Together;
import dev.signet.crypto.KeyedHash;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ThrottleSliceTests {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final TestModules NODE = TestModules.start(DATABASE);

    private final HandMovedClock clock = new HandMovedClock();
    private final Throttle throttle = new Throttle(
            new ThrottleStore(DATABASE.jdbc()),
            new ProtectionProperties(null, null, null, null, null),
            NODE.get(KeyedHash.class),
            clock);
    private final SignInGuard guard = new SignInGuard(throttle);

    @BeforeEach
    void forget() {
        DATABASE.jdbc().sql("delete from throttle").update();
    }

    @AfterAll
    static void stop() {
        NODE.close();
    }

    private static long admitted(List<Admission> admissions) {
        return admissions.stream().filter(Admission::admitted).count();
    }

    @Nested
    class Buckets {

        private boolean take() {
            return throttle.take(Rule.SIGN_IN_ACCOUNT, "ada").admitted();
        }

        private void empty() {
            for (int i = 0; i < 10; i++) {
                assertThat(take()).as("attempt " + i).isTrue();
            }
            assertThat(take()).isFalse();
        }

        @Test
        void holdAsManyAttemptsAsTheLimitSays() {
            empty();
        }

        @Test
        void admitNoMoreThanThatHoweverManyAskAtOnce() throws Exception {
            List<Admission> admissions = Together.run(50, () -> throttle.take(Rule.SIGN_IN_ACCOUNT, "ada"));
            assertThat(admitted(admissions)).isEqualTo(10);
        }

        @Test
        void fillUpAgainEvenly() {
            empty();
            clock.move(Duration.ofSeconds(89));
            assertThat(take()).isFalse();
            clock.move(Duration.ofSeconds(1));
            assertThat(take()).isTrue();
            assertThat(take()).isFalse();
            clock.move(Duration.ofHours(5));
            empty();
        }

        @Test
        void sayWhenToTryAgain() {
            empty();
            clock.move(Duration.ofSeconds(30));
            assertThat(throttle.take(Rule.SIGN_IN_ACCOUNT, "ada"))
                    .isEqualTo(new Admission.Refused(Duration.ofSeconds(60)));
        }

        @Test
        void areNotDrainedByRefusedAttempts() {
            empty();
            for (int i = 0; i < 100; i++) {
                take();
            }
            clock.move(Duration.ofSeconds(90));
            assertThat(take()).isTrue();
        }

        @Test
        void takeBackWhatNeedNotCountButNeverOverflow() {
            empty();
            throttle.giveBack(Rule.SIGN_IN_ACCOUNT, "ada");
            assertThat(take()).isTrue();
            assertThat(take()).isFalse();

            clock.move(Duration.ofHours(1));
            throttle.giveBack(Rule.SIGN_IN_ACCOUNT, "ada");
            throttle.giveBack(Rule.SIGN_IN_ACCOUNT, "nobody");
            empty();
        }

        @Test
        void areSeparateByRuleAndKey() {
            empty();
            assertThat(throttle.take(Rule.SIGN_IN_ACCOUNT, "bob").admitted()).isTrue();
            assertThat(throttle.take(Rule.SIGN_IN_KNOWN_DEVICE, "ada").admitted())
                    .isTrue();
        }

        @Test
        void doNotTellWhoseTheyAre() {
            take();
            String rows = DATABASE.jdbc()
                    .sql("select string_agg(encode(key, 'escape'), ' ') from throttle")
                    .query(String.class)
                    .single();
            assertThat(rows).doesNotContain("ada");
        }

        @Test
        void areNotCountedWithinATransactionWhoseRollbackWouldUndoIt() {
            TransactionTemplate transaction =
                    new TransactionTemplate(new JdbcTransactionManager(DATABASE.dataSource()));
            assertThatThrownBy(() -> transaction.execute(status -> throttle.take(Rule.SIGN_IN_ACCOUNT, "ada")))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** Requirement C4: it cannot be passed, and it is no weapon against the owner. */
    @Nested
    class Guard {

        private static final UUID ADA = UUID.fromString("00000000-0000-7000-8000-000000000001");

        private static SignInAttempt attempt(String typedName, boolean knownDevice, String address) {
            return new SignInAttempt(typedName, Optional.empty(), knownDevice, address);
        }

        private static SignInAttempt atAda(String typedName) {
            return new SignInAttempt(typedName, Optional.of(ADA), false, "203.0.113.5");
        }

        @Test
        void anotherNameOfTheAccountDoesNotHelpAndIsNotToldApart() {
            for (int i = 0; i < 10; i++) {
                assertThat(guard.admit(atAda("ada")).admitted()).isTrue();
            }
            assertThat(guard.admit(atAda("ada"))).isInstanceOf(Admission.Refused.class);
            for (int i = 0; i < 10; i++) {
                assertThat(guard.admit(atAda("ada@example.com"))).isInstanceOf(Admission.Disguised.class);
            }
            assertThat(guard.admit(atAda("ada@example.com"))).isInstanceOf(Admission.Refused.class);
        }

        @Test
        void fiftyParallelAttemptsNeverPassTheLimit() throws Exception {
            assertThat(admitted(Together.run(50, () -> guard.admit(attempt("ada", false, "203.0.113.5")))))
                    .isEqualTo(10);
        }

        @Test
        void switchingTheAddressDoesNotHelp() {
            int admitted = 0;
            for (int i = 0; i < 50; i++) {
                admitted += guard.admit(attempt("ada", false, "203.0.113." + i)).admitted() ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(10);
        }

        @Test
        void switchingTheAccountDoesNotHelp() {
            int admitted = 0;
            for (int i = 0; i < 200; i++) {
                admitted += guard.admit(attempt("person " + i, false, "203.0.113.5"))
                                .admitted()
                        ? 1
                        : 0;
            }
            assertThat(admitted).isEqualTo(100);
        }

        @Test
        void switchingWithinANetworkOfVersionSixDoesNotHelp() {
            int admitted = 0;
            for (int i = 0; i < 200; i++) {
                admitted += guard.admit(attempt("person " + i, false, "2001:db8:1:2::" + Integer.toHexString(i)))
                                .admitted()
                        ? 1
                        : 0;
            }
            assertThat(admitted).isEqualTo(100);
            assertThat(guard.admit(attempt("person", false, "2001:db8:1:3::1")).admitted())
                    .isTrue();
        }

        @Test
        void writingTheNameOtherwiseDoesNotHelp() {
            String[] names = {"ada", "ADA", " ada ", "\uFF41da"};
            int admitted = 0;
            for (int i = 0; i < 40; i++) {
                admitted +=
                        guard.admit(attempt(names[i % 4], false, "203.0.113.5")).admitted() ? 1 : 0;
            }
            assertThat(admitted).isEqualTo(10);
        }

        @Test
        void aKnownDeviceOfTheOwnerIsNotLockedOut() {
            for (int i = 0; i < 500; i++) {
                guard.admit(attempt("ada", false, "203.0.113.5"));
                guard.admit(attempt("person " + i, false, "203.0.113.5"));
            }
            assertThat(guard.admit(attempt("ada", true, "203.0.113.5")).admitted())
                    .isTrue();
        }

        @Test
        void aKnownDeviceHasALimitOfItsOwn() throws Exception {
            assertThat(admitted(Together.run(50, () -> guard.admit(attempt("ada", true, "203.0.113.5")))))
                    .isEqualTo(10);
        }

        @Test
        void successGivesBackItsOwnAttemptOnly() {
            for (int i = 0; i < 9; i++) {
                guard.admit(attempt("ada", false, "203.0.113.5"));
            }
            for (int i = 0; i < 50; i++) {
                assertThat(guard.admit(attempt("ada", false, "203.0.113.5")).admitted())
                        .isTrue();
                guard.giveBack(attempt("ada", false, "203.0.113.5"));
            }
            assertThat(guard.admit(attempt("ada", false, "203.0.113.5")).admitted())
                    .isTrue();
            assertThat(guard.admit(attempt("ada", false, "203.0.113.5")).admitted())
                    .isFalse();
        }

        @Test
        void attemptsAtABarredAccountDoNotBarTheAddress() {
            for (int i = 0; i < 500; i++) {
                guard.admit(attempt("ada", false, "203.0.113.5"));
            }
            assertThat(guard.admit(attempt("bob", false, "203.0.113.5")).admitted())
                    .isTrue();
        }
    }
}
