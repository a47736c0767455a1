package dev.signet.clients;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.cluster.Changes;
import dev.signet.cluster.Fresh;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The scopes that exist: the standard ones (OpenID Connect Core sections 5.4 and 11) and those of this installation. */
@Service
public class Scopes {

    private static final String TOPIC = "scope";
    private static final String ALL = "all";

    private static final Map<String, Scope> BUILT_IN = builtIn();

    private final ScopeStore store;
    private final Changes changes;
    private final AuditTrail audit;
    private final Fresh<String, Map<String, Scope>> fresh;

    Scopes(ScopeStore store, Changes changes, AuditTrail audit) {
        this.store = store;
        this.changes = changes;
        this.audit = audit;
        this.fresh = new Fresh<>(Duration.ofSeconds(5), 1, any -> load());
        changes.subscribe(TOPIC, key -> fresh.dropAll(), fresh::dropAll);
    }

    public Optional<Scope> find(String name) {
        Scope standard = BUILT_IN.get(name);
        return standard != null ? Optional.of(standard) : Optional.ofNullable(all().get(name));
    }

    /** All scopes by name, standard ones first; at most 5 seconds old. */
    public Map<String, Scope> all() {
        return fresh.get(ALL);
    }

    /** Whether the name belongs to the standard, and so cannot be redefined. */
    public static boolean isBuiltIn(String name) {
        return BUILT_IN.containsKey(name);
    }

    /** The claims that a standard scope asks for, in the order of the specification; none for any other scope. */
    public static Set<String> standardClaims(String name) {
        Scope standard = BUILT_IN.get(name);
        return standard == null ? Set.of() : standard.claims();
    }

    /** Adds a scope or replaces its text; says whether that changed anything. */
    @Transactional
    public boolean put(Scope scope) {
        if (isBuiltIn(scope.name())) {
            throw new IllegalArgumentException("The scope " + scope.name() + " is a standard one");
        }
        if (!store.put(scope)) {
            return false;
        }
        audit.record(AuditEvent.of(AuditKind.SCOPE_CHANGED).detail("scope", scope.name()));
        changes.publish(TOPIC, scope.name());
        return true;
    }

    private Map<String, Scope> load() {
        Map<String, Scope> all = new LinkedHashMap<>(BUILT_IN);
        Collection<Scope> own = store.all();
        own.forEach(scope -> all.putIfAbsent(scope.name(), scope));
        return Collections.unmodifiableMap(all);
    }

    private static Map<String, Scope> builtIn() {
        Map<String, Scope> scopes = new LinkedHashMap<>();
        add(scopes, "openid", ordered("sub"));
        add(
                scopes,
                "profile",
                ordered(
                        "name",
                        "family_name",
                        "given_name",
                        "middle_name",
                        "nickname",
                        "preferred_username",
                        "profile",
                        "picture",
                        "website",
                        "gender",
                        "birthdate",
                        "zoneinfo",
                        "locale",
                        "updated_at"));
        add(scopes, "email", ordered("email", "email_verified"));
        add(scopes, "address", ordered("address"));
        add(scopes, "phone", ordered("phone_number", "phone_number_verified"));
        add(scopes, "offline_access", ordered());
        return scopes;
    }

    private static Set<String> ordered(String... claims) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(claims)));
    }

    private static void add(Map<String, Scope> scopes, String name, Set<String> claims) {
        scopes.put(name, new Scope(name, null, claims));
    }
}
