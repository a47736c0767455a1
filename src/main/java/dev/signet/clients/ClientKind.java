package dev.signet.clients;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What sort of application a client is (RFC 6749 section 2.1, RFC 8252); it decides the defaults and some of the rules. */
public enum ClientKind {
    /** Runs on a server and keeps a secret. */
    WEB(Set.of("authorization_code", "refresh_token"), ClientAuthMethod.CLIENT_SECRET_BASIC),
    /** Runs in a browser and keeps no secret. */
    SPA(Set.of("authorization_code", "refresh_token"), ClientAuthMethod.NONE),
    /** Is installed on a person's device and keeps no secret. */
    NATIVE(Set.of("authorization_code", "refresh_token"), ClientAuthMethod.NONE),
    /** Acts for itself; nobody signs in. */
    MACHINE(Set.of("client_credentials"), ClientAuthMethod.CLIENT_SECRET_BASIC),
    /** One of a fleet, each with a credential of its own. */
    DEVICE(Set.of("client_credentials"), ClientAuthMethod.CLIENT_SECRET_BASIC);

    private final Set<String> defaultGrantTypes;
    private final ClientAuthMethod defaultAuthMethod;

    ClientKind(Set<String> defaultGrantTypes, ClientAuthMethod defaultAuthMethod) {
        this.defaultGrantTypes = defaultGrantTypes;
        this.defaultAuthMethod = defaultAuthMethod;
    }

    /** The word for it in configuration and database, for example {@code web}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ClientKind> of(String code) {
        for (ClientKind kind : values()) {
            if (kind.code().equals(code)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** The grant types a client of this kind has when none are named. */
    public Set<String> defaultGrantTypes() {
        return defaultGrantTypes;
    }

    /** How a client of this kind authenticates when nothing is said. */
    public ClientAuthMethod defaultAuthMethod() {
        return defaultAuthMethod;
    }
}
