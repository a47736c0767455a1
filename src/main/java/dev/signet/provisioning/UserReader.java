package dev.signet.provisioning;

import dev.signet.crypto.SecretValue;
import dev.signet.provisioning.Config.Place;
import dev.signet.provisioning.Config.WantedUser;
import dev.signet.users.AttributeRules;
import dev.signet.users.Attributes;
import dev.signet.users.NewUser;
import dev.signet.users.Profile;
import dev.signet.users.ProfileRules;
import dev.signet.users.UserRefused;
import dev.signet.users.Users;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one person of a configuration file; claims bear their names of OpenID Connect Core section 5.1. */
final class UserReader {

    private static final List<String> TEXT_CLAIMS = List.of(
            "name",
            "given_name",
            "family_name",
            "middle_name",
            "nickname",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "phone_number");
    private static final List<String> ADDRESS_KEYS =
            List.of("formatted", "street_address", "locality", "region", "postal_code", "country");
    private static final List<String> KEYS = Stream.of(
                    List.of("username", "email", "email_verified"),
                    TEXT_CLAIMS,
                    List.of("phone_number_verified", "address", "roles", "attributes", "password", "password_hash"))
            .flatMap(List::stream)
            .toList();

    private final SecretReferences references;
    private final List<ConfigProblem> problems;

    UserReader(SecretReferences references, List<ConfigProblem> problems) {
        this.references = references;
        this.problems = problems;
    }

    @Nullable
    WantedUser read(ConfigFile file, YamlMap map) {
        map.refuseKeysBut(KEYS);
        for (String claim : TEXT_CLAIMS) {
            check(map, claim);
        }
        if (map.has("password") && map.has("password_hash")) {
            problems.add(map.place("password_hash").problem("there is a password as well", "keep one of the two"));
        }
        NewUser wanted = new NewUser(
                orEmpty(map.text("username")),
                map.text("email"),
                map.flag("email_verified"),
                profile(map),
                new LinkedHashSet<>(map.texts("roles")),
                attributes(map.map("attributes")),
                Provisioning.SOURCE);
        String passwordKey = map.has("password_hash") ? "password_hash" : "password";
        try {
            return new WantedUser(
                    map.place(),
                    map.place(passwordKey),
                    Users.checked(wanted),
                    secret(file, map, "password"),
                    secret(file, map, "password_hash"));
        } catch (UserRefused e) {
            problems.add(place(map, e.problem()).problem(e.problem().text(), "correct the entry"));
            return null;
        }
    }

    private static Place place(YamlMap map, UserRefused.Problem problem) {
        return map.place(
                switch (problem) {
                    case EMAIL_MALFORMED, EMAIL_TAKEN -> "email";
                    case ROLE_MALFORMED -> "roles";
                    case ATTRIBUTE_REFUSED -> "attributes";
                    default -> "username";
                });
    }

    private void check(YamlMap map, String claim) {
        String value = map.text(claim);
        if (value != null) {
            ProfileRules.refusal(claim, value)
                    .ifPresent(reason -> problems.add(
                            map.place(claim).problem("\"" + claim + "\" " + reason, "correct or remove it")));
        }
    }

    private @Nullable SecretValue secret(ConfigFile file, YamlMap map, String key) {
        String text = map.text(key);
        return text == null ? null : references.resolve(text, file, map.place(key), problems);
    }

    private Profile profile(YamlMap map) {
        return new Profile(
                map.text("name"),
                map.text("given_name"),
                map.text("family_name"),
                map.text("middle_name"),
                map.text("nickname"),
                map.text("profile"),
                map.text("picture"),
                map.text("website"),
                map.text("gender"),
                map.text("birthdate"),
                map.text("zoneinfo"),
                map.text("locale"),
                map.text("phone_number"),
                map.flag("phone_number_verified"),
                address(map.map("address")));
    }

    private Profile.@Nullable Address address(@Nullable YamlMap map) {
        if (map == null) {
            return null;
        }
        map.refuseKeysBut(ADDRESS_KEYS);
        ADDRESS_KEYS.forEach(key -> check(map, key));
        return Profile.Address.ofParts(
                map.text("formatted"),
                map.text("street_address"),
                map.text("locality"),
                map.text("region"),
                map.text("postal_code"),
                map.text("country"));
    }

    /** Each attribute that may not be is named with its line; it is left out, so that it is not reported twice. */
    private Attributes attributes(@Nullable YamlMap map) {
        if (map == null) {
            return Attributes.NONE;
        }
        Map<String, Object> accepted = new LinkedHashMap<>();
        map.plainBut(List.of()).forEach((name, value) -> {
            Optional<String> refusal = AttributeRules.refusalOfName(name).or(() -> AttributeRules.refusal(value));
            refusal.ifPresentOrElse(
                    reason -> problems.add(map.place(name)
                            .problem("the attribute \"" + name + "\" " + reason, "correct or remove it")),
                    () -> accepted.put(name, value));
        });
        return new Attributes(accepted);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
