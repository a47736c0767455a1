package dev.signet.users;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code user_account} and {@code user_role}; one statement per look-up, roles included. */
@Repository
class UserStore {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String SELECT = """
        select u.*, array(select r.role from user_role r where r.user_id = u.id order by r.role) as roles
        from user_account u
        """;

    private static final String COLUMNS = """
        username = :username, email = :email, email_verified = :emailVerified, name = :name,
        given_name = :givenName, family_name = :familyName, middle_name = :middleName, nickname = :nickname,
        profile = :profile, picture = :picture, website = :website, gender = :gender, birthdate = :birthdate,
        zoneinfo = :zoneinfo, locale = :locale, phone_number = :phoneNumber,
        phone_number_verified = :phoneNumberVerified, address_formatted = :formatted, address_street = :street,
        address_locality = :locality, address_region = :region, address_postal_code = :postalCode,
        address_country = :country, attributes = cast(:attributes as jsonb), source = :source, updated_at = :now
        """;

    private final JdbcClient jdbc;

    UserStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<User> byId(UUID id) {
        return jdbc.sql(SELECT + "where u.id = ?")
                .param(id)
                .query(UserStore::user)
                .optional();
    }

    Optional<User> byLogin(String canonical) {
        return jdbc.sql(SELECT + "where lower(u.username) = ? or lower(u.email) = ? limit 1")
                .param(canonical)
                .param(canonical)
                .query(UserStore::user)
                .optional();
    }

    Optional<User> byUsername(String canonical) {
        return jdbc.sql(SELECT + "where lower(u.username) = ?")
                .param(canonical)
                .query(UserStore::user)
                .optional();
    }

    List<User> bySource(String source) {
        return jdbc.sql(SELECT + "where u.source = ?")
                .param(source)
                .query(UserStore::user)
                .list();
    }

    boolean anyoneHas(String role) {
        return jdbc.sql("select exists (select from user_role where role = ?)")
                .param(role)
                .query(Boolean.class)
                .single();
    }

    void insert(UUID id, NewUser user, Instant now) {
        jdbc.sql("insert into user_account (id, username, created_at, updated_at) values (?, ?, ?, ?)")
                .param(id)
                .param(user.username())
                .param(now.atOffset(ZoneOffset.UTC))
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
        update(id, user, now);
    }

    void update(UUID id, NewUser user, Instant now) {
        bind(jdbc.sql("update user_account set " + COLUMNS + " where id = :id"), user)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("delete from user_role where user_id = :id and role <> all(:roles)")
                .param("id", id)
                .param("roles", user.roles().toArray(String[]::new))
                .update();
        jdbc.sql("""
            insert into user_role (user_id, role) select :id, unnest(:roles)
            on conflict do nothing
            """)
                .param("id", id)
                .param("roles", user.roles().toArray(String[]::new))
                .update();
    }

    int setDisabledAt(UUID id, @Nullable Instant disabledAt, Instant now) {
        return jdbc.sql("""
            update user_account set disabled_at = :at, updated_at = :now
            where id = :id and (disabled_at is null) <> (cast(:at as timestamptz) is null)
            """)
                .param("at", disabledAt == null ? null : disabledAt.atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .update();
    }

    private static StatementSpec bind(StatementSpec statement, NewUser user) {
        Profile profile = user.profile();
        Profile.Address address =
                profile.address() == null ? new Profile.Address(null, null, null, null, null, null) : profile.address();
        return statement
                .param("username", user.username())
                .param("email", user.email())
                .param("emailVerified", user.emailVerified())
                .param("name", profile.name())
                .param("givenName", profile.givenName())
                .param("familyName", profile.familyName())
                .param("middleName", profile.middleName())
                .param("nickname", profile.nickname())
                .param("profile", profile.profile())
                .param("picture", profile.picture())
                .param("website", profile.website())
                .param("gender", profile.gender())
                .param("birthdate", profile.birthdate())
                .param("zoneinfo", profile.zoneinfo())
                .param("locale", profile.locale())
                .param("phoneNumber", profile.phoneNumber())
                .param("phoneNumberVerified", profile.phoneNumberVerified())
                .param("formatted", address.formatted())
                .param("street", address.streetAddress())
                .param("locality", address.locality())
                .param("region", address.region())
                .param("postalCode", address.postalCode())
                .param("country", address.country())
                .param("attributes", JSON.writeValueAsString(user.attributes().values()))
                .param("source", user.source());
    }

    private static User user(ResultSet row, int number) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                row.getString("username"),
                row.getString("email"),
                row.getBoolean("email_verified"),
                profile(row),
                roles(row.getArray("roles")),
                attributes(row.getString("attributes")),
                row.getString("source"),
                row.getTimestamp("updated_at").toInstant(),
                instant(row.getTimestamp("disabled_at")));
    }

    private static Profile profile(ResultSet row) throws SQLException {
        return new Profile(
                row.getString("name"),
                row.getString("given_name"),
                row.getString("family_name"),
                row.getString("middle_name"),
                row.getString("nickname"),
                row.getString("profile"),
                row.getString("picture"),
                row.getString("website"),
                row.getString("gender"),
                row.getString("birthdate"),
                row.getString("zoneinfo"),
                row.getString("locale"),
                row.getString("phone_number"),
                row.getBoolean("phone_number_verified"),
                Profile.Address.ofParts(
                        row.getString("address_formatted"),
                        row.getString("address_street"),
                        row.getString("address_locality"),
                        row.getString("address_region"),
                        row.getString("address_postal_code"),
                        row.getString("address_country")));
    }

    @SuppressWarnings("unchecked")
    private static Attributes attributes(String json) {
        return json.equals("{}") ? Attributes.NONE : new Attributes(JSON.readValue(json, Map.class));
    }

    private static Set<String> roles(Array array) throws SQLException {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList((String[]) array.getArray())));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
