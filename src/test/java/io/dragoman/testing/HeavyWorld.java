package io.dragoman.testing;

import io.dragoman.api.Server;
import io.dragoman.storage.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

/** A schema group and datasource {@code boulders} whose one table has 10,000 rows of 2 KB. */
public final class HeavyWorld {

    private HeavyWorld() {
    }

    /** Adds the group and its datasource to a started server, once. */
    public static void in(Server server) {
        if (server.get("/api/v1/data-sources/boulders").status() == 200) {
            return;
        }
        TestDatabase database = TestDatabase.empty();
        new JdbcTemplate(database.dataSource()).execute("create table boulders as select n as id, repeat('x', 2000) as name"
                + " from generate_series(1, 10000) n");
        server.post("/api/v1/data-sources", "{\"name\": \"boulders\", \"dialect\": \"postgresql\", \"url\": \""
                + database.url() + "\", \"user\": \"" + database.user() + "\"}");
        server.post("/api/v1/schemas/upload", """
                {"schema_group_name": "boulders", "schema_data": {"dialect": "postgresql", "datasource": "boulders", "tables": [
                  {"name": "boulders", "description": "Heavy stones", "columns": [
                    {"name": "id", "type": "integer", "primary_key": true}, {"name": "name", "type": "text"}]}]}}
                """);
    }
}
