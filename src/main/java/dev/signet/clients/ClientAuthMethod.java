package dev.signet.clients;

import java.util.Optional;

/** How a client authenticates at our endpoints (RFC 7591 section 2, {@code token_endpoint_auth_method}). */
public enum ClientAuthMethod {
    /** It does not: a public client. */
    NONE("none"),
    /** Its secret in the {@code Authorization} header (RFC 6749 section 2.3.1). */
    CLIENT_SECRET_BASIC("client_secret_basic"),
    /** Its secret in the form. */
    CLIENT_SECRET_POST("client_secret_post");

    private final String value;

    ClientAuthMethod(String value) {
        this.value = value;
    }

    /** The registered name, as in metadata and database. */
    public String value() {
        return value;
    }

    public static Optional<ClientAuthMethod> of(String value) {
        for (ClientAuthMethod method : values()) {
            if (method.value.equals(value)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }
}
