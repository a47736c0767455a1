package dev.signet.spec;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A relying party of {@code spec.yml}, which writes its requests out as on the wire and trusts nothing but public keys.
 *
 * @param secret {@code null} for a public client
 */
record App(SignetServer server, String clientId, String secret, String redirectUri, String scope) {

    /** A verifier of RFC 7636, the same for all requests of the tests. */
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    static App shop(SignetServer server) {
        return new App(
                server,
                "shop",
                "shop-secret-0123456789abcdef0123456789",
                "https://shop.example/cb",
                "openid profile email");
    }

    static App forum(SignetServer server) {
        return new App(
                server,
                "forum",
                "forum-secret-0123456789abcdef012345678",
                "https://forum.example/cb",
                "openid profile email");
    }

    static App legacy(SignetServer server) {
        return new App(
                server, "legacy", "legacy-secret-0123456789abcdef01234567", "https://legacy.example/cb", "openid");
    }

    /** Registered as the official OpenID test plans want it: PKCE not required, the person is asked. */
    static App certified(SignetServer server) {
        return new App(
                server,
                "certified",
                "certified-secret-0123456789abcdef01234",
                "https://certified.example/cb",
                "openid profile email");
    }

    static App spa(SignetServer server) {
        return new App(server, "spa", null, "https://spa.example/cb", "openid profile email");
    }

    static App desktop(SignetServer server) {
        return new App(server, "desktop", null, "http://127.0.0.1:51004/cb", "openid profile email");
    }

    static App robot(SignetServer server) {
        return new App(server, "robot", "robot-secret-0123456789abcdef012345678", "", "api:read");
    }

    /** A machine whose secret holds the characters that must be encoded, and whose tokens are for {@link #orders}. */
    static App courier(SignetServer server) {
        return new App(server, "courier", "courier:secret/%+&=0123456789abcdef0123", "", "api:read");
    }

    /** An API that asks about the tokens it is shown. */
    static App orders(SignetServer server) {
        return new App(server, "orders-api", "orders-secret-0123456789abcdef01234567", "", "api:read");
    }

    App withScope(String other) {
        return new App(server, clientId, secret, redirectUri, other);
    }

    /** The same app at another node. */
    App at(SignetServer node) {
        return new App(node, clientId, secret, redirectUri, scope);
    }

    /** An authorization request in good order. */
    Map<String, String> request() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("response_type", "code");
        parameters.put("client_id", clientId);
        parameters.put("redirect_uri", redirectUri);
        parameters.put("scope", scope);
        parameters.put("state", "state-" + random());
        parameters.put("nonce", "nonce-" + random());
        parameters.put("code_challenge", challenge(VERIFIER));
        parameters.put("code_challenge_method", "S256");
        return parameters;
    }

    /** The same with changes; an empty value leaves a parameter out. */
    Map<String, String> request(Map<String, String> changes) {
        Map<String, String> parameters = request();
        changes.forEach((name, value) -> {
            if (value.isEmpty()) {
                parameters.remove(name);
            } else {
                parameters.put(name, value);
            }
        });
        return parameters;
    }

    String address(Map<String, String> parameters) {
        return server.issuer() + "/oauth2/authorize?" + Http.encode(parameters);
    }

    /** A person signs in to the app in a fresh browser; gives the code. */
    String code(String username, String password) {
        return code(new Browser(server).open(address(request())).signIn(username, password));
    }

    /** Ada's code. */
    String code() {
        return code("ada", "correct horse battery");
    }

    String code(Browser browser) {
        String code = browser.callbackParameters().get("code");
        if (code == null) {
            throw new AssertionError("no code: " + browser);
        }
        return code;
    }

    Http.Answer redeem(String code) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", redirectUri);
        form.put("code_verifier", VERIFIER);
        return token(form);
    }

    Http.Answer refresh(String refreshToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refreshToken);
        return token(form);
    }

    /** Ada signs in, the app redeems the code. */
    Http.Answer tokens() {
        return redeem(code());
    }

    Http.Answer token(Map<String, String> form) {
        return call("/oauth2/token", form);
    }

    Http.Answer introspect(String token) {
        return call("/oauth2/introspect", Map.of("token", token));
    }

    Http.Answer revoke(String token) {
        return call("/oauth2/revoke", Map.of("token", token));
    }

    /** Calls one of the endpoints for clients, authenticated as the client is registered. */
    Http.Answer call(String path, Map<String, String> form) {
        if (secret == null) {
            Map<String, String> named = new LinkedHashMap<>(form);
            named.put("client_id", clientId);
            return Http.post(server.url(path), named, Map.of());
        }
        return Http.post(server.url(path), form, Map.of("Authorization", Http.basic(clientId, secret)));
    }

    Http.Answer userInfo(String accessToken) {
        return Http.get(server.url("/userinfo"), Map.of("Authorization", "Bearer " + accessToken));
    }

    /** Verifies a JWT against the published keys and gives what it says. */
    JWTClaimsSet verified(String jwt) {
        try {
            SignedJWT signed = SignedJWT.parse(jwt);
            JWKSet keys = JWKSet.parse(Http.get(server.url("/oauth2/jwks")).body());
            JWK key = keys.getKeyByKeyId(signed.getHeader().getKeyID());
            java.security.Key publicKey =
                    key instanceof com.nimbusds.jose.jwk.AsymmetricJWK pair ? pair.toPublicKey() : null;
            JWSVerifier verifier = new DefaultJWSVerifierFactory().createJWSVerifier(signed.getHeader(), publicKey);
            if (!signed.verify(verifier)) {
                throw new AssertionError("the signature is wrong");
            }
            return signed.getJWTClaimsSet();
        } catch (com.nimbusds.jose.JOSEException | java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
    }

    static byte[] sha256(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.US_ASCII));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String random() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
