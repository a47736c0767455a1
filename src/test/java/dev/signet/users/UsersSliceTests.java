package dev.signet.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.HandMovedClock;
import dev.signet.TestDatabase;
import dev.signet.TestModules;
import dev.signet.Together;
import dev.signet.audit.AuditTrail;
import dev.signet.crypto.Ids;
import dev.signet.users.UserRefused.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersSliceTests {

    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final TestModules NODE = TestModules.start(DATABASE);

    private final HandMovedClock clock = new HandMovedClock();
    private final List<Object> published = new ArrayList<>();
    private final Users users = new Users(
            NODE.get(UserStore.class), NODE.get(Ids.class), NODE.get(AuditTrail.class), published::add, clock);

    @BeforeEach
    void nobody() {
        DATABASE.jdbc().sql("delete from user_account").update();
    }

    @AfterAll
    static void stop() {
        NODE.close();
    }

    private static NewUser ada() {
        return new NewUser("ada", "ada@example.com", true, Profile.named("Ada L."), Set.of("user"), "api");
    }

    private static Problem problem(NewUser user) {
        try {
            Users.checked(user);
            throw new AssertionError("taken: " + user);
        } catch (UserRefused e) {
            return e.problem();
        }
    }

    @Test
    void keepsEverythingThereIsToKnow() {
        Profile profile = new Profile(
                "Ada L.",
                "Ada",
                "L.",
                "M.",
                "al",
                "https://a.example/",
                "https://a.example/p.png",
                "https://ada.example/",
                "female",
                "1815-12-10",
                "Europe/London",
                "en-GB",
                "+44 20 1234",
                true,
                new Profile.Address("Road 1\nLondon", "Road 1", "London", "LDN", "N1", "GB"));
        User user = users.create(new NewUser("Ada", "Ada@Example.com", true, profile, Set.of("user", "owner"), "api"));

        assertThat(users.byId(user.id())).contains(user);
        assertThat(user.username()).isEqualTo("ada");
        assertThat(user.email()).isEqualTo("ada@example.com");
        assertThat(user.emailVerified()).isTrue();
        assertThat(user.profile()).isEqualTo(profile);
        assertThat(user.roles()).containsExactlyInAnyOrder("user", "owner");
        assertThat(user.updatedAt()).isEqualTo(clock.instant());
        assertThat(user.enabled()).isTrue();
        assertThat(user.id().version()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "ADA", "  ada\t", "ada@example.com", "Ada@EXAMPLE.com ", "\uFF41da"})
    void findsThePersonByWhatTheyType(String typed) {
        User user = users.create(ada());
        assertThat(users.byLogin(typed)).contains(user);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\0", "a%", "ada@", "' or ''='"})
    void findsNobodyByAnythingElse(String typed) {
        users.create(ada());
        assertThat(users.byLogin(typed)).isEmpty();
    }

    @Test
    void findsNobodyByVeryLongText() {
        assertThat(users.byLogin("x".repeat(1_000_000))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'',a@example.com,USERNAME_MISSING",
        "a b,,USERNAME_HAS_FORBIDDEN_CHARACTERS",
        "a\u202Eb,,USERNAME_HAS_FORBIDDEN_CHARACTERS",
        "eve@example.com,,USERNAME_IS_A_FOREIGN_ADDRESS",
        "ada@example.com,eve@example.com,USERNAME_IS_A_FOREIGN_ADDRESS",
        "eve,eve,EMAIL_MALFORMED",
        "eve,a@b@c,EMAIL_MALFORMED",
        "eve,'a b@c',EMAIL_MALFORMED",
        "eve,\"<a@b>\",EMAIL_MALFORMED"
    })
    void refusesAccountsThatCouldBeTakenForOthers(String username, String email, Problem expected) {
        assertThat(problem(new NewUser(username, email, false, Profile.EMPTY, Set.of(), "api")))
                .isEqualTo(expected);
    }

    @Test
    void refusesOddRolesAndVeryLongNames() {
        assertThat(problem(new NewUser("eve", null, false, Profile.EMPTY, Set.of("a b"), "api")))
                .isEqualTo(Problem.ROLE_MALFORMED);
        assertThat(problem(new NewUser("e".repeat(201), null, false, Profile.EMPTY, Set.of(), "api")))
                .isEqualTo(Problem.USERNAME_TOO_LONG);
    }

    @Test
    void nameAndAddressAreUniqueInAnyCase() {
        users.create(ada());
        assertThatThrownBy(() -> users.create(new NewUser("ADA", null, false, Profile.EMPTY, Set.of(), "api")))
                .isInstanceOfSatisfying(
                        UserRefused.class, e -> assertThat(e.problem()).isEqualTo(Problem.USERNAME_TAKEN));
        assertThatThrownBy(() ->
                        users.create(new NewUser("eve", "ADA@example.com", false, Profile.EMPTY, Set.of(), "api")))
                .isInstanceOfSatisfying(
                        UserRefused.class, e -> assertThat(e.problem()).isEqualTo(Problem.EMAIL_TAKEN));
    }

    @Test
    void ofManyWhoTakeTheSameNameAtOnceOneGetsIt() throws Exception {
        Users wired = NODE.get(Users.class);

        List<Boolean> got = Together.run(50, () -> {
            try {
                wired.create(ada());
                return true;
            } catch (UserRefused e) {
                return false;
            }
        });

        assertThat(got.stream().filter(one -> one)).hasSize(1);
    }

    @Test
    void replacesWhatChanged() {
        User user = users.create(ada());
        clock.move(Duration.ofHours(1));

        User changed = users.update(user.id(), new NewUser("ada", null, false, Profile.EMPTY, Set.of("owner"), "file"));

        assertThat(changed.email()).isNull();
        assertThat(changed.profile()).isEqualTo(Profile.EMPTY);
        assertThat(changed.roles()).containsExactly("owner");
        assertThat(changed.source()).isEqualTo("file");
        assertThat(changed.updatedAt()).isEqualTo(clock.instant());
        assertThat(users.anyoneHas(Users.OWNER)).isTrue();
        assertThat(users.bySource("file")).containsExactly(changed);
    }

    @Test
    void disablingIsToldOnce() {
        UUID id = users.create(ada()).id();
        Instant now = clock.instant();

        users.disable(id, "test");
        clock.move(Duration.ofHours(1));
        users.disable(id, "test");

        assertThat(published).containsExactly(new UserDisabled(id));
        assertThat(users.byId(id).orElseThrow().disabledAt()).isEqualTo(now);

        users.enable(id);
        assertThat(users.byId(id).orElseThrow().enabled()).isTrue();
    }

    @Test
    void masksAddresses() {
        assertThat(Users.maskedEmail("ada@example.com")).isEqualTo("a•••@example.com");
        assertThat(Users.maskedEmail("no address")).isEqualTo("•••");
    }
}
