package dev.signet;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * A fresh, migrated PostgreSQL database for one test class.
 *
 * <p>One server runs per JVM, without durability (tests do not outlive it). The migrations run once, into a
 * template; each database is a copy of that and takes some tens of milliseconds. The role is no superuser, as in real life.
 * The pool keeps no idle connection, so that many test classes do not run out of them.
 *
 * @param dataSource a pool of up to 64 connections
 * @param jdbc a client of that pool
 * @param url JDBC address, for processes that open their own connections
 */
public record TestDatabase(DataSource dataSource, JdbcClient jdbc, String url, String user, String password) {

    private static final String ROLE = "signet";
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Creates a database in which all migrations have run and every table is empty. */
    public static TestDatabase create() {
        return copyOf(Server.TEMPLATE);
    }

    /** Creates a database without a table: for tests of the migrations and of a first start. */
    public static TestDatabase createEmpty() {
        return copyOf("template0");
    }

    /** Makes a Spring test use this database. */
    public void register(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", this::url);
        registry.add("spring.datasource.username", this::user);
        registry.add("spring.datasource.password", this::password);
    }

    private static TestDatabase copyOf(String template) {
        String name = "test_" + COUNT.incrementAndGet();
        synchronized (Server.class) {
            Server.administer("create database " + name + " template " + template + " owner " + ROLE);
        }
        String url = Server.url(name);
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(url);
        pool.setUsername(ROLE);
        pool.setPassword(ROLE);
        pool.setMaximumPoolSize(64);
        pool.setMinimumIdle(0);
        pool.setIdleTimeout(Duration.ofSeconds(10).toMillis());
        DataSource dataSource = new HikariDataSource(pool);
        return new TestDatabase(dataSource, JdbcClient.create(dataSource), url, ROLE, ROLE);
    }

    /** The one server of this JVM, started at the first use. */
    private static final class Server {

        private static final EmbeddedPostgres POSTGRES = start();
        private static final String TEMPLATE = migratedTemplate();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "400")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("listen_addresses", "127.0.0.1")
                        .setLocaleConfig("locale", "C")
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException("The database of the tests did not start", e);
            }
        }

        private static String migratedTemplate() {
            String template = "signet_template";
            administer("create role " + ROLE + " login password '" + ROLE + "'");
            administer("create database " + template + " owner " + ROLE);
            Flyway.configure()
                    .dataSource(url(template), ROLE, ROLE)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            return template;
        }

        private static void administer(String statement) {
            JdbcClient.create(POSTGRES.getPostgresDatabase()).sql(statement).update();
        }

        private static String url(String name) {
            return "jdbc:postgresql://127.0.0.1:" + POSTGRES.getPort() + "/" + name;
        }
    }
}
