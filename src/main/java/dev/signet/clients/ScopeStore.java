package dev.signet.clients;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code scope}. */
@Repository
class ScopeStore {

    private final JdbcClient jdbc;

    ScopeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Scope> all() {
        return jdbc.sql("select name, description, claims, claim_mappings from scope order by name")
                .query(ScopeStore::scope)
                .list();
    }

    /** Whether the statement changed anything. */
    boolean put(Scope scope) {
        return jdbc.sql("""
            insert into scope as s (name, description, claims, claim_mappings)
            values (:name, :description, :claims, :mappings)
            on conflict (name) do update set description = excluded.description, claims = excluded.claims,
                claim_mappings = excluded.claim_mappings
            where (s.description, s.claims, s.claim_mappings)
                is distinct from (excluded.description, excluded.claims, excluded.claim_mappings)
            """)
                        .param("name", scope.name())
                        .param("description", scope.description())
                        .param("claims", scope.claims().stream().sorted().toArray(String[]::new))
                        .param("mappings", ClientStore.lines(scope.mappings()))
                        .update()
                == 1;
    }

    private static Scope scope(ResultSet row, int number) throws SQLException {
        String[] claims = (String[]) row.getArray("claims").getArray();
        return new Scope(
                row.getString("name"),
                row.getString("description"),
                Set.of(claims),
                ClientStore.mappings(row.getArray("claim_mappings")));
    }
}
