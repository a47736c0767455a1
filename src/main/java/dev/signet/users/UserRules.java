package dev.signet.users;

import dev.signet.users.UserRefused.Problem;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for accounts, in one place. */
final class UserRules {

    private static final int LONGEST_USERNAME = 200;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_LOGIN = 254;

    /** Loose on purpose: only a confirmation mail can tell whether an address works. No quotes, one {@code @}. */
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@\"<>,;:\\\\\\p{Cntrl}]{1,64}@[^\\s@\"<>,;:\\\\\\p{Cntrl}]+");

    private static final Pattern FORBIDDEN_IN_USERNAME = Pattern.compile("[\\s\\p{C}]");
    private static final Pattern ROLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    private UserRules() {}

    /** The account in canonical form. */
    static NewUser checked(NewUser wanted) {
        String username = Users.canonical(wanted.username());
        String email = wanted.email() == null ? null : checkedEmail(wanted.email());
        if (username.isEmpty()) {
            throw new UserRefused(Problem.USERNAME_MISSING);
        }
        if (username.length() > LONGEST_USERNAME) {
            throw new UserRefused(Problem.USERNAME_TOO_LONG);
        }
        if (FORBIDDEN_IN_USERNAME.matcher(username).find()) {
            throw new UserRefused(Problem.USERNAME_HAS_FORBIDDEN_CHARACTERS);
        }
        if (username.contains("@") && !username.equals(email)) {
            throw new UserRefused(Problem.USERNAME_IS_A_FOREIGN_ADDRESS);
        }
        Set<String> roles = new LinkedHashSet<>();
        for (String role : wanted.roles()) {
            if (!ROLE.matcher(role).matches()) {
                throw new UserRefused(Problem.ROLE_MALFORMED);
            }
            roles.add(role);
        }
        checkAttributes(wanted.attributes());
        return new NewUser(
                username,
                email,
                email != null && wanted.emailVerified(),
                wanted.profile(),
                roles,
                wanted.attributes(),
                wanted.source());
    }

    private static void checkAttributes(Attributes attributes) {
        boolean refused = attributes.values().size() > AttributeRules.MOST
                || attributes.values().entrySet().stream()
                        .anyMatch(attribute -> AttributeRules.refusalOfName(attribute.getKey())
                                        .isPresent()
                                || AttributeRules.refusal(attribute.getValue()).isPresent());
        if (refused) {
            throw new UserRefused(Problem.ATTRIBUTE_REFUSED);
        }
    }

    private static @Nullable String checkedEmail(String typed) {
        String email = Users.canonical(typed);
        if (email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches()) {
            throw new UserRefused(Problem.EMAIL_MALFORMED);
        }
        return email;
    }

    /** Whether it is worth asking the database, which refuses NUL; everything else is simply not found. */
    static boolean plausibleLogin(String canonical) {
        return !canonical.isEmpty() && canonical.length() <= LONGEST_LOGIN && canonical.indexOf('\0') < 0;
    }
}
