package dev.signet.tokens;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.clients.ClaimMapping;
import dev.signet.clients.Client;
import dev.signet.clients.Scope;
import dev.signet.clients.Scopes;
import dev.signet.privacy.SensitiveData;
import dev.signet.users.User;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Adds the claims that scopes and clients map from what the installation knows of a person. Values were judged when they
 * came in and are judged again here: rules grow stricter, and data come in by other ways. What looks like a password or a
 * card number is left out.
 */
@Service
class MappedClaims {

    private static final Logger LOG = LoggerFactory.getLogger(MappedClaims.class);

    private final Scopes scopes;
    private final AuditTrail audit;

    MappedClaims(Scopes scopes, AuditTrail audit) {
        this.scopes = scopes;
        this.audit = audit;
    }

    /** Adds what belongs to the scopes granted and to the client; a claim that is there already stays as it is. */
    void add(User user, Client client, Set<String> granted, ClaimMapping.Place place, Map<String, Object> claims) {
        for (String name : granted) {
            if (!Scopes.isBuiltIn(name)) {
                Optional<Scope> scope = scopes.find(name);
                if (scope.isPresent()) {
                    add(user, client, scope.get().mappings(), place, claims);
                }
            }
        }
        add(user, client, client.disclosure().claims(), place, claims);
    }

    private void add(
            User user,
            Client client,
            List<ClaimMapping> mappings,
            ClaimMapping.Place place,
            Map<String, Object> claims) {
        for (ClaimMapping mapping : mappings) {
            if (mapping.into().contains(place) && !claims.containsKey(mapping.claim())) {
                Object value = value(user, mapping);
                if (value != null && harmless(value, mapping, user, client)) {
                    claims.put(mapping.claim(), value);
                }
            }
        }
    }

    private static @Nullable Object value(User user, ClaimMapping mapping) {
        Object value = switch (mapping.from()) {
            case ClaimMapping.ROLES -> List.copyOf(user.roles());
            case ClaimMapping.GROUPS ->
                user.attributes()
                        .value("groups")
                        .map(groups -> groups instanceof List<?> ? groups : List.of(groups))
                        .orElse(null);
            default -> mapping.attribute().flatMap(user.attributes()::value).orElse(null);
        };
        return Objects.equals(value, List.of()) ? null : value;
    }

    private boolean harmless(Object value, ClaimMapping mapping, User user, Client client) {
        Optional<String> what = value instanceof List<?> list
                ? list.stream()
                        .map(item -> SensitiveData.inValue(String.valueOf(item)))
                        .flatMap(Optional::stream)
                        .findFirst()
                : SensitiveData.inValue(String.valueOf(value));
        if (what.isEmpty()) {
            return true;
        }
        LOG.warn(
                "The claim {} was left out of a token for client {}: the value of {} of person {} looks like {}",
                mapping.claim(),
                client.clientId(),
                mapping.from(),
                user.id(),
                what.get());
        audit.record(AuditEvent.of(AuditKind.CLAIM_WITHHELD)
                .user(user.id())
                .client(client.clientId())
                .reason("looks like " + what.get())
                .detail("claim", mapping.claim())
                .detail("from", mapping.from()));
        return false;
    }
}
