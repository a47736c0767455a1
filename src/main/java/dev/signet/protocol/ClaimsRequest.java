package dev.signet.protocol;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code claims} parameter (OpenID Connect Core section 5.5): claims an app asks for one by one.
 *
 * @param idToken names of claims wanted in the ID token
 * @param userInfo names of claims wanted at the UserInfo endpoint
 * @param subject the person demanded by a {@code sub} with a value
 * @param essentialAcrs levels of which one is demanded (section 5.5.1.1)
 */
record ClaimsRequest(
        Set<String> idToken, Set<String> userInfo, @Nullable String subject, Set<String> essentialAcrs) {

    static final ClaimsRequest NONE = new ClaimsRequest(Set.of(), Set.of(), null, Set.of());

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_CLAIMS = 50;
    private static final int LONGEST_NAME = 255;

    /** @throws IllegalArgumentException if it is not the JSON object the section describes */
    static ClaimsRequest parse(String parameter) {
        JsonNode root;
        try {
            root = JSON.readTree(parameter);
        } catch (JacksonException notJson) {
            throw new IllegalArgumentException("not JSON", notJson);
        }
        if (!root.isObject()) {
            throw new IllegalArgumentException("not an object");
        }
        JsonNode idToken = member(root, "id_token");
        JsonNode userInfo = member(root, "userinfo");
        String subject = subject(idToken);
        return new ClaimsRequest(
                names(idToken),
                names(userInfo),
                subject == null ? subject(userInfo) : subject,
                essentialValues(idToken.path("acr")));
    }

    /** All claims asked for, wherever they are wanted. */
    Set<String> named() {
        Set<String> named = new LinkedHashSet<>(idToken);
        named.addAll(userInfo);
        return named;
    }

    private static JsonNode member(JsonNode root, String name) {
        JsonNode member = root.path(name);
        if (!member.isMissingNode() && !member.isNull() && !member.isObject()) {
            throw new IllegalArgumentException(name + " is not an object");
        }
        return member;
    }

    private static Set<String> names(JsonNode member) {
        Set<String> names = new LinkedHashSet<>(member.propertyNames());
        if (names.size() > MOST_CLAIMS) {
            throw new IllegalArgumentException("more than " + MOST_CLAIMS + " claims");
        }
        for (String name : names) {
            if (name.length() > LONGEST_NAME || Parameters.isMalformed(name)) {
                throw new IllegalArgumentException("the name of a claim");
            }
            JsonNode wish = member.path(name);
            if (!wish.isNull() && !wish.isObject()) {
                throw new IllegalArgumentException(name + " is neither null nor an object");
            }
        }
        return names;
    }

    private static @Nullable String subject(JsonNode member) {
        JsonNode value = member.path("sub").path("value");
        return value.isString() ? value.stringValue() : null;
    }

    private static Set<String> essentialValues(JsonNode acr) {
        Set<String> values = new LinkedHashSet<>();
        if (acr.path("essential").isBoolean() && acr.path("essential").booleanValue()) {
            if (acr.path("value").isString()) {
                values.add(acr.path("value").stringValue());
            }
            for (JsonNode value : acr.path("values")) {
                if (!value.isString()) {
                    throw new IllegalArgumentException("a level that is no string");
                }
                values.add(value.stringValue());
            }
        }
        return values;
    }
}
