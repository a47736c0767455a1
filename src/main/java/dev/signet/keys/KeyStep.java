package dev.signet.keys;

import dev.signet.audit.AuditKind;

/**
 * One step of a signing key's life.
 *
 * @param kind the step, as the audit trail names it
 * @param key the key as it is afterwards
 */
record KeyStep(AuditKind kind, SigningKey key) {}
