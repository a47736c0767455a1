package dev.signet.verifier.boot;

import dev.signet.verifier.ApiRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A request that brings an access token, not checked yet. */
final class PresentedToken extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient ApiRequest request;

    PresentedToken(ApiRequest request) {
        super(List.of());
        this.request = request;
    }

    ApiRequest request() {
        return request;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return "unknown";
    }
}
