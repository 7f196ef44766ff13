package io.dragoman.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A real PostgreSQL for tests, started once a JVM in a temporary folder, with databases that are already migrated.
 *
 * <pre>
 * private static final TestDatabase DATABASE = TestDatabase.fresh();
 * // DATABASE.dataSource(), or in a Spring test: dragoman.db.url = DATABASE.url(), dragoman.db.user = DATABASE.user()
 * </pre>
 *
 * @param url        JDBC URL of the database, for {@code dragoman.db.url}
 * @param user       a superuser without a password
 * @param dataSource a small connection pool to it
 */
public record TestDatabase(String url, String user, DataSource dataSource) {

    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static EmbeddedPostgres server;
    private static TestDatabase shared;

    /** A migrated database of its own, empty but for what the migrations put there. */
    public static synchronized TestDatabase fresh() {
        String name = "test_" + NUMBER.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return connect(name);
    }

    /** An empty database, not migrated. */
    public static synchronized TestDatabase empty() {
        String name = "empty_" + NUMBER.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return connect(name);
    }

    /** One migrated database for all tests of the JVM that do not mind what others put there. */
    public static synchronized TestDatabase shared() {
        if (shared == null) {
            shared = fresh();
        }
        return shared;
    }

    /** Lets nobody into the database with that URL, and ends the connections to it, as when its server goes away. */
    public static void goAway(String url) {
        String name = url.substring(url.lastIndexOf('/') + 1);
        execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    /** Lets everybody into the database with that URL again. */
    public static void comeBack(String url) {
        execute("ALTER DATABASE " + url.substring(url.lastIndexOf('/') + 1) + " ALLOW_CONNECTIONS true");
    }

    private static TestDatabase connect(String name) {
        String url = "jdbc:postgresql://127.0.0.1:" + server().getPort() + "/" + name;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setMaximumPoolSize(8);
        config.setMinimumIdle(0);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new TestDatabase(url, "postgres", new HikariDataSource(config));
    }

    private static void execute(String sql) {
        try (Connection connection = server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            // A folder under the library's own, so that the next run removes what a killed one left behind.
            Path data = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg", UUID.randomUUID().toString());
            try {
                server = EmbeddedPostgres.builder().setDataDirectory(data)
                        .setLocaleConfig("locale-provider", "builtin").setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setLocaleConfig("locale", "C")
                        .setServerConfig("full_page_writes", "off").setServerConfig("jit", "off")
                        .setOutputRedirector(Redirect.DISCARD).setErrorRedirector(Redirect.DISCARD)
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            execute("CREATE DATABASE " + TEMPLATE);
            Flyway.configure().dataSource(server.getDatabase("postgres", TEMPLATE))
                    .locations("classpath:db/migration").load().migrate();
        }
        return server;
    }
}
