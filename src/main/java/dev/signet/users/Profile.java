package dev.signet.users;

import org.jspecify.annotations.Nullable;

/**
 * What a person tells about themselves: the standard claims of OpenID Connect Core section 5.1, each possibly unknown.
 *
 * @param phoneNumberVerified whether the number was shown to be the person's
 * @param address the postal address (section 5.1.1), null when no part is known
 */
public record Profile(
        @Nullable String name,
        @Nullable String givenName,
        @Nullable String familyName,
        @Nullable String middleName,
        @Nullable String nickname,
        @Nullable String profile,
        @Nullable String picture,
        @Nullable String website,
        @Nullable String gender,
        @Nullable String birthdate,
        @Nullable String zoneinfo,
        @Nullable String locale,
        @Nullable String phoneNumber,
        boolean phoneNumberVerified,
        @Nullable Address address) {

    /** A profile of which nothing is known. */
    public static final Profile EMPTY =
            new Profile(null, null, null, null, null, null, null, null, null, null, null, null, null, false, null);

    /** A profile of which only the full name is known. */
    public static Profile named(@Nullable String name) {
        return new Profile(name, null, null, null, null, null, null, null, null, null, null, null, null, false, null);
    }

    /** A postal address (OpenID Connect Core section 5.1.1). */
    public record Address(
            @Nullable String formatted,
            @Nullable String streetAddress,
            @Nullable String locality,
            @Nullable String region,
            @Nullable String postalCode,
            @Nullable String country) {

        /** The address of these parts, null when there is none of them. */
        public static @Nullable Address ofParts(
                @Nullable String formatted,
                @Nullable String streetAddress,
                @Nullable String locality,
                @Nullable String region,
                @Nullable String postalCode,
                @Nullable String country) {
            boolean empty = formatted == null
                    && streetAddress == null
                    && locality == null
                    && region == null
                    && postalCode == null
                    && country == null;
            return empty ? null : new Address(formatted, streetAddress, locality, region, postalCode, country);
        }
    }
}
