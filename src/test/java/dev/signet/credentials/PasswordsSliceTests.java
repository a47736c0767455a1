package dev.signet.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.TestDatabase;
import dev.signet.crypto.SecretValue;
import dev.signet.crypto.SlowHash;
import dev.signet.crypto.TestCrypto;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PasswordsSliceTests {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final SlowHash SLOW_HASH = TestCrypto.create().slowHash();
    private static final SecretValue SECRET = new SecretValue("correct horse battery staple");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final PasswordCheck.Correct CORRECT = new PasswordCheck.Correct(false);
    private static final PasswordCheck.Wrong WRONG = new PasswordCheck.Wrong();

    private final Passwords passwords = passwords(SLOW_HASH);
    private final UUID anna = account();

    private static Passwords passwords(SlowHash slowHash) {
        return new Passwords(
                new PasswordStore(DATABASE.jdbc(), Clock.fixed(NOW, ZoneOffset.UTC)),
                slowHash,
                new PasswordRules(new CredentialsProperties(12, List.of("signet"))));
    }

    private static UUID account() {
        UUID id = UUID.randomUUID();
        DATABASE.jdbc()
                .sql("insert into user_account (id, username, created_at, updated_at) values (?, ?, now(), now())")
                .param(id)
                .param(id.toString())
                .update();
        return id;
    }

    private static String stored(UUID user) {
        return DATABASE.jdbc()
                .sql("select hash from password where user_id = ?")
                .param(user)
                .query(String.class)
                .single();
    }

    @Test
    void recognisesThePasswordThatWasSet() {
        passwords.set(anna, SECRET);

        assertThat(passwords.verify(Optional.of(anna), SECRET)).isEqualTo(CORRECT);
        assertThat(passwords.verify(Optional.of(anna), new SecretValue("correct horse battery stapl")))
                .isEqualTo(WRONG);
        assertThat(passwords.verify(Optional.of(anna), new SecretValue("Correct horse battery staple")))
                .isEqualTo(WRONG);
        assertThat(passwords.isSet(anna)).isTrue();
        assertThat(DATABASE.jdbc()
                        .sql("select changed_at from password where user_id = ?")
                        .param(anna)
                        .query(OffsetDateTime.class)
                        .single()
                        .toInstant())
                .isEqualTo(NOW);
    }

    @Test
    void storesASlowHashOnly() {
        passwords.set(anna, SECRET);

        assertThat(stored(anna)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    @Test
    void aNewPasswordReplacesTheOld() {
        passwords.set(anna, SECRET);
        SecretValue next = new SecretValue("another fine passphrase");
        passwords.set(anna, next);

        assertThat(passwords.verify(Optional.of(anna), SECRET)).isEqualTo(WRONG);
        assertThat(passwords.verify(Optional.of(anna), next)).isEqualTo(CORRECT);
    }

    @Test
    void doesNotTellWhetherThereIsAnAccountOrAPassword() {
        assertThat(passwords.verify(Optional.empty(), SECRET)).isEqualTo(WRONG);
        assertThat(passwords.verify(Optional.of(UUID.randomUUID()), SECRET)).isEqualTo(WRONG);
        assertThat(passwords.verify(Optional.of(anna), SECRET)).isEqualTo(WRONG);
        assertThat(passwords.isSet(anna)).isFalse();
    }

    @Test
    void everyCheckCostsExactlyOneHashOfTheSameParameters() {
        Counting counting = new Counting(SLOW_HASH);
        Passwords counted = passwords(counting);
        counted.set(anna, SECRET);
        UUID without = account();
        SecretValue tooLong = new SecretValue("x".repeat(1025));

        for (Optional<UUID> user : List.of(
                Optional.of(anna), Optional.of(without), Optional.of(UUID.randomUUID()), Optional.<UUID>empty())) {
            for (SecretValue attempt : List.of(SECRET, new SecretValue("wrong"), new SecretValue(""), tooLong)) {
                counting.checked.clear();
                counted.verify(user, attempt);
                assertThat(counting.checked).singleElement().asString().startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
            }
        }
    }

    @Test
    void anAccentIsTheSameHoweverItWasTyped() {
        passwords.set(anna, new SecretValue("Cafe\u0301 au lait, bien chaud"));

        assertThat(passwords.verify(Optional.of(anna), new SecretValue("Caf\u00e9 au lait, bien chaud")))
                .isEqualTo(CORRECT);
        assertThat(passwords.verify(Optional.of(anna), new SecretValue("Cafe au lait, bien chaud")))
                .isEqualTo(WRONG);
    }

    @Test
    void longPasswordsAreNeverCutOff() {
        String most = "x".repeat(1023);
        passwords.set(anna, new SecretValue(most + "a"));

        assertThat(passwords.verify(Optional.of(anna), new SecretValue(most + "a")))
                .isEqualTo(CORRECT);
        assertThat(passwords.verify(Optional.of(anna), new SecretValue(most + "b")))
                .isEqualTo(WRONG);
        assertThat(passwords.verify(Optional.of(anna), new SecretValue(most + "aa")))
                .isEqualTo(WRONG);
        assertThatThrownBy(() -> passwords.set(anna, new SecretValue(most + "aa")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("xxx");
        assertThatThrownBy(() -> passwords.set(anna, new SecretValue(""))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWeakerHashIsReplacedWhenItsOwnerSignsIn() {
        String weak = "$argon2id$v=19$m=8192,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$";
        weak += Base64.getEncoder()
                .withoutPadding()
                .encodeToString(TestCrypto.argon2id(SECRET, "somesaltsomesalt", 8192, 1, 1));
        passwords.setHash(anna, weak);

        assertThat(passwords.verify(Optional.of(anna), new SecretValue("wrong")))
                .isEqualTo(WRONG);
        assertThat(stored(anna)).isEqualTo(weak);
        assertThat(passwords.verify(Optional.of(anna), SECRET)).isEqualTo(CORRECT);
        assertThat(stored(anna)).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.verify(Optional.of(anna), SECRET)).isEqualTo(CORRECT);
    }

    @Test
    void takesOverHashesOfOursOnly() {
        String phc = passwords.hash(SECRET);
        passwords.setHash(anna, phc);

        assertThat(passwords.verify(Optional.of(anna), SECRET)).isEqualTo(CORRECT);
        assertThat(passwords.matches(SECRET, phc)).isTrue();
        assertThat(passwords.matches(new SecretValue("x"), phc)).isFalse();
        assertThatThrownBy(
                        () -> passwords.setHash(anna, "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> passwords.setHash(anna, "correct horse battery staple"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("horse");
    }

    @Test
    void tellsWhoMustChooseANewPassword() {
        passwords.set(anna, SECRET);
        DATABASE.jdbc()
                .sql("update password set must_change = true where user_id = ?")
                .param(anna)
                .update();

        assertThat(passwords.verify(Optional.of(anna), SECRET)).isEqualTo(new PasswordCheck.Correct(true));
        passwords.set(anna, SECRET);
        assertThat(passwords.verify(Optional.of(anna), SECRET)).isEqualTo(CORRECT);
    }

    @Test
    void saysThatItIsBusyInsteadOfWrong() {
        passwords.set(anna, SECRET);
        try (var full = TestCrypto.exhaustedSlowHash()) {
            PasswordCheck check = passwords(full.slowHash()).verify(Optional.of(anna), SECRET);

            assertThat(check)
                    .isInstanceOfSatisfying(
                            PasswordCheck.Busy.class,
                            busy -> assertThat(busy.retryAfter()).isPositive());
        }
    }

    /** Notes against what each check was made. */
    private static final class Counting implements SlowHash {

        private final SlowHash real;
        private final List<String> checked = new ArrayList<>();

        Counting(SlowHash real) {
            this.real = real;
        }

        @Override
        public String hash(SecretValue secret) {
            return real.hash(secret);
        }

        @Override
        public boolean matches(SecretValue presented, String phc) {
            checked.add(phc);
            return real.matches(presented, phc);
        }

        @Override
        public boolean accepts(String phc) {
            return real.accepts(phc);
        }

        @Override
        public boolean outdated(String phc) {
            return real.outdated(phc);
        }

        @Override
        public String decoy() {
            return real.decoy();
        }
    }
}
