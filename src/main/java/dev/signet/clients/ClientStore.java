package dev.signet.clients;

import dev.signet.clients.StoredClient.StoredSecret;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables {@code client}, {@code client_redirect_uri} and {@code client_secret}; a client is read by one statement. */
@Repository
class ClientStore {

    private static final String SELECT = """
        select c.*,
               array(select u.uri from client_redirect_uri u
                     where u.client_id = c.client_id and u.kind = 'sign_in' order by u.position) as redirect_uris,
               array(select u.uri from client_redirect_uri u
                     where u.client_id = c.client_id and u.kind = 'sign_out' order by u.position) as sign_out_uris,
               array(select s.id || ' ' || coalesce(extract(epoch from s.expires_at)::bigint::text, '-') || ' ' || s.hash
                     from client_secret s where s.client_id = c.client_id order by s.created_at, s.id) as secrets
        from client c
        """;

    private static final String UPSERT = """
        insert into client (client_id, name, kind, auth_methods, grant_types, scopes, audience, pkce_required,
            consent_required, access_token_lifetime, id_token_lifetime, refresh_idle_lifetime,
            refresh_absolute_lifetime, refresh_repeat_window, access_token_algorithm, id_token_algorithm,
            access_token_type_header, default_max_age, logo_uri, client_uri, policy_uri, tos_uri, cors_origins,
            claim_mappings, sector_identifier, access_token_type, userinfo_algorithm, introspection_algorithm, source, disabled_at, created_at, updated_at)
        values (:clientId, :name, :kind, :authMethods, :grantTypes, :scopes, :audience, :pkceRequired,
            :consentRequired, :accessTokenLifetime, :idTokenLifetime, :refreshIdleLifetime,
            :refreshAbsoluteLifetime, :refreshRepeatWindow, :accessTokenAlgorithm, :idTokenAlgorithm,
            :accessTokenTypeHeader, :defaultMaxAge, :logoUri, :clientUri, :policyUri, :tosUri, :corsOrigins,
            :claimMappings, :sector, :accessTokenType, :userInfoAlgorithm, :introspectionAlgorithm, :source,
            case when :disabled then cast(:now as timestamptz) end, :now, :now)
        on conflict (client_id) do update set name = excluded.name, kind = excluded.kind,
            auth_methods = excluded.auth_methods, grant_types = excluded.grant_types, scopes = excluded.scopes,
            audience = excluded.audience, pkce_required = excluded.pkce_required,
            consent_required = excluded.consent_required, access_token_lifetime = excluded.access_token_lifetime,
            id_token_lifetime = excluded.id_token_lifetime, refresh_idle_lifetime = excluded.refresh_idle_lifetime,
            refresh_absolute_lifetime = excluded.refresh_absolute_lifetime,
            refresh_repeat_window = excluded.refresh_repeat_window,
            access_token_algorithm = excluded.access_token_algorithm,
            id_token_algorithm = excluded.id_token_algorithm,
            access_token_type_header = excluded.access_token_type_header,
            default_max_age = excluded.default_max_age, logo_uri = excluded.logo_uri,
            client_uri = excluded.client_uri, policy_uri = excluded.policy_uri, tos_uri = excluded.tos_uri,
            cors_origins = excluded.cors_origins, claim_mappings = excluded.claim_mappings,
            sector_identifier = excluded.sector_identifier,
            access_token_type = excluded.access_token_type, userinfo_algorithm = excluded.userinfo_algorithm,
            introspection_algorithm = excluded.introspection_algorithm, source = excluded.source, disabled_at = excluded.disabled_at,
            updated_at = excluded.updated_at
        """;

    private final JdbcClient jdbc;

    ClientStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<StoredClient> find(String clientId) {
        return jdbc.sql(SELECT + "where c.client_id = ?")
                .param(clientId)
                .query(ClientStore::stored)
                .optional();
    }

