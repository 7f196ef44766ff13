package io.dragoman.testing;

import static io.dragoman.testing.Eventually.eventually;

import io.dragoman.api.Server;
import io.dragoman.storage.TestDatabase;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A schema group {@code tortoises} whose one table takes a minute to read, and what its database is doing. */
public final class SlowWorld {

    private final JdbcClient database;
    private final String name;

    private SlowWorld(TestDatabase database) {
        this.database = JdbcClient.create(database.dataSource());
        this.name = database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    /** Adds the group and its datasource to a started server. */
    public static SlowWorld in(Server server) {
        TestDatabase database = TestDatabase.empty();
        SlowWorld world = new SlowWorld(database);
        world.database.sql("""
                CREATE VIEW tortoises AS SELECT n AS id, 'slow ' || n AS name FROM generate_series(1, 100) n
                WHERE pg_sleep(0.6 + 0 * n)::text IS NOT NULL
                """).update();
        server.post("/api/v1/data-sources", "{\"name\": \"" + world.name + "\", \"dialect\": \"postgresql\", \"url\": \""
                + database.url() + "\", \"user\": \"" + database.user() + "\"}");
        server.post("/api/v1/schemas/upload", """
                {"schema_group_name": "tortoises", "schema_data": {"dialect": "postgresql", "datasource": "%s", "tables": [
                  {"name": "tortoises", "description": "Slow animals", "columns": [
                    {"name": "id", "type": "integer", "primary_key": true}, {"name": "name", "type": "text"}]}]}}
                """.formatted(world.name));
        return world;
    }

    /** Waits until that many queries on tortoises run in the database; how long that took. */
    public Duration awaitRunning(int expected) {
        long start = System.nanoTime();
        eventually(expected + " queries run", () -> running() == expected);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private long running() {
        return database.sql("""
                SELECT count(*) FROM pg_stat_activity WHERE datname = ? AND state = 'active' AND query ILIKE '%FROM tortoises%'
                AND pid <> pg_backend_pid()
                """).param(name).query(Long.class).single();
    }
}
