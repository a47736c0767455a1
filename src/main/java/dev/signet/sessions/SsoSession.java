package dev.signet.sessions;

import java.time.Instant;
import java.util.UUID;

/**
 * One person signed in at one browser: what lets further apps sign the same person in without asking again.
 *
 * @param id the session; apps never see it, each gets a {@code sid} of its own
 * @param userId the person
 * @param browserId the browser it belongs to
 * @param passwordAt when the password was last shown: the {@code auth_time} of tokens (OpenID Connect Core section 2)
 * @param remembered whether the person chose to stay signed in
 */
public record SsoSession(UUID id, UUID userId, UUID browserId, Instant passwordAt, boolean remembered) {}