    List<Client> bySource(String source) {
        return jdbc
                .sql(SELECT + "where c.source = ? order by c.client_id")
                .param(source)
                .query(ClientStore::stored)
                .list()
                .stream()
                .map(StoredClient::client)
                .toList();
    }

    List<String> corsOrigins() {
        return jdbc.sql("select distinct unnest(cors_origins) from client where disabled_at is null")
                .query(String.class)
                .list();
    }

    Set<String> signingAlgorithms() {
        return jdbc.sql("select access_token_algorithm from client where disabled_at is null"
                        + " union select id_token_algorithm from client where disabled_at is null"
                        + " union select userinfo_algorithm from client"
                        + " where disabled_at is null and userinfo_algorithm is not null"
                        + " union select introspection_algorithm from client where disabled_at is null"
                        + " union select access_token_algorithm from api"
                        + " where disabled_at is null and access_token_algorithm is not null")
                .query(String.class)
                .set();
    }

    void save(Client client, Instant now) {
        jdbc.sql(UPSERT)
                .param("clientId", client.clientId())
                .param("name", client.name())
                .param("kind", client.kind().code())
                .param(
                        "authMethods",
                        client.authMethods().stream()
                                .map(ClientAuthMethod::value)
                                .toArray(String[]::new))
                .param("grantTypes", texts(client.grantTypes()))
                .param("scopes", texts(client.scopes()))
                .param("audience", client.audience().toArray(String[]::new))
                .param("pkceRequired", client.pkceRequired())
                .param("consentRequired", client.consentRequired())
                .param("accessTokenLifetime", client.accessTokenLifetime().toSeconds())
                .param("idTokenLifetime", client.idTokenLifetime().toSeconds())
                .param("refreshIdleLifetime", client.refreshIdleLifetime().toSeconds())
                .param(
                        "refreshAbsoluteLifetime",
                        client.refreshAbsoluteLifetime().toSeconds())
                .param("refreshRepeatWindow", client.refreshRepeatWindow().toSeconds())
                .param("accessTokenAlgorithm", client.accessTokenAlgorithm())
                .param("idTokenAlgorithm", client.idTokenAlgorithm())
                .param("accessTokenTypeHeader", client.accessTokenTypeHeader())
                .param(
                        "defaultMaxAge",
                        client.defaultMaxAge() == null
                                ? null
                                : (int) client.defaultMaxAge().toSeconds())
                .param("logoUri", client.logoUri())
                .param("clientUri", client.clientUri())
                .param("policyUri", client.policyUri())
                .param("tosUri", client.tosUri())
                .param("corsOrigins", texts(client.corsOrigins()))
                .param("claimMappings", lines(client.disclosure().claims()))
                .param("sector", client.disclosure().sector())
                .param("userInfoAlgorithm", client.disclosure().userInfoAlgorithm())
                .param("introspectionAlgorithm", client.disclosure().introspectionAlgorithm())
                .param(
                        "accessTokenType",
                        client.disclosure().accessTokenFormat().code())
                .param("source", client.source())
                .param("disabled", client.disabled())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
        saveUris(client.clientId(), "sign_in", client.redirectUris());
        saveUris(client.clientId(), "sign_out", client.signOutUris());
    }

