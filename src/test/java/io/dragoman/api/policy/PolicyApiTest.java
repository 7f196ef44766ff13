package io.dragoman.api.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import io.dragoman.storage.TestDatabase;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyApiTest extends ApiTest {

    private static final String PATH = "/api/v1/policy";
    private static final ObjectMapper JSON = new ObjectMapper();

    @AfterEach
    void backToTheFile() {
        assertThat(put(body().put("restore", 0)).status()).isEqualTo(200);
    }

    @Test
    void aQueryThatThePolicyForbidsNeverReachesTheDatabase() {
        inForce("defaults: {blocked_columns: [customers.email]}");
        Reply executed = execute("SELECT c.email FROM customers c", "ecommerce");
        refused(executed, 422, "POLICY_VIOLATION");
        JsonNode finding = executed.error().path("details").path("findings").path(0);
        assertThat(finding.path("code").asText()).isEqualTo("BLOCKED_COLUMN");
        assertThat(finding.path("check").asText()).isEqualTo("POLICY");
        assertThat(finding.path("position").path("column").asInt()).isEqualTo(8);
        Reply asked = ask("{\"query\": \"email of all customers\", \"schema_group_id\": \"ecommerce\"}");
        refused(asked, 422, "POLICY_VIOLATION");
        assertThat(asked.error().path("details").path("stage").asText()).isEqualTo("validate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT * FROM customers", "SELECT x FROM (SELECT email AS x FROM customers) t",
        "WITH t AS (SELECT * FROM public.customers) SELECT name FROM t", "SELECT c FROM customers c",
        "SELECT order_id FROM orders UNION ALL SELECT length(email) FROM customers", "SELECT count(DISTINCT \"email\") FROM Customers"})
    void nothingHidesABlockedColumn(String query) {
        inForce("defaults: {blocked_columns: ['*.email']}");
        refused(execute(query, "ecommerce"), 422, "POLICY_VIOLATION");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT count(*) FROM customers", "SELECT name AS full_email, 'email' AS kind FROM customers",
        "SELECT order_id FROM orders -- customers.email"})
    void namesThatOnlyLookAlikeAreFine(String query) {
        inForce("defaults: {blocked_columns: [customers.email], blocked_keywords: [FULL, EMAIL]}");
        assertThat(execute(query, "ecommerce").status()).isEqualTo(200);
    }

    @Test
    void aGroupsPolicyHoldsForQueriesOnItsDatasourceToo() {
        inForce("schema_groups: {ecommerce: {blocked_tables: [customers]}, bank: {max_rows: 2}}");
        refused(execute("SELECT name FROM customers", "ecommerce"), 422, "POLICY_VIOLATION");
        assertThat(execute("SELECT * FROM orders", "ecommerce").data().path("row_count").asInt()).isGreaterThan(2);
        Reply capped = execute("SELECT customer_id FROM customers", "customer_db");
        assertThat(capped.data().path("row_count").asInt()).as(capped.text()).isEqualTo(2);
        assertThat(capped.data().path("truncated").asBoolean()).isTrue();
    }

    @Test
    void aViewDoesNotHideWhatItReadsInPostgresql() throws SQLException {
        TestDatabase database = TestDatabase.empty();
        views(database.dataSource().getConnection());
        hidesNothing(source("postgresql", database.url()));
    }

    @Test
    void aViewDoesNotHideWhatItReadsInSqlite(@TempDir Path folder) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("people.db");
        views(DriverManager.getConnection(url));
        hidesNothing(source("sqlite", url));
    }

    @Test
    void aHarmlessViewOfTheSameNameElsewhereHidesNothing() throws SQLException {
        TestDatabase database = TestDatabase.empty();
        try (Connection connection = database.dataSource().getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE people (name text, ssn text)");
            statement.execute("CREATE SCHEMA archive");
            statement.execute("CREATE VIEW archive.shown AS SELECT 1 AS one");
            statement.execute("CREATE VIEW shown AS SELECT ssn FROM people");
        }
        String source = source("postgresql", database.url());
        inForce("defaults: {blocked_columns: [people.ssn]}");
        refused(execute("SELECT count(*) FROM shown", source), 422, "POLICY_VIOLATION");
        refused(execute("SELECT count(*) FROM public.shown", source), 422, "POLICY_VIOLATION");
        assertThat(execute("SELECT one FROM archive.shown", source).status()).isEqualTo(200);
        inForce("defaults: {require_approval: {tables: [people]}}");
        assertThat(codes(execute("SELECT count(*) FROM shown", source))).containsExactly("APPROVAL_REQUIRED");
    }

    @Test
    void aDatabaseWithMoreViewsThanCanBeReadIsNotQueriedUnchecked(@TempDir Path folder) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("many.db");
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE people (name text, ssn text)");
            statement.execute("CREATE VIEW shown AS SELECT ssn FROM people");
            statement.execute("PRAGMA writable_schema = ON");
            statement.execute("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO sqlite_schema"
                    + " SELECT 'view', 'v' || i, 'v' || i, 0, 'CREATE VIEW v' || i || ' AS SELECT 1' FROM n");
        }
        String source = source("sqlite", url);
        inForce("defaults: {blocked_columns: [people.ssn]}");
        refused(execute("SELECT count(*) FROM shown", source), 503, "DATASOURCE_UNAVAILABLE");
    }

    private static void views(Connection connection) throws SQLException {
        try (connection; Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE people (id int, name text, ssn text)");
            statement.execute("CREATE TABLE visits (id int, person int)");
            statement.execute("CREATE VIEW \"shown as\"(id, secret) AS SELECT p.id, upper(p.ssn) FROM people p");
            statement.execute("CREATE VIEW outer_view AS SELECT s.secret FROM \"shown as\" s JOIN visits v ON v.person = s.id");
            statement.execute("CREATE VIEW names AS SELECT id, name FROM people");
        }
    }

    private void hidesNothing(String source) {
        inForce("defaults: {blocked_columns: [people.ssn]}");
        refused(execute("SELECT count(*) FROM \"shown as\"", source), 422, "POLICY_VIOLATION");
        Reply nested = execute("SELECT v.id FROM visits v, outer_view", source);
        refused(nested, 422, "POLICY_VIOLATION");
        assertThat(nested.error().path("message").asText()).contains("people.ssn, which the view outer_view reads");
        assertThat(execute("SELECT name FROM names", source).status()).isEqualTo(200);
        inForce("defaults: {blocked_tables: [people]}");
        refused(execute("SELECT name FROM names", source), 422, "POLICY_VIOLATION");
        assertThat(execute("SELECT id FROM visits", source).status()).isEqualTo(200);
    }

    private String source(String dialect, String url) {
        String name = "views_" + UUID.randomUUID().toString().substring(0, 8);
        Reply created = server.post("/api/v1/data-sources", JSON.createObjectNode().put("name", name).put("dialect", dialect)
                .put("url", url).put("user", dialect.equals("sqlite") ? null : "postgres").toString());
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return name;
    }

    @Test
    void aCostAboveTheLimitIsRefused() {
        inForce("defaults: {max_cost: 1}");
        Reply reply = execute("SELECT * FROM orders a, orders b, orders c", "ecommerce");
        refused(reply, 422, "POLICY_VIOLATION");
        assertThat(reply.error().path("details").path("findings").path(0).path("code").asText()).isEqualTo("COST_LIMIT");
        Reply asked = ask("{\"query\": \"how many orders\", \"schema_group_id\": \"ecommerce\", \"execute\": true}");
        refused(asked, 422, "POLICY_VIOLATION");
        inForce("defaults: {max_cost: 1000000}");
        assertThat(execute("SELECT * FROM orders", "ecommerce").status()).isEqualTo(200);
    }

    @Test
    void complexityPatternsAndKeywordsAreHeld() {
        inForce("defaults: {max_complexity: 4, blocked_patterns: ['CROSS JOIN'], blocked_keywords: [ILIKE]}");
        assertThat(codes(execute("SELECT 1 FROM orders CROSS JOIN customers", "ecommerce"))).containsExactly("BLOCKED_PATTERN");
        assertThat(codes(execute("SELECT 1 FROM customers WHERE name ILIKE 'a%'", "ecommerce"))).containsExactly("BLOCKED_KEYWORD");
        assertThat(codes(execute("SELECT (SELECT 1) FROM orders", "ecommerce"))).containsExactly("TOO_COMPLEX");
        assertThat(execute("SELECT 1 FROM orders o JOIN customers c ON true LIMIT 1", "ecommerce").status()).isEqualTo(200);
    }

    @Test
    void systemCataloguesAreReadOnlyWhereThePolicySaysSo() {
        String tables = "SELECT table_name FROM information_schema.tables WHERE table_name = 'customers'";
        refused(execute(tables, "ecommerce"), 422, "UNSAFE_QUERY");
        inForce("defaults: {system_catalogues: true}");
        assertThat(execute(tables, "ecommerce").text()).contains("customers");
        refused(execute("SELECT * FROM pg_shadow", "ecommerce"), 422, "UNSAFE_QUERY");
        refused(execute("SELECT most_common_vals FROM pg_stats", "ecommerce"), 422, "UNSAFE_QUERY");
    }

    @Test
    void aRunFromBeforeThePolicyObeysItWhenItIsTakenUpAgain() {
        Reply before = ask("{\"query\": \"how many customers\", \"schema_group_id\": \"ecommerce\", \"execute\": true}");
        String id = before.data().path("query_id").asText();
        assertThat(before.status()).as(before.text()).isEqualTo(200);
        inForce("defaults: {blocked_tables: [customers]}");
        refused(server.post("/api/v1/query/" + id + "/replay", "{\"from_stage\": \"execute\"}"), 422, "POLICY_VIOLATION");
        refused(server.post("/api/v1/query/" + id + "/replay", "{\"from_stage\": \"validate\"}"), 422, "POLICY_VIOLATION");
        refused(server.post("/api/v1/execute", "{\"query_id\": \"" + id + "\"}"), 422, "POLICY_VIOLATION");
    }

    @Test
    void whatThePolicyHasApprovedWaitsAndCannotBeRunAround() {
        inForce("defaults: {require_approval: {tables: [customers]}}");
        Reply waiting = ask("{\"query\": \"how many customers\", \"schema_group_id\": \"ecommerce\", \"execute\": true}");
        assertThat(waiting.data().path("status").asText()).as(waiting.text()).isEqualTo("awaiting_approval");
        String id = waiting.data().path("query_id").asText();
        assertThat(codes(execute("SELECT count(*) FROM customers", "ecommerce"))).containsExactly("APPROVAL_REQUIRED");
        refused(server.post("/api/v1/execute", "{\"query_id\": \"" + id + "\"}"), 409, "CONFLICT");
        Reply unasked = ask("{\"query\": \"how many orders\", \"schema_group_id\": \"ecommerce\", \"execute\": true}");
        assertThat(unasked.data().path("status").asText()).isEqualTo("completed");
        refused(server.post("/api/v1/query/" + id + "/approve", "{\"edited_query\": \"SELECT usename FROM pg_user\"}"), 422,
                "UNSAFE_QUERY");
        Reply approved = server.post("/api/v1/query/" + id + "/approve", "{}");
        assertThat(approved.data().path("results").path("rows").path(0).path(0).asInt()).as(approved.text()).isEqualTo(20);
        assertThat(server.post("/api/v1/execute", "{\"query_id\": \"" + id + "\"}").status()).isEqualTo(200);
        inForce("defaults: {require_approval: {above_cost: 0.5}}");
        assertThat(codes(execute("SELECT count(*) FROM orders", "ecommerce"))).containsExactly("APPROVAL_REQUIRED");
    }

    @Test
    void anEditedQueryObeysThePolicy() {
        Reply waiting = ask("{\"query\": \"how many customers\", \"schema_group_id\": \"ecommerce\", \"execute\": true,"
                + " \"require_approval\": true}");
        String id = waiting.data().path("query_id").asText();
        inForce("defaults: {blocked_columns: [customers.email]}");
        refused(server.post("/api/v1/query/" + id + "/approve", "{\"edited_query\": \"SELECT email FROM customers\"}"), 422,
                "POLICY_VIOLATION");
    }

    @Test
    void aChangeIsKeptWithItsHistoryAndCanBeUndone() {
        long first = put(body().put("yaml", "# why\ndefaults: {max_rows: 3}").put("comment", "try")).data().path("version").asLong();
        Reply changed = put(body().set("policy", JSON.createObjectNode().set("defaults", JSON.createObjectNode().put("max_rows", 4))));
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.data().path("version").asLong()).isEqualTo(first + 1);
        assertThat(changed.data().path("source").asText()).isEqualTo("database");
        assertThat(changed.data().path("policy").path("defaults").path("max_rows").asInt()).isEqualTo(4);
        Reply undone = put(body().put("restore", first));
        JsonNode logged = server.get("/api/v1/audit?action=policy.changed&subject=version%20" + (first + 2)).data().path("items").path(0);
        assertThat(logged.path("details").path("restored").asLong()).as(logged.toString()).isEqualTo(first);
        assertThat(undone.data().path("yaml").asText()).isEqualTo("# why\ndefaults: {max_rows: 3}");
        assertThat(undone.data().path("restored").asLong()).isEqualTo(first);
        assertThat(execute("SELECT * FROM orders", "ecommerce").data().path("row_count").asInt()).isEqualTo(3);
        JsonNode history = server.get(PATH + "/versions?limit=3").data();
        assertThat(history.path("total").asLong()).isEqualTo(first + 2);
        assertThat(history.path("items").path(2).path("comment").asText()).isEqualTo("try");
        assertThat(server.get(PATH + "/versions/" + first).data().path("policy").path("defaults").path("max_rows").asInt())
                .isEqualTo(3);
        refused(server.get(PATH + "/versions/99999"), 404, "NOT_FOUND");
        refused(server.get(PATH + "/versions/x"), 404, "NOT_FOUND");
    }

    @Test
    void callersSeeWhatConcernsTheirRolesAndSchemaGroups() {
        long version = put(body().put("yaml", """
                # bank has salaries
                defaults: {max_rows: 900}
                roles: {asker: {max_rows: 800}, approver: {max_rows: 700}}
                schema_groups: {retail: {max_rows: 600}, bank: {blocked_columns: [employees.salary]}}""")
                .put("comment", "for the bank")).data().path("version").asLong();
        Reply asker = caller("asker", "\"schema_groups\": [\"retail\"], ").get(PATH);
        assertThat(asker.data().path("policy").path("roles").properties()).hasSize(1);
        assertThat(asker.data().path("policy").path("schema_groups").properties()).hasSize(1);
        assertThat(asker.text()).contains("800", "600").doesNotContain("bank", "salar", "700", "file\":\"");
        Reply open = caller("asker", "").get(PATH);
        assertThat(open.text()).contains("employees.salary").doesNotContain("700", "for the bank", "# bank");
        Server scoped = caller("curator", "\"schema_groups\": [\"retail\"], ");
        for (String path : List.of(PATH, PATH + "/versions", PATH + "/versions/" + version)) {
            assertThat(scoped.get(path).status()).isEqualTo(200);
            assertThat(scoped.get(path).text()).doesNotContain("bank", "salar");
        }
        Reply whole = caller("curator", "").get(PATH);
        assertThat(whole.text()).contains("# bank", "700", "for the bank");
        assertThat(whole.data().path("whole").asBoolean()).isTrue();
    }

    private Server caller(String role, String scope) {
        String name = "policy-" + UUID.randomUUID();
        assertThat(server.post("/api/v1/users", "{" + scope + "\"name\": \"" + name + "\", \"roles\": [\"" + role + "\"]}")
                .status()).isEqualTo(201);
        return server.with(server.post("/api/v1/api-keys", "{\"name\": \"k\", \"user\": \"" + name + "\"}").data().path("key")
                .asText());
    }

    @Test
    void aChangeFromAnOldVersionIsRefused() {
        long version = version();
        inForce("defaults: {max_rows: 3}");
        Reply late = put(JSON.createObjectNode().put("version", version).put("yaml", "defaults: {max_rows: 9}"));
        refused(late, 409, "CONFLICT");
        assertThat(late.error().path("details").path("version").asLong()).isEqualTo(version + 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"version\": 0} | policy",
        "{\"yaml\": \"defaults: {}\"} | version",
        "{\"version\": -1, \"yaml\": \"\"} | version",
        "{\"version\": 0, \"policy\": []} | policy",
        "{\"version\": 0, \"policy\": {\"defaults\": {\"max_row\": 3}}} | defaults.max_row",
        "{\"version\": 0, \"policy\": {\"defaults\": {\"max_rows\": \"3\"}}} | defaults.max_rows",
        "{\"version\": 0, \"policy\": {\"defaults\": {\"blocked_patterns\": [\"(a+)+$ '\"]}}} | defaults.blocked_patterns[0]",
        "{\"version\": 0, \"policy\": {\"roles\": {\"root\": {}}}} | roles.root",
        "{\"version\": 0, \"yaml\": \"defaults: [\"} | policy",
        "{\"version\": 0, \"restore\": 4711} | restore",
        "{\"version\": \"new\"} | version"})
    void aPolicyThatCannotBeReadNamesTheField(String body, String field) {
        Reply reply = server.send(server.to(PATH).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)));
        refused(reply, 400, "VALIDATION_FAILED");
        assertThat(reply.error().path("details").path("field").asText()).isEqualTo(field);
    }

    @Test
    void aPolicyThatIsTooLongIsRefused() {
        Reply reply = put(body().put("yaml", "# " + "x".repeat(300_000)));
        refused(reply, 400, "VALIDATION_FAILED");
        refused(put(body().put("yaml", "# " + "x".repeat(2_000_000))), 413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void aPatternThatWouldStallARegularExpressionIsQuick() {
        inForce("defaults: {blocked_patterns: ['(a+)+$', '((((a|a)*)*)*)* b']}");
        long start = System.nanoTime();
        assertThat(execute("SELECT '" + "a".repeat(20_000) + "!' AS text", "ecommerce").status()).isEqualTo(200);
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
    }

    private void inForce(String yaml) {
        Reply reply = put(body().put("yaml", yaml));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    }

    private ObjectNode body() {
        return JSON.createObjectNode().put("version", version());
    }

    private long version() {
        return server.get(PATH).data().path("version").asLong();
    }

    private Reply put(JsonNode body) {
        return server.send(server.to(PATH).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body.toString())));
    }

    private Reply execute(String query, String datasource) {
        return server.post("/api/v1/execute",
                JSON.createObjectNode().put("query", query).put("datasource", datasource).toString());
    }

    private static List<String> codes(Reply reply) {
        return StreamSupport.stream(reply.error().path("details").path("findings").spliterator(), false)
                .map(finding -> finding.path("code").asText()).toList();
    }
}
