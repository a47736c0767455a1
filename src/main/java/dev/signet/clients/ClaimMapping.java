package dev.signet.clients;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A claim that scopes or clients add to what the standards say of a person, without code.
 *
 * @param claim its name
 * @param from where its value comes from: {@code roles}, {@code groups}, or {@code attribute:} and an attribute's name
 * @param into where it stands
 */
public record ClaimMapping(String claim, String from, Set<Place> into) {

    /** The person's roles, a list. */
    public static final String ROLES = "roles";

    /** The person's attribute {@code groups}, always as a list. */
    public static final String GROUPS = "groups";

    static final String ATTRIBUTE = "attribute:";

    /** Where a claim may stand. */
    public enum Place {
        /** In access tokens, and so in what introspection answers. */
        ACCESS_TOKEN,
        ID_TOKEN,
        /** In answers of the UserInfo endpoint. */
        USERINFO;

        /** The word for it in configuration and database. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Place> of(String code) {
            return Stream.of(values())
                    .filter(place -> place.code().equals(code))
                    .findFirst();
        }
    }

    /** The attribute the value comes from, if it comes from one. */
    public Optional<String> attribute() {
        return from.startsWith(ATTRIBUTE) ? Optional.of(from.substring(ATTRIBUTE.length())) : Optional.empty();
    }

    /** In one line, as the database keeps it: none of the three parts holds a space. */
    String line() {
        return claim + " " + from + " " + into.stream().map(Place::code).collect(Collectors.joining(","));
    }

    static ClaimMapping ofLine(String line) {
        String[] parts = line.split(" ");
        Set<Place> into = EnumSet.noneOf(Place.class);
        for (String code : parts[2].split(",")) {
            into.add(Place.of(code).orElseThrow());
        }
        return new ClaimMapping(parts[0], parts[1], into);
    }
}
