package io.dragoman.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.dragoman.config.DragomanProperties;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The server's own database: the embedded PostgreSQL, or the one that {@code dragoman.db.url} names. */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(StorageConfiguration.class);
    private static final String CONNECT_TIMEOUT_S = "10";

    @Bean
    DataFolder dataFolder(DragomanProperties properties) {
        return DataFolder.open(properties.dataDir());
    }

    @Bean
    @Conditional(EmbeddedCondition.class)
    EmbeddedDatabase embeddedDatabase(DataFolder folder) {
        EmbeddedDatabase database = EmbeddedDatabase.start(folder);
        LOG.info("Embedded PostgreSQL is up, its data is in {}", folder.path().resolve("postgres"));
        return database;
    }

    @Bean
    DatabaseServer databaseServer(DragomanProperties properties, ObjectProvider<EmbeddedDatabase> embedded) {
        EmbeddedDatabase database = embedded.getIfAvailable();
        if (database != null) {
            return database.server();
        }
        DragomanProperties.Db db = properties.db();
        DatabaseServer server = new DatabaseServer(db.url().strip(), db.user(), db.password(), false);
        requireReachable(server);
        LOG.info("Using the PostgreSQL at {}", place(server.url()));
        return server;
    }

    @Bean
    HikariDataSource dataSource(DatabaseServer server, DragomanProperties properties) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("storage");
        config.setJdbcUrl(server.url());
        if (!server.user().isBlank()) {
            config.setUsername(server.user());
            config.setPassword(server.password());
        }
        config.setMaximumPoolSize(properties.db().pool());
        config.setMinimumIdle(2);
        config.setConnectionTimeout(10_000);
        config.addDataSourceProperty("ApplicationName", "dragoman");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT_S);
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return new HikariDataSource(config);
    }

    private static void requireReachable(DatabaseServer server) {
        if (!server.url().startsWith("jdbc:postgresql:")) {
            throw new StorageException("The configured database URL is not one of PostgreSQL.",
                    "Set DRAGOMAN_DB_URL to jdbc:postgresql://host:port/database, or leave it out for the embedded"
                            + " one.", null);
        }
        Properties login = new Properties();
        if (!server.user().isBlank()) {
            login.setProperty("user", server.user());
            login.setProperty("password", server.password());
        }
        login.setProperty("connectTimeout", CONNECT_TIMEOUT_S);
        login.setProperty("loginTimeout", CONNECT_TIMEOUT_S);
        try (Connection connection = DriverManager.getConnection(server.url(), login)) {
            connection.isValid(5);
        } catch (SQLException e) {
            throw new StorageException("The configured database " + place(server.url()) + " cannot be used: "
                    + e.getMessage(), "Check DRAGOMAN_DB_URL, DRAGOMAN_DB_USER and DRAGOMAN_DB_PASSWORD, or leave them"
                    + " out for the embedded one.", e);
        }
    }

    /** The URL without its parameters and credentials, which must not be logged. */
    private static String place(String url) {
        String bare = url.substring("jdbc:postgresql:".length()).split("\\?", 2)[0];
        return bare.substring(bare.lastIndexOf('@') + 1).replace("//", "");
    }
}
