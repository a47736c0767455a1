package dev.signet.verifier.boot;

import dev.signet.verifier.Claims;
import dev.signet.verifier.Verification.Verified;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;

/**
 * Whoever a verified access token stands for. The principal is a {@link Jwt}, as Spring's own resource server has it, the
 * name is the subject, and each scope {@code x} is an authority {@code SCOPE_x}.
 */
public final class SignetAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private static final MappedJwtClaimSetConverter CLAIMS = MappedJwtClaimSetConverter.withDefaults(Map.of());

    private final Jwt token;
    private final transient Claims claims;
    private final boolean statusConfirmed;

    SignetAuthentication(String token, Verified verified) {
        super(authorities(verified.claims()));
        this.token = jwt(token, verified.claims());
        this.claims = verified.claims();
        this.statusConfirmed = verified.statusConfirmed();
        setAuthenticated(true);
    }

    /** A verified token in Spring's form. */
    static Jwt jwt(String token, Claims claims) {
        Instant expiresAt = claims.expiresAt().orElse(null);
        Instant issuedAt = claims.issuedAt().orElse(null);
        boolean inOrder = issuedAt != null && expiresAt != null && issuedAt.isBefore(expiresAt);
        return new Jwt(
                token,
                inOrder ? issuedAt : null,
                expiresAt,
                Map.of("typ", "at+jwt"),
                Objects.requireNonNull(CLAIMS.convert(claims.asMap())));
    }

    private static List<GrantedAuthority> authorities(Claims claims) {
        List<GrantedAuthority> authorities = new ArrayList<>(claims.scopes().size() + 1);
        for (String scope : claims.scopes()) {
            authorities.add(new SimpleGrantedAuthority("SCOPE_" + scope));
        }
        authorities.add(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.BEARER_AUTHORITY));
        return authorities;
    }

    /** What the token says. */
    public Claims claims() {
        return claims;
    }

    /** Whether a current status list said that the token is not revoked. See {@link Verified#statusConfirmed()}. */
    public boolean statusConfirmed() {
        return statusConfirmed;
    }

    /** The token, for whoever passes it on. */
    @Override
    public @Nullable Object getCredentials() {
        return token;
    }

    @Override
    public Object getPrincipal() {
        return token;
    }

    @Override
    public String getName() {
        return claims.subject();
    }
}
