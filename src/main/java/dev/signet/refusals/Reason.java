package dev.signet.refusals;

/**
 * Why a request was refused. Each reason has the error code of its RFC, a description that is safe to show to anybody,
 * and an id under which {@code docs/errors} explains it; ids are never given to another reason.
 *
 * <p>1xxx: the authorization endpoint. 2xxx: the token endpoint. 3xxx: clients proving who they are. 4xxx: tokens shown
 * to us. 5xxx: signing out. 9xxx: requests as such.
 */
public enum Reason {
    CLIENT_ID_MISSING("AS-1001", "invalid_request", "The parameter client_id is missing or given more than once."),
    CLIENT_UNKNOWN("AS-1002", "invalid_client", "No app is registered under this client_id."),
    REDIRECT_URI_MISSING(
            "AS-1003", "invalid_request", "The parameter redirect_uri is missing or given more than once."),
    REDIRECT_URI_UNKNOWN("AS-1004", "invalid_request", "This redirect_uri is not registered for the app."),
    PARAMETER_REPEATED("AS-1005", "invalid_request", "A parameter is given more than once."),
    RESPONSE_TYPE_MISSING("AS-1006", "invalid_request", "The parameter response_type is missing."),
    RESPONSE_TYPE_UNSUPPORTED(
            "AS-1007", "unsupported_response_type", "The only response_type offered is code (with PKCE)."),
    RESPONSE_MODE_UNSUPPORTED("AS-1008", "invalid_request", "The response_mode must be query, fragment or form_post."),
    CODE_GRANT_NOT_ALLOWED("AS-1009", "unauthorized_client", "The app may not use the authorization code grant."),
    SCOPE_NOT_ALLOWED("AS-1010", "invalid_scope", "The app may not ask for one of these scopes."),
    CODE_CHALLENGE_MISSING("AS-1011", "invalid_request", "PKCE is required: send code_challenge (RFC 7636)."),
    CODE_CHALLENGE_METHOD("AS-1012", "invalid_request", "The code_challenge_method must be S256."),
    CODE_CHALLENGE_MALFORMED(
            "AS-1013", "invalid_request", "The code_challenge is not the base64url SHA-256 of a code verifier."),
    PROMPT_MALFORMED("AS-1014", "invalid_request", "The prompt is unknown, or none stands together with other values."),
    MAX_AGE_MALFORMED("AS-1015", "invalid_request", "The max_age must be a number of seconds."),
    CLAIMS_MALFORMED(
            "AS-1016", "invalid_request", "The claims parameter is not the JSON object OpenID Connect asks for."),
    REQUEST_OBJECT("AS-1017", "request_not_supported", "Request objects are not supported."),
    REQUEST_URI("AS-1018", "request_uri_not_supported", "Request objects by reference are not supported."),
    REGISTRATION_PARAMETER("AS-1019", "registration_not_supported", "The registration parameter is not supported."),
    PARAMETER_MALFORMED("AS-1020", "invalid_request", "A parameter holds characters that are not allowed."),
    LOGIN_REQUIRED("AS-1021", "login_required", "The person must sign in first."),
    CONSENT_REQUIRED("AS-1022", "consent_required", "The person must be asked first."),
    SELECTION_REQUIRED("AS-1023", "account_selection_required", "The person must choose an account first."),
    ACCESS_DENIED("AS-1024", "access_denied", "The person did not allow it."),
    OTHER_PERSON("AS-1025", "login_required", "Somebody else signed in than the app asked for."),
    ACR_UNMET(
            "AS-1026",
            "unmet_authentication_requirements",
            "The way of signing in that the app demands is not available."),
    ID_TOKEN_HINT("AS-1027", "invalid_request", "The id_token_hint is not an ID token of this server for the app."),
    OPENID_SCOPE_MISSING("AS-1028", "invalid_scope", "None of the scopes asked for is known here."),
    RESOURCE_UNKNOWN("AS-1040", "invalid_target", "The resource is not an API that the app may ask for."),
    RESOURCE_SCOPE("AS-1041", "invalid_scope", "None of the scopes belongs to the resource."),

