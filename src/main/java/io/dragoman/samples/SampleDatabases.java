package io.dragoman.samples;

import io.dragoman.config.DragomanProperties;
import io.dragoman.storage.DatabaseServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.stereotype.Component;

/**
 * Makes the databases of sample worlds. Those for PostgreSQL are databases of the server's own PostgreSQL, or, where it may
 * not create them or others have those names, schemas of its own database; the role that reads them may do nothing else.
 * What an interrupted start left behind is known by its mark, dropped and made again. See
 * docs/decisions/sample-databases.md.
 */
@Component
class SampleDatabases {

    private static final String ROLE_PREFIX = "dragoman_sample_";
    private static final String MARK = "Sample data of the Dragoman in database ";
    private static final String NOT_ALLOWED = "42501";
    private static final String KDB_URL = "kdb-sandbox:markets";

    private final DatabaseServer server;
    private final Path folder;

    SampleDatabases(DatabaseServer server, DragomanProperties properties) {
        this.server = server;
        this.folder = properties.dataDir().toAbsolutePath().normalize().resolve("samples");
    }

    /**
     * A database that was made, and how to read it.
     *
     * @param user     null for none
     * @param password null for none
     */
    record Made(SampleWorld.Database database, String url, String user, String password, Map<String, String> options) {

        @Override
        public String toString() {
            return "Made[" + database.name() + "]";
        }
    }

    /** Makes all databases of a world. */
    List<Made> make(SampleWorld world) throws SQLException, IOException {
        return switch (world.dialect()) {
            case "postgresql" -> makePostgresql(world);
            case "sqlite" -> List.of(makeSqlite(world, world.databases().get(0)));
            default -> List.of(new Made(world.databases().get(0), KDB_URL, null, null, Map.of()));
        };
    }

    /** Where the database is now, if it is elsewhere than it was when its datasource was stored. */
    Optional<String> movedTo(SampleWorld world, SampleWorld.Database database, String storedUrl) {
        String now = storedUrl;
        if (world.dialect().equals("postgresql") && server.embedded()) {
            now = server.urlOf(database.name());
        } else if (world.dialect().equals("sqlite") && Files.isRegularFile(file(database))) {
            now = "jdbc:sqlite:" + file(database);
        }
        return now.equals(storedUrl) ? Optional.empty() : Optional.of(now);
    }

    private Made makeSqlite(SampleWorld world, SampleWorld.Database database) throws SQLException, IOException {
        Files.createDirectories(folder);
        Path draft = folder.resolve(database.name() + ".draft");
        Files.deleteIfExists(draft);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + draft)) {
            connection.setAutoCommit(false);
            ScriptUtils.executeSqlScript(connection, new EncodedResource(
                    new ByteArrayResource(SampleWorlds.resource(world, database.script())), StandardCharsets.UTF_8));
            connection.commit();
        }
        Files.move(draft, file(database), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return new Made(database, "jdbc:sqlite:" + file(database), null, null, Map.of());
    }

    private Path file(SampleWorld.Database database) {
        return folder.resolve(database.name() + ".sqlite");
    }

    private List<Made> makePostgresql(SampleWorld world) throws SQLException, IOException {
        String password = password();
        List<Made> made = new ArrayList<>();
        try (Connection own = connect(server.url()); Statement statement = own.createStatement()) {
            String ownId = text(statement, "select oid from pg_database where datname = current_database()");
            String role = ROLE_PREFIX + world.name() + "_" + ownId;
            String mark = MARK + ownId;
            makeRole(statement, role, password);
            for (SampleWorld.Database database : world.databases()) {
                String script = SampleWorlds.script(world, database);
                if (makeDatabase(statement, database.name(), mark)) {
                    String url = urlOf(database.name());
                    try (Connection inside = connect(url); Statement filling = inside.createStatement()) {
                        filling.execute(script);
                        letRead(filling, role, "public");
                        filling.execute("revoke all on database " + database.name() + " from public");
                        filling.execute("grant connect on database " + database.name() + " to " + role);
                    }
                    made.add(new Made(database, url, role, password, Map.of()));
                } else {
                    fillSchema(statement, database.name(), mark, script);
                    letRead(statement, role, database.name());
                    made.add(new Made(database, server.url(), role, password, Map.of("schema", database.name())));
                }
            }
        }
        return made;
    }

    private static void makeRole(Statement statement, String role, String password) throws SQLException {
        boolean exists = text(statement, "select rolname from pg_roles where rolname = '" + role + "'") != null;
        try {
            statement.execute((exists ? "alter" : "create") + " role " + role + " with login nosuperuser nocreatedb"
                    + " nocreaterole connection limit 40 password '" + password + "'");
            statement.execute("alter role " + role + " set default_transaction_read_only = on");
        } catch (SQLException e) {
            if (NOT_ALLOWED.equals(e.getSQLState())) {
                throw new IllegalStateException("the configured database user may not create the role " + role
                        + ", which only reads the samples; grant it CREATEROLE, or set dragoman.samples=false");
            }
            throw e;
        }
    }

    /** Whether the database was made; false when the server does not allow it, or has somebody else's of that name. */
    private static boolean makeDatabase(Statement statement, String name, String mark) throws SQLException {
        String found = text(statement, "select coalesce(shobj_description(oid, 'pg_database'), '') from pg_database"
                + " where datname = '" + name + "'");
        if (found != null) {
            if (!found.equals(mark)) {
                return false;
            }
            statement.execute("drop database " + name + " with (force)");
        }
        try {
            statement.execute("create database " + name);
            statement.execute("comment on database " + name + " is '" + mark + "'");
            return true;
        } catch (SQLException e) {
            if (NOT_ALLOWED.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private static void fillSchema(Statement statement, String name, String mark, String script) throws SQLException {
        String found = text(statement, "select coalesce(obj_description(oid, 'pg_namespace'), '') from pg_namespace"
                + " where nspname = '" + name + "'");
        if (found != null) {
            if (!found.equals(mark)) {
                throw new IllegalStateException("the database has a schema of your own named '" + name + "'");
            }
            statement.execute("drop schema " + name + " cascade");
        }
        statement.execute("create schema " + name);
        statement.execute("comment on schema " + name + " is '" + mark + "'");
        statement.execute("set search_path = " + name);
        statement.execute(script);
        statement.execute("reset search_path");
    }

    private static void letRead(Statement statement, String role, String schema) throws SQLException {
        statement.execute("grant usage on schema " + schema + " to " + role);
        statement.execute("grant select on all tables in schema " + schema + " to " + role);
        statement.execute("analyze");
    }

    /** The one value; null when there is no row. */
    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private Connection connect(String url) throws SQLException {
        Properties login = new Properties();
        if (!server.user().isBlank()) {
            login.setProperty("user", server.user());
            login.setProperty("password", server.password());
        }
        return DriverManager.getConnection(url, login);
    }

    /** The address of another database on the same server, with the parameters that the own one has. */
    private String urlOf(String database) {
        String url = server.url();
        int question = url.indexOf('?');
        String base = question < 0 ? url : url.substring(0, question);
        return base.substring(0, base.lastIndexOf('/') + 1) + database + (question < 0 ? "" : url.substring(question));
    }

    private static String password() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
