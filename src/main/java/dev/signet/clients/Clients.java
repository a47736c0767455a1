package dev.signet.clients;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.cluster.Changes;
import dev.signet.cluster.Fresh;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The registered clients.
 *
 * <p>What requests ask for is kept in memory for at most {@link ClientsProperties#maxAge()}, absent ones too, and dropped
 * on all nodes when it changes.
 */
@Service
public class Clients {

    static final String TOPIC = "client";

    /** The source of entries made by an administrator or by registration. */
    public static final String SOURCE_API = "api";

    private static final String EVERYONE = "*";

    /** What an id of ours can look like; anything else is unknown without asking the database. */
    private static final Pattern PLAUSIBLE_ID = Pattern.compile("[\\x21-\\x7E]{1,200}");

    private final ClientStore store;
    private final Changes changes;
    private final AuditTrail audit;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Fresh<String, Optional<StoredClient>> fresh;
    private final Fresh<String, Set<String>> origins;

    Clients(
            ClientStore store,
            Changes changes,
            AuditTrail audit,
            ClientsProperties properties,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.changes = changes;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.fresh = new Fresh<>(properties.maxAge(), properties.capacity(), store::find);
        this.origins = new Fresh<>(properties.maxAge(), 1, any -> Set.copyOf(store.corsOrigins()));
        changes.subscribe(TOPIC, this::drop, this::dropAll);
    }

    /** The client, if there is one that is not disabled; at most 5 seconds old. Takes any text. */
    public Optional<Client> byClientId(String clientId) {
        return stored(clientId).map(StoredClient::client);
    }

    /** The client as it is now, disabled ones too: for who edits it. */
    public Optional<Client> find(String clientId) {
        return store.find(clientId).map(StoredClient::client);
    }

    /** All clients kept by one source, disabled ones too, as they are now. */
    public List<Client> bySource(String source) {
        return store.bySource(source);
    }

    /** All origins that some client registered for scripts (CORS); at most 5 seconds old. */
    public Set<String> corsOrigins() {
        return origins.get(EVERYONE);
    }

    /** The algorithms by which clients want their tokens signed, as they are now. */
    public Set<String> signingAlgorithms() {
        return store.signingAlgorithms();
    }

    /** Calls back when any client may have changed, on whichever node; the call-back must be quick and not block. */
    public void onChange(Runnable listener) {
        changes.subscribe(TOPIC, any -> listener.run(), listener);
    }

    /**
     * Registers a client or replaces what is known of it; {@link ClientMetadata} has checked it. Says whether that changed
     * anything.
     */
    @Transactional
    public boolean register(Client client) {
        Optional<Client> before = find(client.clientId());
        if (before.equals(Optional.of(client))) {
            return false;
        }
        store.save(client, clock.instant());
        AuditKind kind = before.isPresent() ? AuditKind.CLIENT_CHANGED : AuditKind.CLIENT_REGISTERED;
        audit.record(AuditEvent.of(kind).client(client.clientId()).actor(client.source()));
        changed(client.clientId());
        return true;
    }

    /** Refuses a client everywhere from now on, as if it did not exist; registering it again lets it back in. */
    @Transactional
    public void disable(String clientId, String reason) {
        if (store.disable(clientId, clock.instant())) {
            audit.record(
                    AuditEvent.of(AuditKind.CLIENT_DISABLED).client(clientId).reason(reason));
            events.publishEvent(new ClientDisabled(clientId));
            changed(clientId);
        }
    }

    Optional<StoredClient> stored(String clientId) {
        if (!PLAUSIBLE_ID.matcher(clientId).matches()) {
            return Optional.empty();
        }
        Optional<StoredClient> found = fresh.get(clientId);
        return found.isPresent() && found.get().client().disabled() ? Optional.empty() : found;
    }

    void changed(String clientId) {
        changes.publish(TOPIC, clientId);
    }

    private void drop(String clientId) {
        fresh.drop(clientId);
        origins.dropAll();
    }

    private void dropAll() {
        fresh.dropAll();
        origins.dropAll();
    }
}
