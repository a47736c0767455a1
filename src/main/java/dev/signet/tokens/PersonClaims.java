package dev.signet.tokens;

import dev.signet.clients.Scopes;
import dev.signet.users.Profile;
import dev.signet.users.User;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The standard claims about a person (OpenID Connect Core section 5.1) as scopes ask for them (5.4). */
final class PersonClaims {

    private PersonClaims() {}

    /** The claims the scopes give, and those named one by one; only claims the person has a value for. */
    static Map<String, Object> of(User user, Set<String> scopes, Set<String> named) {
        Map<String, Object> all = all(user);
        Map<String, Object> chosen = new LinkedHashMap<>();
        for (String scope : scopes) {
            Scopes.standardClaims(scope).forEach(claim -> copy(claim, all, chosen));
        }
        named.forEach(claim -> copy(claim, all, chosen));
        return chosen;
    }

    static Map<String, Object> named(User user, Set<String> names) {
        return of(user, Set.of(), names);
    }

    private static void copy(String claim, Map<String, Object> from, Map<String, Object> to) {
        Object value = from.get(claim);
        if (value != null) {
            to.put(claim, value);
        }
    }

    private static Map<String, Object> all(User user) {
        Profile profile = user.profile();
        Map<String, Object> claims = new LinkedHashMap<>();
        put(claims, "name", profile.name());
        put(claims, "family_name", profile.familyName());
        put(claims, "given_name", profile.givenName());
        put(claims, "middle_name", profile.middleName());
        put(claims, "nickname", profile.nickname());
        put(claims, "preferred_username", user.username());
        put(claims, "profile", profile.profile());
        put(claims, "picture", profile.picture());
        put(claims, "website", profile.website());
        put(claims, "gender", profile.gender());
        put(claims, "birthdate", profile.birthdate());
        put(claims, "zoneinfo", profile.zoneinfo());
        put(claims, "locale", profile.locale());
        put(claims, "updated_at", user.updatedAt().getEpochSecond());
        if (user.email() != null) {
            put(claims, "email", user.email());
            put(claims, "email_verified", user.emailVerified());
        }
        if (profile.phoneNumber() != null) {
            put(claims, "phone_number", profile.phoneNumber());
            put(claims, "phone_number_verified", profile.phoneNumberVerified());
        }
        Profile.Address address = profile.address();
        if (address != null) {
            put(claims, "address", address(address));
        }
        return claims;
    }

    /** The address claim is an object of its own (section 5.1.1). */
    private static Map<String, Object> address(Profile.Address address) {
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, "formatted", address.formatted());
        put(members, "street_address", address.streetAddress());
        put(members, "locality", address.locality());
        put(members, "region", address.region());
        put(members, "postal_code", address.postalCode());
        put(members, "country", address.country());
        return members;
    }

    private static void put(Map<String, Object> claims, String name, @Nullable Object value) {
        if (value != null) {
            claims.put(name, value);
        }
    }
}
