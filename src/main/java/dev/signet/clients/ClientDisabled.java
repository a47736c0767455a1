package dev.signet.clients;

/**
 * A client may not be used any more. Published inside the transaction that bars it, so that its tokens end with it or not
 * at all.
 */
public record ClientDisabled(String clientId) {}
