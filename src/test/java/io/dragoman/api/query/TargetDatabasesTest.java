package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import io.dragoman.testing.MariaDbServer;
import io.dragoman.testing.Requires;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Databases of several kinds behind the same calls: added, read into a schema group, queried. */
@Timeout(120)
class TargetDatabasesTest extends ApiTest {

    private static final List<String> SCRIPT = List.of(
            "create table visit (id int primary key, place varchar(20), price decimal(9,2))",
            "insert into visit values (1, 'Rome', 2.50), (2, 'Oslo', 3.10), (3, 'Rome', 0.40)");

    @TempDir
    private static Path folder;

    @Test
    void runsQueriesOnDuckDb() throws Exception {
        String url = "jdbc:duckdb:" + folder.resolve("visits.duckdb");
        fill(url, null);
        worksOn("visits_duckdb", "duckdb", url, "");
        Reply file = execute("visits_duckdb", "SELECT * FROM read_csv('/etc/passwd')", "json");
        assertThat(file.error().path("code").asText()).isEqualTo("UNSAFE_QUERY");
    }

    @Test
    @Requires(MariaDbServer.class)
    void runsQueriesOnMysql() throws Exception {
        fill(MariaDbServer.url(), "root");
        worksOn("visits_mysql", "mysql", MariaDbServer.url(), ", \"user\": \"root\"");
        Reply file = execute("visits_mysql", "SELECT load_file('/etc/passwd')", "json");
        assertThat(file.error().path("code").asText()).isEqualTo("UNSAFE_QUERY");
    }

    private static void fill(String url, String user) throws Exception {
        try (Connection connection = DriverManager.getConnection(url, user, user == null ? null : "");
                Statement statement = connection.createStatement()) {
            for (String one : SCRIPT) {
                statement.execute(one);
            }
        }
    }

    private void worksOn(String name, String dialect, String url, String user) {
        Reply added = server.post("/api/v1/data-sources", "{\"name\": \"" + name + "\", \"dialect\": \"" + dialect
                + "\", \"url\": \"" + url + "\"" + user + "}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(server.post("/api/v1/data-sources/" + name + "/test", "").status()).isEqualTo(200);
        Reply read = server.post("/api/v1/schemas/introspect", "{\"datasource\": \"" + name + "\", \"schema_group_name\": \"" + name
                + "\", \"sample_values\": true}");
        assertThat(read.status()).as(read.text()).isLessThan(300);
        Reply rows = execute(name, "SELECT place, sum(price) AS paid FROM visit GROUP BY place ORDER BY place", "csv");
        assertThat(rows.text()).isEqualTo("place,paid\r\nOslo,3.10\r\nRome,2.90\r\n");
        Reply page = server.post("/api/v1/execute", "{\"datasource\": \"" + name
                + "\", \"query\": \"SELECT place FROM visit\", \"limit\": 2, \"offset\": 1}");
        assertThat(page.data().path("rows").toString()).isEqualTo("[[\"Rome\"],[\"Rome\"]]");
        Reply asked = server.post("/api/v1/query", "{\"query\": \"total price by place\", \"schema_group_id\": \"" + name
                + "\", \"execute\": true}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        assertThat(asked.data().path("dialect").asText()).isEqualTo(dialect);
        assertThat(asked.data().path("results").path("row_count").asInt()).as(asked.text()).isEqualTo(2);
        assertThat(execute(name, "DELETE FROM visit", "json").error().path("code").asText()).isEqualTo("UNSAFE_QUERY");
    }

    private Reply execute(String name, String query, String format) {
        return server.post("/api/v1/execute", "{\"datasource\": \"" + name + "\", \"query\": \"" + query + "\", \"format\": \""
                + format + "\"}");
    }
}
