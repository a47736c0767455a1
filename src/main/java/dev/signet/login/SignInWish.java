package dev.signet.login;

import dev.signet.clients.Client;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an authorization request asks of the person (OpenID Connect Core section 3.1.2.1).
 *
 * @param scope the scopes asked for
 * @param claimScopes scopes of which single claims are asked for ({@code claims} parameter, section 5.5)
 * @param prompts values of {@code prompt}
 * @param maxAge how long ago the person may have shown their password; {@code null} for any time
 * @param subject the only person whose sign-in will do ({@code id_token_hint} or the claim {@code sub}); {@code null}
 *     for anybody
 * @param essentialAcrs levels of which one is demanded ({@code claims} parameter, section 5.5.1.1); empty for any
 */
public record SignInWish(
        Client client,
        Set<String> scope,
        Set<String> claimScopes,
        Set<String> prompts,
        @Nullable Duration maxAge,
        @Nullable String subject,
        Set<String> essentialAcrs) {

    /** All that the person must have allowed. */
    Set<String> asked() {
        Set<String> asked = new LinkedHashSet<>(scope);
        asked.addAll(claimScopes);
        return asked;
    }

    boolean prompt(String value) {
        return prompts.contains(value);
    }
}
