package dev.signet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestDatabaseSliceTests {

    @Test
    void givesEachCallerAMigratedDatabaseOfItsOwn() {
        TestDatabase one = TestDatabase.create();
        TestDatabase two = TestDatabase.create();

        one.jdbc().sql("insert into scope (name) values ('only here')").update();

        assertThat(scopes(one)).isEqualTo(1);
        assertThat(scopes(two)).isZero();
    }

    @Test
    void givesAnEmptyDatabaseToWhoeverRunsTheMigrations() {
        TestDatabase empty = TestDatabase.createEmpty();

        int tables = empty.jdbc()
                .sql("select count(*) from information_schema.tables where table_schema = 'public'")
                .query(Integer.class)
                .single();

        assertThat(tables).isZero();
    }

    private static int scopes(TestDatabase database) {
        return database.jdbc()
                .sql("select count(*) from scope")
                .query(Integer.class)
                .single();
    }
}
