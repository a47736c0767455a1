package dev.signet.clients;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.cluster.Changes;
import dev.signet.cluster.Fresh;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The registered APIs. There are few of them: all are kept in memory together, for as long as clients are, and dropped on
 * all nodes when one changes.
 */
@Service
public class Apis {

    private static final String TOPIC = "api";
    private static final String ALL = "all";

    private final ApiStore store;
    private final Changes changes;
    private final AuditTrail audit;
    private final Clock clock;
    private final Fresh<String, Map<String, Api>> fresh;

    Apis(ApiStore store, Changes changes, AuditTrail audit, ClientsProperties properties, Clock clock) {
        this.store = store;
        this.changes = changes;
        this.audit = audit;
        this.clock = clock;
        this.fresh = new Fresh<>(properties.maxAge(), 1, any -> load());
        changes.subscribe(TOPIC, key -> fresh.dropAll(), fresh::dropAll);
    }

    /** The API, disabled ones too; at most 5 seconds old. Takes any text. */
    public Optional<Api> find(String identifier) {
        return Optional.ofNullable(byIdentifier().get(identifier));
    }

    /**
     * The API a request names. URIs whose path is empty and {@code /} are the same (RFC 3986 section 6.2.3), and
     * libraries write either.
     */
    public Optional<Api> named(String resource) {
        Optional<Api> exact = find(resource);
        if (exact.isPresent()) {
            return exact;
        }
        int authority = resource.indexOf("://");
        if (authority < 1) {
            return Optional.empty();
        }
        int path = resource.indexOf('/', authority + 3);
        if (path < 0) {
            return find(resource + "/");
        }
        return path == resource.length() - 1 ? find(resource.substring(0, path)) : Optional.empty();
    }

    /**
     * The scopes that mean something to the APIs a request names, and those about the person; all of them where it names
     * none. To a resource that is not registered, those scopes mean something that belong to no API.
     */
    public Set<String> narrow(Set<String> scopes, List<String> resources) {
        if (resources.isEmpty()) {
            return scopes;
        }
        Set<String> belonging = new LinkedHashSet<>();
        boolean unregistered = false;
        for (String resource : resources) {
            Optional<Api> api = named(resource);
            api.ifPresent(found -> belonging.addAll(found.scopes()));
            unregistered |= api.isEmpty();
        }
        Set<String> narrowed = new LinkedHashSet<>();
        for (String scope : scopes) {
            if (belonging.contains(scope)
                    || Scopes.isBuiltIn(scope)
                    || (unregistered
                            && all().stream().noneMatch(api -> api.scopes().contains(scope)))) {
                narrowed.add(scope);
            }
        }
        return narrowed;
    }

    /** All APIs, disabled ones too; at most 5 seconds old. */
    public Collection<Api> all() {
        return byIdentifier().values();
    }

    /** All APIs kept by one source, disabled ones too, as they are now. */
    public List<Api> bySource(String source) {
        return store.all().stream().filter(api -> api.source().equals(source)).toList();
    }

    private Map<String, Api> byIdentifier() {
        return fresh.get(ALL);
    }

    /** Registers an API or replaces what is known of it; {@link ApiMetadata} has checked it. Says whether that changed anything. */
    @Transactional
    public boolean register(Api api) {
        Optional<Api> before = Optional.ofNullable(load().get(api.identifier()));
        if (before.equals(Optional.of(api))) {
            return false;
        }
        store.save(api, clock.instant());
        audit.record(AuditEvent.of(before.isPresent() ? AuditKind.API_CHANGED : AuditKind.API_REGISTERED)
                .actor(api.source())
                .detail("api", api.identifier()));
        changes.publish(TOPIC, ALL);
        return true;
    }

    /** Issues no token for an API from now on; registering it again lets it back in. */
    @Transactional
    public void disable(String identifier, String reason) {
        if (store.disable(identifier, clock.instant())) {
            audit.record(AuditEvent.of(AuditKind.API_DISABLED).reason(reason).detail("api", identifier));
            changes.publish(TOPIC, ALL);
        }
    }

    private Map<String, Api> load() {
        Map<String, Api> all = new LinkedHashMap<>();
        store.all().forEach(api -> all.put(api.identifier(), api));
        return Collections.unmodifiableMap(all);
    }
}