    boolean disable(String clientId, Instant now) {
        return jdbc.sql("""
            update client set disabled_at = :now, updated_at = :now
            where client_id = :clientId and disabled_at is null
            """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("clientId", clientId)
                        .update()
                == 1;
    }

    private void saveUris(String clientId, String kind, List<String> uris) {
        String[] array = uris.toArray(String[]::new);
        jdbc.sql("delete from client_redirect_uri where client_id = ? and kind = ? and uri <> all(?)")
                .param(clientId)
                .param(kind)
                .param(array)
                .update();
        jdbc.sql("""
            insert into client_redirect_uri (client_id, kind, uri, position)
            select ?, ?, uri, position from unnest(?) with ordinality as u (uri, position)
            on conflict (client_id, kind, uri) do update set position = excluded.position
            """).param(clientId).param(kind).param(array).update();
    }

    void addSecret(UUID id, String clientId, String hash, Instant now) {
        jdbc.sql("insert into client_secret (id, client_id, hash, created_at) values (?, ?, ?, ?)")
                .param(id)
                .param(clientId)
                .param(hash)
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void deleteSecret(UUID id) {
        jdbc.sql("delete from client_secret where id = ?").param(id).update();
    }

    private static StoredClient stored(ResultSet row, int number) throws SQLException {
        return new StoredClient(client(row), secrets(row.getArray("secrets")));
    }

    private static Client client(ResultSet row) throws SQLException {
        Integer maxAge = row.getObject("default_max_age", Integer.class);
        return new Client(
                row.getString("client_id"),
                row.getString("name"),
                ClientKind.of(row.getString("kind")).orElseThrow(),
                authMethods(row.getArray("auth_methods")),
                set(row.getArray("grant_types")),
                list(row.getArray("redirect_uris")),
                list(row.getArray("sign_out_uris")),
                set(row.getArray("scopes")),
                list(row.getArray("audience")),
                row.getBoolean("pkce_required"),
                row.getBoolean("consent_required"),
                seconds(row, "access_token_lifetime"),
                seconds(row, "id_token_lifetime"),
                seconds(row, "refresh_idle_lifetime"),
                seconds(row, "refresh_absolute_lifetime"),
                seconds(row, "refresh_repeat_window"),
                row.getString("access_token_algorithm"),
                row.getString("id_token_algorithm"),
                row.getString("access_token_type_header"),
                set(row.getArray("cors_origins")),
                maxAge == null ? null : Duration.ofSeconds(maxAge),
                row.getString("logo_uri"),
                row.getString("client_uri"),
                row.getString("policy_uri"),
                row.getString("tos_uri"),
                new Client.Disclosure(
                        mappings(row.getArray("claim_mappings")),
                        row.getString("sector_identifier"),
                        TokenFormat.of(row.getString("access_token_type")).orElseThrow(),
                        row.getString("userinfo_algorithm"),
                        row.getString("introspection_algorithm")),
                row.getString("source"),
                row.getTimestamp("disabled_at") != null);
    }

    private static List<StoredSecret> secrets(Array array) throws SQLException {
        List<StoredSecret> secrets = new ArrayList<>();
        for (String text : (String[]) array.getArray()) {
            String[] parts = text.split(" ", 3);
            @Nullable Instant expiresAt = parts[1].equals("-") ? null : Instant.ofEpochSecond(Long.parseLong(parts[1]));
            secrets.add(new StoredSecret(UUID.fromString(parts[0]), parts[2], expiresAt));
        }
        return List.copyOf(secrets);
    }

    private static Set<ClientAuthMethod> authMethods(Array array) throws SQLException {
        Set<ClientAuthMethod> methods = EnumSet.noneOf(ClientAuthMethod.class);
        for (String value : (String[]) array.getArray()) {
            methods.add(ClientAuthMethod.of(value).orElseThrow());
        }
        return Collections.unmodifiableSet(methods);
    }

    private static Duration seconds(ResultSet row, String column) throws SQLException {
        return Duration.ofSeconds(row.getLong(column));
    }

    private static Set<String> set(Array array) throws SQLException {
        return Collections.unmodifiableSet(new LinkedHashSet<>(list(array)));
    }

    private static List<String> list(Array array) throws SQLException {
        return List.copyOf(Arrays.asList((String[]) array.getArray()));
    }

    static String[] lines(List<ClaimMapping> mappings) {
        return mappings.stream().map(ClaimMapping::line).toArray(String[]::new);
    }

    static List<ClaimMapping> mappings(Array array) throws SQLException {
        return list(array).stream().map(ClaimMapping::ofLine).toList();
    }

    private static String[] texts(Set<String> values) {
        return values.toArray(String[]::new);
    }
}
