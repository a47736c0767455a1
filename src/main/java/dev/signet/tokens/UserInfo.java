package dev.signet.tokens;

import dev.signet.clients.Client;
import java.util.Map;

/**
 * What the UserInfo endpoint may tell about a person (OpenID Connect Core section 5.3.2).
 *
 * @param client the client the access token was issued to
 * @param claims {@code sub} first
 */
public record UserInfo(Client client, Map<String, Object> claims) {}
