package dev.signet.users;

import java.util.UUID;

/** Published within the transaction that disables a person: whoever holds something of theirs ends it in the same one. */
public record UserDisabled(UUID userId) {}
