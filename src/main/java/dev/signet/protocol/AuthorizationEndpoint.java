package dev.signet.protocol;

import dev.signet.audit.AuditEvent;
import dev.signet.audit.AuditKind;
import dev.signet.audit.AuditTrail;
import dev.signet.login.AuthenticationRequirements;
import dev.signet.login.Decision;
import dev.signet.login.FlowLookup;
import dev.signet.login.LoginFlow;
import dev.signet.login.LoginFlows;
import dev.signet.login.NamedClaims;
import dev.signet.login.Step;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.sessions.Browser;
import dev.signet.sessions.SignInCookies;
import dev.signet.sessions.SsoSession;
import dev.signet.sessions.SsoSessions;
import dev.signet.site.Issuer;
import dev.signet.site.SeeOther;
import dev.signet.tokens.AuthorizationCodes;
import dev.signet.tokens.CodeRequest;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.web.OAuth2AuthorizationEndpointFilter;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The authorization endpoint (RFC 6749 section 3.1, OpenID Connect Core section 3.1.2): {@code /oauth2/authorize}, open to
 * everybody.
 *
 * <p>A request is checked by {@link AuthorizationRequestRules}; {@link AuthenticationRequirements} says what the person
 * must still show. If something is missing the browser goes to the page that asks, with a sign-in flow that brings it
 * back here; else the flow is spent and the app gets its code, both in one transaction.
 *
 * <p>A request by POST is answered by a redirect to the same request by GET: browsers send no Lax cookie with a post from
 * another site, so the session would not be seen.
 */
@Component
class AuthorizationEndpoint {

    static final String PATH = "/oauth2/authorize";

    /** What an address may hold, with room for cookies in the head of the next request. */
    static final int LONGEST_QUERY = 12_288;

    private final AuthorizationRequestRules rules;
    private final AuthenticationRequirements requirements;
    private final AuthorizationCodes codes;
    private final AuthorizationResponses responses;
    private final LoginFlows flows;
    private final SsoSessions sessions;
    private final SignInCookies cookies;
    private final ErrorPages errorPages;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;
    private final Issuer issuer;

    AuthorizationEndpoint(
            AuthorizationRequestRules rules,
            AuthenticationRequirements requirements,
            AuthorizationCodes codes,
            AuthorizationResponses responses,
            LoginFlows flows,
            SsoSessions sessions,
            SignInCookies cookies,
            ErrorPages errorPages,
            AuditTrail audit,
            TransactionTemplate transaction,
            Issuer issuer) {
        this.rules = rules;
        this.requirements = requirements;
        this.codes = codes;
        this.responses = responses;
        this.flows = flows;
        this.sessions = sessions;
        this.cookies = cookies;
        this.errorPages = errorPages;
        this.audit = audit;
        this.transaction = transaction;
        this.issuer = issuer;
    }

    /** The engine's filter, with our reading of the request, our decision, and our answers. */
    Filter filter() {
        OAuth2AuthorizationEndpointFilter filter = new OAuth2AuthorizationEndpointFilter(this::decide, PATH);
        filter.setAuthenticationConverter(this::read);
        filter.setAuthenticationSuccessHandler(this::answer);
        filter.setAuthenticationFailureHandler(this::answerFailure);
        return filter;
    }

    /** A request on its way, with the browser and the session it came from. */
    private static final class Attempt extends AbstractAuthenticationToken {

        private static final long serialVersionUID = 1L;

        private final transient AuthorizationRequest request;
        private final transient Optional<LoginFlow> flow;
        private final transient Optional<Browser> browser;
        private final transient Optional<SsoSession> session;
        private final @Nullable String code;

        Attempt(
                AuthorizationRequest request,
                Optional<LoginFlow> flow,
                Optional<Browser> browser,
                Optional<SsoSession> session,
                @Nullable String code) {
            super(List.of());
            this.request = request;
            this.flow = flow;
            this.browser = browser;
            this.session = session;
            this.code = code;
            setAuthenticated(code != null);
        }

        Attempt with(String issuedCode) {
            return new Attempt(request, flow, browser, session, issuedCode);
        }

        @Override
        public Object getPrincipal() {
            return request.client().clientId();
        }

        @Override
        public @Nullable Object getCredentials() {
            return null;
        }
    }

    /** The browser must go elsewhere first: to a page that asks the person, or to another form of the request. */
    private static final class Detour extends OAuth2AuthenticationException {

        private static final long serialVersionUID = 1L;

        private final transient @Nullable Attempt attempt;
        private final @Nullable Step step;
        private final @Nullable String address;

        private Detour(@Nullable Attempt attempt, @Nullable Step step, @Nullable String address) {
            super(new OAuth2Error("interaction_required"));
            this.attempt = attempt;
            this.step = step;
            this.address = address;
        }

        static Detour to(String address) {
            return new Detour(null, null, address);
        }

