package dev.signet.login;

import dev.signet.sessions.Browser;
import dev.signet.sessions.SsoSession;
import dev.signet.sessions.SsoSessions;
import dev.signet.theme.AccountView;
import dev.signet.users.User;
import dev.signet.users.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The accounts a browser remembers, as its person may see them. Nothing about other accounts ever shows. */
@Component
class AccountChoice {

    private final SsoSessions sessions;
    private final Users users;

    AccountChoice(SsoSessions sessions, Users users) {
        this.sessions = sessions;
        this.users = users;
    }

    List<AccountView> accounts(Browser browser, Optional<SsoSession> session) {
        List<AccountView> accounts = new ArrayList<>();
        for (UUID id : sessions.rememberedAccounts(browser)) {
            users.byId(id).filter(User::enabled).ifPresent(user -> {
                boolean signedIn = session.filter(s -> s.userId().equals(id)).isPresent();
                accounts.add(new AccountView(id.toString(), user.displayName(), login(user), signedIn));
            });
        }
        return accounts;
    }

    /** The login name of an account this browser remembers; empty for any other. */
    Optional<String> loginOf(Browser browser, String accountId) {
        return sessions.rememberedAccounts(browser).stream()
                .filter(id -> id.toString().equals(accountId))
                .findFirst()
                .flatMap(users::byId)
                .map(AccountChoice::login);
    }

    static String login(User user) {
        String email = user.email();
        return email == null ? user.username() : email;
    }
}
