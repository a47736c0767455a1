package dev.signet.keys;

/**
 * A signing key was killed: whoever holds its private half may sign what they like, so nothing it signed may be believed
 * any more. Published inside the transaction that kills it, so that its tokens end with it or not at all.
 */
public record KeyKilled(String kid) {}
