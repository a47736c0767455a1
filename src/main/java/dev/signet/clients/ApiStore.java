package dev.signet.clients;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code api}. */
@Repository
class ApiStore {

    private final JdbcClient jdbc;

    ApiStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All there are, disabled ones too. */
    List<Api> all() {
        return jdbc.sql("select * from api order by identifier")
                .query(ApiStore::api)
                .list();
    }

    void save(Api api, Instant now) {
        jdbc.sql("""
            insert into api (identifier, name, scopes, access_token_lifetime, access_token_type,
                access_token_type_header, access_token_algorithm, introspection_clients, source, disabled_at,
                created_at, updated_at)
            values (:identifier, :name, :scopes, :lifetime, :format, :header, :algorithm, :introspectionClients,
                :source, case when :disabled then cast(:now as timestamptz) end, :now, :now)
            on conflict (identifier) do update set name = excluded.name, scopes = excluded.scopes,
                access_token_lifetime = excluded.access_token_lifetime,
                access_token_type = excluded.access_token_type,
                access_token_type_header = excluded.access_token_type_header,
                access_token_algorithm = excluded.access_token_algorithm,
                introspection_clients = excluded.introspection_clients, source = excluded.source,
                disabled_at = excluded.disabled_at, updated_at = excluded.updated_at
            """)
                .param("identifier", api.identifier())
                .param("name", api.name())
                .param("scopes", api.scopes().toArray(String[]::new))
                .param(
                        "lifetime",
                        api.accessTokenLifetime() == null
                                ? null
                                : (int) api.accessTokenLifetime().toSeconds())
                .param(
                        "format",
                        api.accessTokenFormat() == null
                                ? null
                                : api.accessTokenFormat().code())
                .param("header", api.accessTokenTypeHeader())
                .param("algorithm", api.accessTokenAlgorithm())
                .param("introspectionClients", api.introspectionClients().toArray(String[]::new))
                .param("source", api.source())
                .param("disabled", api.disabled())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Whether it was not disabled before. */
    boolean disable(String identifier, Instant now) {
        return jdbc.sql("""
            update api set disabled_at = :now, updated_at = :now
            where identifier = :identifier and disabled_at is null
            """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("identifier", identifier)
                        .update()
                == 1;
    }

    private static Api api(ResultSet row, int number) throws SQLException {
        @Nullable Integer lifetime = row.getObject("access_token_lifetime", Integer.class);
        @Nullable String format = row.getString("access_token_type");
        return new Api(
                row.getString("identifier"),
                row.getString("name"),
                set(row.getArray("scopes")),
                lifetime == null ? null : Duration.ofSeconds(lifetime),
                format == null ? null : TokenFormat.of(format).orElseThrow(),
                row.getString("access_token_type_header"),
                row.getString("access_token_algorithm"),
                set(row.getArray("introspection_clients")),
                row.getString("source"),
                row.getTimestamp("disabled_at") != null);
    }

    private static Set<String> set(Array array) throws SQLException {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList((String[]) array.getArray())));
    }
}
