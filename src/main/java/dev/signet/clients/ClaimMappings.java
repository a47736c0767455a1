package dev.signet.clients;

import dev.signet.privacy.SensitiveData;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for mapped claims: no protocol claim is ever overwritten, and nothing sensitive is mapped. */
public final class ClaimMappings {

    static final String FIELD = "claims";

    private static final List<String> FIELDS = List.of("claim", "from", "into");
    private static final int MOST = 30;
    private static final Pattern CLAIM = Pattern.compile("[A-Za-z][A-Za-z0-9_:./-]{0,99}");
    private static final Pattern FROM = Pattern.compile("roles|groups|attribute:[A-Za-z][A-Za-z0-9_.-]{0,63}");

    /**
     * What the protocols say by these names nobody else may say: JWT (RFC 7519), access tokens (RFC 9068), introspection
     * (RFC 7662), ID tokens and the standard claims (OpenID Connect Core sections 2 and 5.1), and what extends them.
     */
    private static final Set<String> RESERVED = Set.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "client_id",
            "scope",
            "auth_time",
            "acr",
            "amr",
            "azp",
            "nonce",
            "at_hash",
            "c_hash",
            "s_hash",
            "sid",
            "status",
            "cnf",
            "act",
            "may_act",
            "authorization_details",
            "events",
            "active",
            "token_type",
            "username",
            "token_introspection",
            "sub_jwk",
            "sub_id",
            "typ",
            "vot",
            "vtm",
            "trust_framework",
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "email",
            "email_verified",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "phone_number",
            "phone_number_verified",
            "address",
            "updated_at",
            "_claim_names",
            "_claim_sources");

    private ClaimMappings() {}

    /** Reads the field {@code claims} of a scope's or client's metadata; null values and absence are an empty list. */
    public static List<ClaimMapping> read(Map<String, ?> metadata, List<MetadataProblem> problems) {
        Object value = metadata.get(FIELD);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Collection<?> entries) || entries.size() > MOST) {
            problems.add(new MetadataProblem(
                    FIELD,
                    "must be a list of at most " + MOST + " claims",
                    "write each as {claim: tenant, from: attribute:tenant, into: [access_token]}"));
            return List.of();
        }
        List<ClaimMapping> mappings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int position = 0;
        for (Object entry : entries) {
            String here = FIELD + "[" + position++ + "]";
            if (entry instanceof Map<?, ?> map) {
                ClaimMapping mapping = read(map, here, problems);
                if (!names.add(mapping.claim())) {
                    problems.add(
                            new MetadataProblem(here, "maps " + mapping.claim() + " a second time", "map it once"));
                }
                mappings.add(mapping);
            } else {
                problems.add(new MetadataProblem(
                        here,
                        "must be a mapping",
                        "write {claim: tenant, from: attribute:tenant, into: [access_token]}"));
            }
        }
        return List.copyOf(mappings);
    }

    private static ClaimMapping read(Map<?, ?> map, String here, List<MetadataProblem> problems) {
        Problems at = (reason, fix) -> problems.add(new MetadataProblem(here, reason, fix));
        for (Object key : map.keySet()) {
            if (!FIELDS.contains(String.valueOf(key))) {
                at.add("has a key that is not known: " + key, "known are " + String.join(", ", FIELDS));
            }
        }
        String claim = map.get("claim") instanceof String text ? text : "";
        String from = map.get("from") instanceof String text ? text : "";
        checkClaim(claim, at);
        if (!FROM.matcher(from).matches()) {
            at.add("has no usable \"from\"", "write roles, groups, or attribute: and the name of an attribute");
        }
        if (from.startsWith(ClaimMapping.ATTRIBUTE)) {
            SensitiveData.inName(from.substring(ClaimMapping.ATTRIBUTE.length()))
                    .ifPresent(what -> at.add(
                            "takes an attribute that looks like " + what + ", which must never reach a token",
                            "map another attribute, or rename it if it holds nothing of the kind"));
        }
        return new ClaimMapping(claim, from, into(map.get("into"), at));
    }

    private static void checkClaim(String claim, Problems at) {
        if (!CLAIM.matcher(claim).matches()) {
            at.add("has no usable \"claim\"", "name it by up to 100 letters, digits and _ : . / -");
        } else if (RESERVED.contains(claim)) {
            at.add("would overwrite the claim " + claim + ", which the protocols define", "choose another name");
        } else {
            SensitiveData.inName(claim)
                    .ifPresent(what -> at.add(
                            "names a claim that looks like " + what + ", which must never reach a token",
                            "leave it out, or rename it if it holds nothing of the kind"));
        }
    }

    private static Set<ClaimMapping.Place> into(@org.jspecify.annotations.Nullable Object value, Problems at) {
        Set<ClaimMapping.Place> into = EnumSet.noneOf(ClaimMapping.Place.class);
        if (value instanceof Collection<?> codes) {
            for (Object code : codes) {
                ClaimMapping.Place.of(String.valueOf(code)).ifPresent(into::add);
            }
            if (!into.isEmpty() && into.size() == codes.size()) {
                return into;
            }
        }
        at.add("has no usable \"into\"", "write a list of access_token, id_token and userinfo");
        return EnumSet.of(ClaimMapping.Place.USERINFO);
    }

    private interface Problems {
        void add(String reason, String fix);
    }
}
