import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** An OpenID Provider as its clients see it, found by discovery. Every answer is checked before it counts. */
final class Provider {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    final Settings settings;
    private final Web web = new Web();
    private final String issuer;
    private final String clientId;
    private final URI metadataAddress;
    private final Map<String, Object> metadata;
    private final Jwts jwts;

    Provider(Settings settings) {
        this.settings = settings;
        this.issuer = settings.required("issuer");
        this.clientId = settings.required("client.id");
        this.metadataAddress = URI.create(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration");
        this.metadata = discovery();
        this.jwts = new Jwts(jwkSet());
    }

    record Tokens(String accessToken, String refreshToken, String subject) {}

    Map<String, Object> discovery() {
        Map<String, Object> found = json(web.get(metadataAddress, Map.of()));
        Wrong.unless(issuer.equals(found.get("issuer")), "the issuer is " + found.get("issuer"));
        return found;
    }

    Map<String, Object> jwkSet() {
        Map<String, Object> set = json(web.get(endpoint("jwks_uri"), Map.of()));
        Wrong.unless(!Json.list(set.get("keys")).isEmpty(), "the JWK set is empty");
        return set;
    }

    /** A token for the client itself (RFC 6749 section 4.4). */
    void clientCredentials() {
        Map<String, String> form = new LinkedHashMap<>(Map.of("grant_type", "client_credentials"));
        form.putAll(settings.under("machine."));
        Map<String, Object> answer = json(clientPost("token_endpoint", form));
        accessToken(answer);
    }

    /** A whole sign-in of a person in a fresh browser, with their tokens. */
    Tokens login(int turn) {
        return authorize(browser(), settings.person(turn));
    }

    Browser browser() {
        return new Browser(web, settings);
    }

    /** The code flow with PKCE (RFC 7636), from the authorization request to the tokens; person null: the session must do. */
    Tokens authorize(Browser browser, Settings.Person person) {
        String state = random();
        String nonce = random();
        String verifier = random() + random();
        String redirectUri = settings.required("client.redirect-uri");
        Map<String, String> request = new LinkedHashMap<>();
        request.put("response_type", "code");
        request.put("client_id", clientId);
        request.put("redirect_uri", redirectUri);
        request.put("scope", settings.get("scope", "openid"));
        request.put("state", state);
        request.put("nonce", nonce);
        request.put("code_challenge", BASE64.encodeToString(sha256(verifier)));
        request.put("code_challenge_method", "S256");
        request.putAll(settings.under("authorize."));
        String separator = endpoint("authorization_endpoint").getQuery() == null ? "?" : "&";
        URI start = URI.create(endpoint("authorization_endpoint") + separator + Web.encoded(request));

        Map<String, String> answer = Web.query(browser.untilCallback(start, person));
        Wrong.unless(state.equals(answer.get("state")), "state came back as " + answer.get("state"));
        Wrong.unless(answer.containsKey("code"), "no code but " + answer.get("error"));
        Wrong.unless(issuer.equals(answer.getOrDefault("iss", issuer)), "the answer is of " + answer.get("iss"));

        Map<String, Object> tokens = json(clientPost(
                "token_endpoint",
                Map.of(
                        "grant_type", "authorization_code",
                        "code", answer.get("code"),
                        "redirect_uri", redirectUri,
                        "code_verifier", verifier)));
        String accessToken = accessToken(tokens);
        Map<String, Object> idToken = idToken(tokens, accessToken);
        Wrong.unless(nonce.equals(idToken.get("nonce")), "the nonce came back as " + idToken.get("nonce"));
        return new Tokens(accessToken, (String) tokens.get("refresh_token"), String.valueOf(idToken.get("sub")));
    }

    /** Rotates (RFC 6749 section 6; RFC 9700 section 2.2.2). */
    Tokens refresh(Tokens before) {
        Wrong.unless(before.refreshToken() != null, "no refresh token was issued; what scope does it take?");
        Map<String, Object> answer = json(refreshAnswer(before));
        String accessToken = accessToken(answer);
        if (answer.get("id_token") != null) {
            Wrong.unless(before.subject().equals(idToken(answer, accessToken).get("sub")), "another person's ID token");
        }
        String next = (String) answer.getOrDefault("refresh_token", before.refreshToken());
        if (rotates()) {
            Wrong.unless(!next.equals(before.refreshToken()), "the refresh token was not rotated");
        }
        return new Tokens(accessToken, next, before.subject());
    }

    HttpResponse<String> refreshAnswer(Tokens tokens) {
        return clientPost("token_endpoint", Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()));
    }

