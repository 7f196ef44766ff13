package io.dragoman.testing;

import static io.dragoman.testing.Eventually.eventually;

import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.storage.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A schema group and datasource whose one table, {@code sluices}, cannot be read while it is held: queries wait in the database. */
public final class HeldTable {

    /** How many rows a count by state has. */
    public static final int STATES = 2;

    private static final int LOCK = 4711;

    private final TestDatabase database;
    private final JdbcClient client;
    private final String group;

    private HeldTable(TestDatabase database, String group) {
        this.database = database;
        this.client = JdbcClient.create(database.dataSource());
        this.group = group;
    }

    /**
     * Adds the group and its datasource to a started server.
     *
     * @param seconds that a query takes in any case, with a decimal point
     */
    public static HeldTable in(Server server, TestDatabase database, String group, String seconds) {
        HeldTable table = new HeldTable(database, group);
        table.client.sql("""
                CREATE OR REPLACE VIEW public.sluices AS SELECT n AS id, CASE n WHEN 2 THEN 'open' ELSE 'shut' END AS state
                FROM (SELECT pg_advisory_xact_lock_shared(%d), pg_sleep(%s)) AS held, generate_series(1, 3) AS n
                """.formatted(LOCK, seconds)).update();
        added(server.post("/api/v1/data-sources", "{\"name\": \"" + group + "\", \"dialect\": \"postgresql\", \"url\": \""
                + database.url() + "\", \"user\": \"" + database.user() + "\"}"));
        added(server.post("/api/v1/schemas/upload", """
                {"schema_group_name": "%1$s", "schema_data": {"dialect": "postgresql", "datasource": "%1$s", "tables": [
                  {"name": "sluices", "description": "Gates in a canal", "columns": [
                    {"name": "id", "type": "integer", "primary_key": true}, {"name": "state", "type": "text"}]}]}}
                """.formatted(group)));
        return table;
    }

    /** The same in a database of its own, whose queries take no time. */
    public static HeldTable in(Server server, String group) {
        return in(server, TestDatabase.empty(), group, "0");
    }

    private static void added(Reply reply) {
        if (reply.status() >= 300) {
            throw new IllegalStateException(reply.text());
        }
    }

    /** A question whose query reads the table, as the body of a request; what was kept of earlier ones is not taken. */
    public String question() {
        return "{\"query\": \"How many sluices are there by state?\", \"schema_group_id\": \"" + group
                + "\", \"execute\": true, \"cache\": false}";
    }

    /** Holds the table, once the queries that read it have ended. */
    public Hold hold() throws SQLException {
        return new Hold();
    }

    /** Waits until that many queries wait for the table. */
    public void awaitWaiting(int expected) {
        eventually(expected + " queries wait", () -> waiting() == expected);
    }

    /** How many queries wait for the table. */
    public int waiting() {
        return client.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = " + LOCK
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())").query(Integer.class).single();
    }

    /** While it is open, nobody reads the table. */
    public final class Hold implements AutoCloseable {

        private final Connection connection = database.dataSource().getConnection();

        private Hold() throws SQLException {
            run("SELECT pg_advisory_lock(" + LOCK + ")");
        }

        @Override
        public void close() throws SQLException {
            run("SELECT pg_advisory_unlock(" + LOCK + ")");
            connection.close();
        }

        private void run(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
