package dev.signet.cluster;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the connection that hears of changes to the same database as the pool, but outside of it. */
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

    @Bean
    ChangeListener changeListener(Changes changes, JdbcConnectionDetails details) {
        return new ChangeListener(changes, unpooled(details));
    }

    private static DataSource unpooled(JdbcConnectionDetails details) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(details.getJdbcUrl());
        source.setUser(details.getUsername());
        source.setPassword(details.getPassword());
        source.setApplicationName("signet changes");
        source.setConnectTimeout(2);
        source.setLoginTimeout(4);
        // Silence is no failure here: the listener asks for a sign of life itself.
        source.setSocketTimeout(0);
        source.setTcpKeepAlive(true);
        return source;
    }
}