    GRANT_TYPE_MISSING("AS-2001", "invalid_request", "The parameter grant_type is missing or given more than once."),
    GRANT_TYPE_UNSUPPORTED(
            "AS-2002",
            "unsupported_grant_type",
            "The grant_type must be authorization_code, refresh_token or client_credentials."),
    GRANT_NOT_ALLOWED("AS-2003", "unauthorized_client", "The app may not use this grant."),
    CODE_UNKNOWN("AS-2004", "invalid_grant", "The code is not one of this server's."),
    CODE_OF_OTHER_CLIENT("AS-2005", "invalid_grant", "The code is not valid for this app."),
    CODE_EXPIRED("AS-2006", "invalid_grant", "The code has expired."),
    CODE_REPLAYED("AS-2007", "invalid_grant", "The code was already used; the tokens it gave have ended."),
    CODE_REVOKED("AS-2008", "invalid_grant", "The sign-in behind the code has ended."),
    REDIRECT_URI_DIFFERS("AS-2009", "invalid_grant", "The redirect_uri is not the one of the authorization request."),
    CODE_VERIFIER_MISSING("AS-2010", "invalid_grant", "The code_verifier is missing."),
    CODE_VERIFIER_WRONG("AS-2011", "invalid_grant", "The code_verifier does not match the code_challenge."),
    CODE_VERIFIER_UNEXPECTED(
            "AS-2012", "invalid_grant", "A code_verifier was sent for a code that was asked for without PKCE."),
    REFRESH_TOKEN_UNKNOWN("AS-2013", "invalid_grant", "The refresh token is not one of this server's."),
    REFRESH_TOKEN_OF_OTHER_CLIENT("AS-2014", "invalid_grant", "The refresh token is not valid for this app."),
    REFRESH_TOKEN_EXPIRED("AS-2015", "invalid_grant", "The refresh token has expired."),
    REFRESH_TOKEN_REVOKED("AS-2016", "invalid_grant", "The refresh token was revoked."),
    REFRESH_TOKEN_REUSED(
            "AS-2017", "invalid_grant", "The refresh token was used before; all tokens of its family have ended."),
    REFRESH_TOKEN_AHEAD("AS-2018", "invalid_grant", "The refresh token is not valid any more."),
    SCOPE_WIDENED("AS-2019", "invalid_scope", "A refresh may not ask for scopes that were not granted."),
    ACCOUNT_DISABLED("AS-2020", "invalid_grant", "The account behind the grant cannot be used."),
    RESOURCE_NOT_GRANTED("AS-2040", "invalid_target", "The resource is not one that was granted."),
    RESOURCES_DIFFER("AS-2041", "invalid_target", "These resources cannot share a token: ask for one at a time."),

    CLIENT_NOT_AUTHENTICATED("AS-3001", "invalid_client", "The app could not be authenticated."),
    CLIENT_METHOD_NOT_ALLOWED("AS-3002", "invalid_client", "The app may not authenticate in this way."),
    CLIENT_METHODS_MIXED("AS-3003", "invalid_request", "Authenticate the app in one way only."),
    CLIENT_CREDENTIALS_MALFORMED("AS-3004", "invalid_client", "The Authorization header cannot be read."),

    TOKEN_MISSING("AS-4001", "invalid_request", "The parameter token is missing or given more than once."),
    TOKEN_OF_OTHER_CLIENT("AS-4002", "unauthorized_client", "The token was not issued to this app."),
    ACCESS_TOKEN_MISSING("AS-4003", "invalid_token", "An access token is needed."),
    ACCESS_TOKEN_INVALID("AS-4004", "invalid_token", "The access token is not valid."),
    ACCESS_TOKEN_EXPIRED("AS-4005", "invalid_token", "The access token has expired."),
    ACCESS_TOKEN_REVOKED("AS-4006", "invalid_token", "The access token was revoked."),
    ACCESS_TOKEN_SCOPE("AS-4007", "insufficient_scope", "The access token lacks the scope openid."),
    ACCESS_TOKEN_TWICE("AS-4008", "invalid_request", "The access token is given in more than one way."),

    SIGN_OUT_REDIRECT_UNKNOWN(
            "AS-5001", "invalid_request", "This post_logout_redirect_uri is not registered for the app."),
    SIGN_OUT_CLIENT_DIFFERS(
            "AS-5002", "invalid_request", "The client_id is not the one the id_token_hint was issued to."),

    REQUEST_MALFORMED("AS-9001", "invalid_request", "The request cannot be read."),
    REQUEST_TOO_LARGE("AS-9002", "invalid_request", "The request is too large."),
    CONTENT_TYPE("AS-9003", "invalid_request", "Send the parameters as application/x-www-form-urlencoded."),
    METHOD_NOT_ALLOWED("AS-9004", "invalid_request", "This address does not take this method."),
    NOT_FOUND("AS-9005", "invalid_request", "There is nothing at this address."),
    FORBIDDEN("AS-9006", "access_denied", "This is not open to you."),
    FLOW_EXPIRED("AS-9007", "invalid_request", "This sign-in took too long or was finished elsewhere."),
    COOKIES_MISSING("AS-9008", "invalid_request", "The browser sent no cookies."),
    SETUP_LINK("AS-9013", "invalid_request", "The set-up link was used, replaced or is too old."),
    FOREIGN_FORM("AS-9009", "invalid_request", "The form was not sent from a page of this server."),
    TOO_MANY_REQUESTS("AS-9010", "temporarily_unavailable", "Too many requests. Try again later."),
    UNAVAILABLE("AS-9011", "temporarily_unavailable", "The service is busy for a moment. Try again."),
    SERVER_ERROR("AS-9012", "server_error", "Something went wrong on our side.");

    private final String id;
    private final String error;
    private final String description;

    Reason(String id, String error, String description) {
        this.id = id;
        this.error = error;
        this.description = description;
    }

    /** The id under which the documentation explains this reason, such as {@code AS-2017}. */
    public String id() {
        return id;
    }

    /** The error code of the RFC. */
    public String error() {
        return error;
    }

    /** One sentence that is safe to show to anybody. */
    public String description() {
        return description;
    }
}
