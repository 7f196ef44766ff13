package io.dragoman.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedDatabaseTest {

    @TempDir
    Path data;

    /** Run in a process of its own, to be killed. */
    public static void main(String[] args) throws Exception {
        try (DataFolder folder = DataFolder.open(Path.of(args[0]));
                EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            insert(database, args[1]);
            System.out.println("written");
            Thread.sleep(100_000);
        }
    }

    @Test
    void dataSurvivesARestart() throws Exception {
        try (DataFolder folder = DataFolder.open(data); EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            insert(database, "first");
        }
        try (DataFolder folder = DataFolder.open(data); EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThat(read(database)).isEqualTo("first");
        }
    }

    @Test
    void dataSurvivesAKillAndTheServerLeftRunningIsTakenOver() throws Exception {
        Process killed = child("precious");
        long orphan = Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(0));
        assertThat(ProcessHandle.of(orphan)).as("PostgreSQL outlives the kill").isPresent();

        try (DataFolder folder = DataFolder.open(data); EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThat(read(database)).isEqualTo("precious");
            assertThat(ProcessHandle.of(orphan)).isEmpty();
        }
        assertThat(killed.isAlive()).isFalse();
    }

    @Test
    void dataSurvivesAKillOfTheWholeMachine() throws Exception {
        child("precious");
        long orphan = Long.parseLong(Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(0));
        ProcessHandle postmaster = ProcessHandle.of(orphan).orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get(60, TimeUnit.SECONDS);
        // The process id may belong to another process by the time the machine is up again: here, to this test.
        Path note = data.resolve("postgres/postmaster.pid");
        Files.writeString(note, Files.readString(note).replaceFirst("^\\d+", "" + ProcessHandle.current().pid()));

        try (DataFolder folder = DataFolder.open(data); EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            assertThat(read(database)).isEqualTo("precious");
        }
    }

    @Test
    void repairsAFirstStartThatWasKilledHalfWay() throws Exception {
        Files.createDirectories(data.resolve("postgres"));
        Files.writeString(data.resolve("postgres/PG_VERSION"), "17\n");
        Files.writeString(data.resolve("postgres/postgresql.conf"), "half");
        Files.writeString(data.resolve("postgres.initialising"), "");

        try (DataFolder folder = DataFolder.open(data); EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            insert(database, "fine");
            assertThat(read(database)).isEqualTo("fine");
        }
    }

    @Test
    void writesSafelyAndAsksForAPassword() throws Exception {
        try (DataFolder folder = DataFolder.open(data); EmbeddedDatabase database = EmbeddedDatabase.start(folder)) {
            try (Connection connection = connect(database)) {
                assertThat(setting(connection, "fsync")).isEqualTo("on");
                assertThat(setting(connection, "synchronous_commit")).isEqualTo("on");
                assertThat(setting(connection, "listen_addresses")).isEqualTo("127.0.0.1");
            }
            assertThat(catchSqlState(database)).isEqualTo("28P01");
        }
    }

    private Process child(String value) throws Exception {
        Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), EmbeddedDatabaseTest.class.getName(), data.toString(), value)
                .redirectError(Redirect.INHERIT).start();
        try (BufferedReader output = process.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.equals("written")) {
                line = output.readLine();
            }
            assertThat(line).isEqualTo("written");
            process.destroyForcibly();
            process.waitFor();
        }
        return process;
    }

    private static String catchSqlState(EmbeddedDatabase database) {
        try (Connection ignored = DriverManager.getConnection(database.server().url(), "postgres", "wrong")) {
            return "connected";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static Connection connect(EmbeddedDatabase database) throws SQLException {
        DatabaseServer server = database.server();
        return DriverManager.getConnection(server.url(), server.user(), server.password());
    }

    private static void insert(EmbeddedDatabase database, String value) throws SQLException {
        try (Connection connection = connect(database)) {
            connection.createStatement().execute("CREATE TABLE kept (word TEXT)");
            connection.createStatement().execute("INSERT INTO kept VALUES ('" + value + "')");
        }
    }

    private static String read(EmbeddedDatabase database) throws SQLException {
        try (Connection connection = connect(database);
                ResultSet rows = connection.createStatement().executeQuery("SELECT word FROM kept")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (ResultSet rows = connection.createStatement().executeQuery("SHOW " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
