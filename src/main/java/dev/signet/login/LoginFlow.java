package dev.signet.login;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in in progress: what was asked for, and what the person has shown so far. It is never a session.
 *
 * @param handle names the flow in addresses; worthless in another browser
 * @param clientId the app on whose behalf it runs; {@code null} for visits to our own pages
 * @param request the app's authorization request as it came, form-encoded; {@code null} without an app
 * @param target where to go on without an app, a path of ours
 * @param userId who has shown a password, or has answered the consent page, in this flow
 * @param passwordAt when the password was shown in this flow
 * @param sessionId the session that password has started or renewed
 * @param chosen whether the person has chosen an account
 * @param allowedScopes what the person has allowed on the consent page; {@code null} before
 * @param denied whether the person has turned back
 */
public record LoginFlow(
        String handle,
        UUID id,
        @Nullable String clientId,
        @Nullable String request,
        @Nullable String target,
        @Nullable UUID userId,
        @Nullable Instant passwordAt,
        @Nullable UUID sessionId,
        boolean chosen,
        @Nullable Set<String> allowedScopes,
        boolean denied) {

    /** A parameter of the app's request. */
    public Optional<String> parameter(String name) {
        return parameters(name).stream().findFirst();
    }

    /** All values of a parameter that may have several. */
    public List<String> parameters(String name) {
        if (request == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        String start = name + "=";
        for (String pair : request.split("&")) {
            if (pair.length() > start.length() && pair.startsWith(start)) {
                values.add(URLDecoder.decode(pair.substring(start.length()), StandardCharsets.UTF_8));
            }
        }
        return values;
    }
}