    boolean rotates() {
        return Boolean.parseBoolean(settings.get("rotation", "true"));
    }

    /** Introspection (RFC 7662); says whether the token is active. */
    boolean active(String token) {
        Map<String, Object> answer = json(clientPost("introspection_endpoint", Map.of("token", token)));
        Wrong.unless(answer.get("active") instanceof Boolean, "introspection does not say whether it is active");
        return (Boolean) answer.get("active");
    }

    void userInfo(Tokens tokens) {
        Map<String, Object> answer =
                json(web.get(endpoint("userinfo_endpoint"), Map.of("Authorization", "Bearer " + tokens.accessToken())));
        Wrong.unless(tokens.subject().equals(answer.get("sub")), "userinfo is about " + answer.get("sub"));
    }

    /** Revocation (RFC 7009). */
    void revoke(String token) {
        int status = clientPost("revocation_endpoint", Map.of("token", token)).statusCode();
        Wrong.unless(status == 200, "revocation was answered " + status);
    }

    private String accessToken(Map<String, Object> answer) {
        Wrong.unless("bearer".equalsIgnoreCase(String.valueOf(answer.get("token_type"))), "token type " + answer.get("token_type"));
        Wrong.unless(answer.get("access_token") instanceof String, "no access token");
        String token = (String) answer.get("access_token");
        if (settings.get("access-token", "jwt").equals("jwt")) {
            inTime(jwts.verified(token));
        }
        return token;
    }

    private Map<String, Object> idToken(Map<String, Object> answer, String accessToken) {
        Wrong.unless(answer.get("id_token") instanceof String, "no ID token");
        Map<String, Object> claims = jwts.verified((String) answer.get("id_token"));
        inTime(claims);
        Wrong.unless(Json.list(claims.get("aud")).contains(clientId), "the ID token is for " + claims.get("aud"));
        if (claims.get("at_hash") instanceof String hash) {
            String half = BASE64.encodeToString(Arrays.copyOf(sha256(accessToken), 16));
            Wrong.unless(hash.equals(half), "at_hash is wrong");
        }
        return claims;
    }

    private void inTime(Map<String, Object> claims) {
        Wrong.unless(issuer.equals(claims.get("iss")), "a token of " + claims.get("iss"));
        double expires = claims.get("exp") instanceof Double exp ? exp : 0;
        Wrong.unless(expires > Instant.now().getEpochSecond(), "a token that has expired");
    }

    private HttpResponse<String> clientPost(String endpoint, Map<String, String> parameters) {
        String secret = settings.get("client.secret", "");
        if (settings.get("client.authentication", "basic").equals("basic")) {
            String pair = formEncoded(clientId) + ":" + formEncoded(secret);
            String credentials = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return web.post(endpoint(endpoint), parameters, Map.of("Authorization", "Basic " + credentials));
        }
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.put("client_id", clientId);
        form.put("client_secret", secret);
        return web.post(endpoint(endpoint), form, Map.of());
    }

    private URI endpoint(String name) {
        Object address = metadata.get(name);
        Wrong.unless(address instanceof String, "the provider has no " + name);
        return URI.create((String) address);
    }

    private static Map<String, Object> json(HttpResponse<String> answer) {
        Wrong.unless(
                answer.statusCode() == 200,
                answer.uri().getPath() + " answered " + answer.statusCode() + " " + Wrong.shorten(answer.body()));
        return Json.object(answer.body());
    }

    private static String formEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
