package dev.signet.protocol;

import dev.signet.audit.RequestTrace;
import dev.signet.refusals.Reason;
import dev.signet.refusals.Refused;
import dev.signet.tokens.PresentedTokens;
import dev.signet.tokens.SignedAnswers;
import dev.signet.tokens.UserInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;

/**
 * The UserInfo endpoint (OpenID Connect Core section 5.3): {@code /userinfo}, for whoever holds an access token with the
 * scope {@code openid}, sent in the header or, by POST, in the body (RFC 6750 section 2); never in the address.
 */
@Controller
class UserInfoEndpoint {

    static final String PATH = "/userinfo";

    private static final String BEARER = "Bearer ";

    private final PresentedTokens tokens;
    private final SignedAnswers answers;
    private final OAuthErrors errors;

    UserInfoEndpoint(PresentedTokens tokens, SignedAnswers answers, OAuthErrors errors) {
        this.tokens = tokens;
        this.answers = answers;
        this.errors = errors;
    }

    @RequestMapping(
            path = PATH,
            method = {RequestMethod.GET, RequestMethod.POST})
    void userInfo(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String token = token(request);
            if (token == null) {
                throw new Refused(Reason.ACCESS_TOKEN_MISSING);
            }
            UserInfo answer = tokens.userInfo(token);
            Optional<String> signed = answers.userInfo(answer);
            if (signed.isPresent()) {
                Json.writeJwt("application/jwt", signed.get(), response);
            } else {
                Json.write(200, answer.claims(), response);
            }
            RequestTrace.current().outcome("userinfo", "none", "success");
        } catch (Refused refused) {
            RequestTrace.current().outcome("userinfo", "none", refused.reason().error());
            refuse(refused, response);
        }
    }

    private static @Nullable String token(HttpServletRequest request) {
        if (FormRequestFilter.authorizedTwice(request)) {
            throw new Refused(Reason.ACCESS_TOKEN_TWICE, "two Authorization headers");
        }
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        String inHeader = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length())
                : null;
        String inBody = inBody(request);
        if (inHeader != null && inBody != null) {
            throw new Refused(Reason.ACCESS_TOKEN_TWICE);
        }
        return inHeader == null ? inBody : inHeader;
    }

    /** RFC 6750 section 2.2: in a form, and in no other body. */
    private static @Nullable String inBody(HttpServletRequest request) {
        if (!request.getMethod().equals("POST") || request.getQueryString() != null) {
            return null;
        }
        Parameters parameters = Parameters.of(request);
        if (parameters.repeated().isPresent()) {
            throw new Refused(Reason.ACCESS_TOKEN_TWICE, parameters.repeated().get());
        }
        return parameters.value("access_token");
    }

    /** RFC 6750 section 3: the error stands in the header; a request without any token is told no error code. */
    private void refuse(Refused refused, HttpServletResponse response) throws IOException {
        Reason reason = refused.reason();
        StringBuilder challenge = new StringBuilder("Bearer");
        if (reason != Reason.ACCESS_TOKEN_MISSING) {
            challenge
                    .append(" error=\"")
                    .append(reason == Reason.ACCOUNT_DISABLED ? "invalid_token" : reason.error())
                    .append("\", error_description=\"")
                    .append(reason.description())
                    .append('"');
            if (reason == Reason.ACCESS_TOKEN_SCOPE) {
                challenge.append(", scope=\"openid\"");
            }
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge.toString());
        errors.write(
                reason == Reason.ACCOUNT_DISABLED
                        ? new Refused(Reason.ACCESS_TOKEN_INVALID, "account disabled")
                        : refused,
                response);
    }
}
