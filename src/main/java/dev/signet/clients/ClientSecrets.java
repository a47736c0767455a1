package dev.signet.clients;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.clients.StoredClient.StoredSecret;
import dev.signet.crypto.Handle;
import dev.signet.crypto.HandleKind;
import dev.signet.crypto.Handles;
import dev.signet.crypto.Ids;
import dev.signet.crypto.KeyedHash;
import dev.signet.crypto.SecretValue;
import dev.signet.crypto.SlowHash;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The secrets by which confidential clients prove who they are (RFC 6749 section 2.3.1).
 *
 * <p>Secrets made here carry 256 random bits and need no slow hash; they are handles, kept as
 * a keyed hash. Secrets that
 * somebody chose are kept as Argon2id hashes. To spare that price at every request, a chosen secret that was found right
 * once is recognised by {@link SecretMemo} from then on.
 *
 * <p>Guards against telling clients apart by time: every refusal (no such client, one without secret, a wrong secret, one
 * that ran out) costs exactly one slow check. A success may be quick: who has the secret learns nothing by that.
 */
@Service
public class ClientSecrets {

    /** How many secrets a client may have at once, so that a new one can be rolled out before the old one goes. */
    static final int MOST = 2;

    private static final String MADE_HERE = "hmac:";
    private static final String CONTEXT = "client secret";

    private final Clients clients;
    private final ClientStore store;
    private final Handles handles;
    private final KeyedHash keyedHash;
    private final SlowHash slowHash;
    private final Ids ids;
    private final AuditTrail audit;
    private final Clock clock;
    private final SecretMemo memo = new SecretMemo();
    private final String decoy;

    ClientSecrets(
            Clients clients,
            ClientStore store,
            Handles handles,
            KeyedHash keyedHash,
            SlowHash slowHash,
            Ids ids,
            AuditTrail audit,
            Clock clock) {
        this.clients = clients;
        this.store = store;
        this.handles = handles;
        this.keyedHash = keyedHash;
        this.slowHash = slowHash;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
        this.decoy = slowHash.decoy();
    }

    /**
     * Whether the secret is one of the client's. Ask it for unknown clients as well (empty), or time will tell them.
     *
     * @throws dev.signet.crypto.HashingBusy if too many slow checks are waiting already
     */
    public boolean matches(Optional<Client> client, SecretValue presented) {
        return matches(client, presented, () -> {});
    }

    /**
     * The same for callers that limit slow checks.
     *
     * @param beforeSlowCheck called just before one, so not for secrets made here or remembered; may throw to prevent it
     */
    public boolean matches(Optional<Client> client, SecretValue presented, Runnable beforeSlowCheck) {
        List<StoredSecret> valid = client.flatMap(known -> clients.stored(known.clientId()))
                .map(this::valid)
                .orElse(List.of());
        Optional<Handle> handle = handles.parse(HandleKind.CLIENT_SECRET, presented.reveal());
        if (handle.isPresent() && valid.stream().anyMatch(secret -> madeHere(secret, handle.get()))) {
            return true;
        }
        Optional<StoredSecret> chosen = valid.stream()
                .filter(secret -> !secret.hash().startsWith(MADE_HERE))
                .findFirst();
        if (chosen.isPresent() && memo.remembers(chosen.get(), presented)) {
            return true;
        }
        beforeSlowCheck.run();
        boolean right =
                slowHash.matches(presented, chosen.map(StoredSecret::hash).orElse(decoy)) && chosen.isPresent();
        if (right) {
            memo.remember(chosen.get(), presented);
        }
        return right;
    }

    private List<StoredSecret> valid(StoredClient client) {
        Instant now = clock.instant();
        return client.secrets().stream().filter(secret -> secret.validAt(now)).toList();
    }

    private boolean madeHere(StoredSecret secret, Handle presented) {
        return secret.id().equals(presented.id())
                && secret.hash().startsWith(MADE_HERE)
                && keyedHash.matches(
                        CONTEXT,
                        presented.value().reveal(),
                        Base64.getUrlDecoder().decode(secret.hash().substring(MADE_HERE.length())));
    }

    /**
     * Makes a new secret, to be shown once. The client's other secrets keep working, but no more than {@value #MOST} at
     * once: the oldest goes.
     */
    @Transactional
    public SecretValue issue(String clientId) {
        makeRoom(clientId);
        Handle handle = handles.mint(HandleKind.CLIENT_SECRET, ids.next());
        byte[] mac = keyedHash.of(CONTEXT, handle.value().reveal());
        String hash = MADE_HERE + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
        store.addSecret(handle.id(), clientId, hash, clock.instant());
        audit.record(AuditEvent.of(AuditKind.CLIENT_SECRET_ISSUED).client(clientId));
        clients.changed(clientId);
        return handle.value();
    }

    /** Sets the secret that somebody chose for the client, in place of the one chosen before, if any. */
    @Transactional
    public void choose(String clientId, SecretValue chosen) {
        withdrawChosen(clientId);
        makeRoom(clientId);
        store.addSecret(ids.next(), clientId, slowHash.hash(chosen), clock.instant());
        audit.record(
                AuditEvent.of(AuditKind.CLIENT_SECRET_ISSUED).client(clientId).detail("chosen", "true"));
        clients.changed(clientId);
    }

    /** Withdraws the chosen secret, if there is one. */
    @Transactional
    public void withdrawChosen(String clientId) {
        secrets(clientId).stream()
                .filter(secret -> !secret.hash().startsWith(MADE_HERE))
                .forEach(secret -> withdraw(clientId, secret));
    }

    private void makeRoom(String clientId) {
        List<StoredSecret> present = secrets(clientId);
        for (int i = 0; i <= present.size() - MOST; i++) {
            withdraw(clientId, present.get(i));
        }
    }

    private void withdraw(String clientId, StoredSecret secret) {
        store.deleteSecret(secret.id());
        memo.forget(secret);
        audit.record(AuditEvent.of(AuditKind.CLIENT_SECRET_WITHDRAWN).client(clientId));
        clients.changed(clientId);
    }

    private List<StoredSecret> secrets(String clientId) {
        return store.find(clientId).map(StoredClient::secrets).orElse(List.of());
    }
}