        static Detour ask(Attempt attempt, Step step) {
            return new Detour(attempt, step, null);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    private Attempt read(HttpServletRequest request) {
        Parameters given = Parameters.of(request);
        Optional<Browser> browser = cookies.browser(request);
        Optional<LoginFlow> flow = Optional.empty();
        if (given.has("flow")) {
            flow = Optional.of(flow(given.value("flow"), browser));
            given = Parameters.parse(String.valueOf(flow.get().request()));
        } else {
            String address = withQuery(given);
            if (request.getMethod().equals("POST")) {
                throw Detour.to(address);
            }
        }
        AuthorizationRequest valid = rules.check(given);
        return new Attempt(valid, flow, browser, sessions.current(request), null);
    }

    private LoginFlow flow(@Nullable String handle, Optional<Browser> browser) {
        return switch (flows.find(handle, browser)) {
            case FlowLookup.Live live when live.flow().request() != null -> live.flow();
            case FlowLookup.Live live -> throw new AuthorizationRefused(Reason.FLOW_EXPIRED, "not an app's", null);
            case FlowLookup.Over over -> throw Detour.to(flows.afresh(over.flow()));
            case FlowLookup.Unknown unknown -> throw new AuthorizationRefused(Reason.FLOW_EXPIRED, null, null);
        };
    }

    private String withQuery(Parameters parameters) {
        String query = parameters.encoded();
        if (query.length() > LONGEST_QUERY) {
            throw new AuthorizationRefused(Reason.REQUEST_TOO_LARGE, null, null);
        }
        return issuer.url(PATH + "?" + query);
    }

    private Authentication decide(Authentication authentication) {
        Attempt attempt = (Attempt) authentication;
        AuthorizationRequest request = attempt.request;
        return switch (requirements.decide(request.wish(), attempt.session, attempt.flow, attempt.browser)) {
            case Decision.Proceed proceed -> attempt.with(issue(attempt, proceed));
            case Decision.Ask ask -> throw Detour.ask(attempt, ask.step());
            case Decision.Refuse refuse -> {
                attempt.flow.ifPresent(flows::spend);
                throw new AuthorizationRefused(refuse.reason(), null, request.address());
            }
        };
    }

    /** Spends the flow and issues the code: both or neither. */
    private String issue(Attempt attempt, Decision.Proceed proceed) {
        AuthorizationRequest request = attempt.request;
        Optional<String> code = transaction.execute(status -> {
            if (attempt.flow.isPresent() && !flows.spend(attempt.flow.get())) {
                return Optional.empty();
            }
            Optional<String> issued = codes.issue(new CodeRequest(
                    request.client(),
                    proceed.session(),
                    proceed.scope(),
                    request.audience(),
                    request.namedRedirectUri(),
                    request.codeChallenge(),
                    request.nonce(),
                    NamedClaims.within(request.claims().idToken(), proceed.claimScopes()),
                    NamedClaims.within(request.claims().userInfo(), proceed.claimScopes()),
                    AuthenticationRequirements.ACR_PASSWORD,
                    AuthenticationRequirements.AMR_PASSWORD));
            if (issued.isEmpty()) {
                status.setRollbackOnly();
            }
            return issued;
        });
        if (code == null || code.isEmpty()) {
            // Another request has finished this flow or ended the session: start afresh with the same target.
            throw Detour.to(withQuery(request.parameters()));
        }
        return code.get();
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        Attempt attempt = (Attempt) authentication;
        responses.code(attempt.request.address(), String.valueOf(attempt.code), request, response);
    }

    private void answerFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        switch (failure) {
            case Detour detour when detour.address != null -> SeeOther.to(detour.address, response);
            case Detour detour -> ask(detour, request, response);
            case AuthorizationRefused refused -> refuse(refused, request, response);
            case Refused refused -> errorPages.render(refused, request, response);
            default -> errorPages.render(new Refused(Reason.SERVER_ERROR, failure.getMessage()), request, response);
        }
    }

    private void ask(Detour detour, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Attempt attempt = java.util.Objects.requireNonNull(detour.attempt);
        LoginFlow flow;
        try {
            flow = attempt.flow.orElseGet(() -> flows.open(
                    attempt.request.client(),
                    attempt.request.parameters().encoded(),
                    cookies.browserOrNew(request, response)));
        } catch (Refused refused) {
            errorPages.render(refused, request, response);
            return;
        }
        SeeOther.to(java.util.Objects.requireNonNull(detour.step).address(issuer, flow), response);
    }

    private void refuse(AuthorizationRefused refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        audit.record(AuditEvent.of(AuditKind.AUTHORIZATION_DENIED)
                .client(refused.address() == null ? null : refused.address().clientId())
                .reason(refused.reason().name())
                .detail("detail", refused.detail()));
        if (refused.address() == null) {
            errorPages.render(new Refused(refused.reason(), refused.detail()), request, response);
        } else {
            responses.error(refused.address(), refused.reason(), request, response);
        }
    }
}
