package io.dragoman.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server.Reply;
import io.dragoman.storage.TestDatabase;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaApiTest extends ApiTest {

    private static final String SHOP = """
            {"tables": [
              {"name": "customers", "description": "People who buy", "columns": [
                {"name": "id", "type": "int", "primary_key": true}, {"name": "name", "type": "text"}]},
              {"name": "orders", "columns": [
                {"name": "id", "type": "int", "primary_key": true}, {"name": "customer_id", "type": "int"},
                {"name": "status", "type": "text", "sample_values": ["open", "paid"]}]}],
             "relationships": [{"source_table": "orders", "target_table": "customers",
                                "join_keys": {"source_key": "customer_id", "target_key": "id"}}]}""";

    @Test
    void uploadsJsonAndShowsWhatIsInTheGroup() {
        Reply reply = uploadShop("json_shop");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(texts(reply.data().path("added"))).contains("table customers", "table orders");
        assertThat(reply.data().path("table_count").asInt()).isEqualTo(2);
        JsonNode group = server.get("/api/v1/schemas/json_shop").data();
        assertThat(group.path("relationship_count").asInt()).isEqualTo(1);
        assertThat(server.get("/api/v1/schemas/" + group.path("id").asText()).data()).isEqualTo(group);
        JsonNode tables = server.get("/api/v1/schemas/json_shop/tables?limit=1&offset=1").data();
        assertThat(tables.path("total").asInt()).isEqualTo(2);
        assertThat(tables.at("/items/0/name").asText()).isEqualTo("orders");
        assertThat(texts(tables.at("/items/0/columns/2/sample_values"))).containsExactly("open", "paid");
        assertThat(server.get("/api/v1/schemas/json_shop/tables?name=CUST").data().path("total").asInt()).isEqualTo(1);
        assertThat(server.get("/api/v1/schemas/json_shop/tables/customers").data().path("description").asText())
                .isEqualTo("People who buy");
        assertThat(texts(server.get("/api/v1/schemas").data().path("items").findPath("definitions"))).isNotEmpty();
        JsonNode again = uploadShop("json_shop").data();
        assertThat(again.path("added")).isEmpty();
        assertThat(again.path("version")).isEqualTo(reply.data().path("version"));
    }

    @Test
    void uploadsDdlAndYaml() {
        Reply ddl = upload("?schema_group_name=ddl&dialect=postgresql&definition=shop_db", "application/sql",
                "CREATE TABLE Orders (id int PRIMARY KEY);\nINSERT INTO orders VALUES (1);");
        assertThat(ddl.status()).as(ddl.text()).isEqualTo(200);
        assertThat(ddl.data().path("skipped_statements").asInt()).isEqualTo(1);
        assertThat(server.get("/api/v1/schemas/ddl/tables").data().at("/items/0/name").asText()).isEqualTo("orders");
        assertThat(server.get("/api/v1/schemas/ddl").data().at("/definitions/0/dialect").asText())
                .isEqualTo("postgresql");

        Reply yaml = upload("?schema_group_name=yaml", "application/yaml", """
                databases:
                  loans_db: {schemas: {public: {tables: {loans: {columns: [{name: id, type: int}]}}}}}
                """);
        assertThat(yaml.status()).as(yaml.text()).isEqualTo(200);
        assertThat(server.get("/api/v1/schemas/yaml/tables/loans_db.loans").data().path("name").asText())
                .isEqualTo("loans");
    }

    @Test
    void readsALiveDatabase() {
        String url = TestDatabase.empty().url();
        server.post("/api/v1/data-sources", "{\"name\": \"live\", \"dialect\": \"postgresql\", \"url\": \"" + url
                + "\", \"user\": \"postgres\"}");
        refused(server.post("/api/v1/schemas/introspect", "{\"datasource\": \"live\"}"), 400, "VALIDATION_FAILED",
                "datasource");

        server.post("/api/v1/data-sources", "{\"name\": \"own\", \"dialect\": \"postgresql\", \"url\": \""
                + TestDatabase.shared().url() + "\", \"user\": \"postgres\"}");
        Reply reply = server.post("/api/v1/schemas/introspect",
                "{\"datasource\": \"own\", \"schema_group_name\": \"introspected\", \"sample_values\": false}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        assertThat(texts(reply.data().path("added"))).contains("table schema_groups")
                .anyMatch(added -> added.contains("table_definitions(schema_id) -> schema_definitions(id)"));
        JsonNode definition = server.get("/api/v1/schemas/introspected").data().at("/definitions/0");
        assertThat(definition.path("datasource").asText()).isEqualTo("own");
        refused(server.post("/api/v1/schemas/introspect", "{\"datasource\": \"none\"}"), 404, "NOT_FOUND", null);
        refused(server.post("/api/v1/schemas/introspect", "{}"), 400, "VALIDATION_FAILED", "datasource");
    }

    @Test
    void nothingOfABrokenUploadIsStored() {
        Reply reply = upload("", "application/json", """
                {"schema_group_name": "broken",
                 "schema_data": {"tables": [{"name": "fine", "columns": [{"name": "id"}]},
                                            {"name": 7, "columns": []}]}}""");

        refused(reply, 400, "VALIDATION_FAILED", "schema_data.tables[1].name");
        assertThat(reply.error().at("/details/line").asInt()).isEqualTo(3);
        assertThat(reply.error().at("/details/rejected/0/reason").asText()).isEqualTo("has to be text");
        refused(server.get("/api/v1/schemas/broken"), 404, "NOT_FOUND", null);

        Reply partial = upload("?partial=true", "application/json", """
                {"schema_group_name": "half", "schema_data": {"tables": [
                  {"name": "fine", "columns": [{"name": "id"}]}, {"name": 7, "columns": []}]}}""");
        assertThat(partial.status()).as(partial.text()).isEqualTo(200);
        assertThat(partial.data().at("/rejected/0/line").asInt()).isEqualTo(2);
        assertThat(partial.data().path("table_count").asInt()).isEqualTo(1);
    }

    @Test
    void refusesUploadsThatCannotBeRead() {
        Reply malformed = upload("?schema_group_name=x", "application/json", "{\"tables\":\n [}");
        refused(malformed, 400, "VALIDATION_FAILED", "body");
        assertThat(malformed.error().at("/details/line").asInt()).isEqualTo(2);
        assertThat(malformed.error().at("/details/column").asInt()).isPositive();
        refused(upload("?schema_group_name=x", "application/sql", "CREATE TABLE (;"), 400, "VALIDATION_FAILED",
                "statement 1");
        refused(upload("?schema_group_name=x", "application/json", "{}"), 400, "VALIDATION_FAILED", "schema_data");
        refused(upload("", "application/json", SHOP), 400, "VALIDATION_FAILED", "schema_group_name");
        refused(upload("?schema_group_name=x", "application/json", ""), 400, "VALIDATION_FAILED", "body");
        refused(upload("?schema_group_name=x", "application/json", "[".repeat(50_000)), 400, "VALIDATION_FAILED",
                "body");
        refused(upload("?schema_group_name=x&mode=sideways", "application/json", SHOP), 400, "VALIDATION_FAILED",
                "mode");
        refused(upload("?schema_group_name=x&partial=perhaps", "application/json", SHOP), 400, "VALIDATION_FAILED",
                "partial");
        refused(upload("?schema_group_name=" + "n".repeat(256), "application/json", SHOP), 400, "VALIDATION_FAILED",
                "schema_group_name");
        refused(upload("?schema_group_name=x", "image/png", "x"), 415, "UNSUPPORTED_MEDIA_TYPE", null);
        refused(upload("?schema_group_name=x", "application/json", "x".repeat(20 * 1024 * 1024 + 1)), 413,
                "PAYLOAD_TOO_LARGE", null);
        refused(server.get("/api/v1/schemas/x"), 404, "NOT_FOUND", null);
    }

    @Test
    void createsRenamesAndDeletesGroups() {
        Reply created = server.post("/api/v1/schemas", "{\"name\": \"temporary\", \"description\": \"for a while\"}");
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        refused(server.post("/api/v1/schemas", "{\"name\": \"temporary\"}"), 409, "CONFLICT", null);
        refused(server.post("/api/v1/schemas", "{}"), 400, "VALIDATION_FAILED", "name");
        refused(server.post("/api/v1/schemas", "{\"name\": 5}"), 400, "VALIDATION_FAILED", "name");
        String id = created.data().path("id").asText();

        Reply renamed = patch("/api/v1/schemas/" + id, "{\"name\": \"lasting\"}");

        assertThat(renamed.data().path("description").asText()).isEqualTo("for a while");
        refused(server.get("/api/v1/schemas/temporary"), 404, "NOT_FOUND", null);
        assertThat(delete("/api/v1/schemas/lasting").data().path("deleted").asBoolean()).isTrue();
        refused(server.get("/api/v1/schemas/" + id), 404, "NOT_FOUND", null);
        refused(delete("/api/v1/schemas/lasting"), 404, "NOT_FOUND", null);
    }

    @Test
    void describesTablesAndColumns() {
        uploadShop("described");

        Reply reply = patch("/api/v1/schemas/described/tables/orders", """
                {"description": "Every order", "synonyms": ["purchases"],
                 "columns": [{"name": "status", "description": "how far it is"}]}""");

        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        JsonNode table = server.get("/api/v1/schemas/described/tables/orders").data();
        assertThat(table.path("description").asText()).isEqualTo("Every order");
        assertThat(table.at("/columns/2/description").asText()).isEqualTo("how far it is");
        refused(patch("/api/v1/schemas/described/tables/nothing", "{}"), 404, "NOT_FOUND", null);
        refused(patch("/api/v1/schemas/described/tables/orders", "{\"columns\": [{}]}"), 400, "VALIDATION_FAILED",
                "columns.name");
        refused(patch("/api/v1/schemas/described/tables/orders", "{\"description\": \"" + "x".repeat(10_001) + "\"}"),
                400, "VALIDATION_FAILED", "description");
    }

    @Test
    void keepsDirectivesExamplesSynonymsAndRelationships() {
        uploadShop("kept");
        keeps("/api/v1/directives", "{\"schema_group_id\": \"kept\", \"directive_key\": \"open order\","
                + " \"directive_value\": \"one not paid\", \"expression\": \"status = 'open'\"}",
                "{\"value\": \"an order that is not paid\"}", "value", "an order that is not paid");
        keeps("/api/v1/examples", "{\"schema_group_id\": \"kept\", \"question\": \"How many orders?\","
                + " \"query\": \"SELECT count(*) FROM orders\"}", "{\"dialect\": \"postgresql\"}", "dialect",
                "postgresql");
        keeps("/api/v1/synonyms", "{\"schema_group_id\": \"kept\", \"term\": \"unpaid\","
                + " \"target\": \"orders.status=open\"}", "{\"term\": \"not paid\"}", "term", "not paid");
        keeps("/api/v1/relationships", "{\"schema_group_id\": \"kept\", \"source_table\": \"orders\","
                + " \"target_table\": \"customers\", \"join_keys\": {\"source_key\": \"id\", \"target_key\": \"id\"}}",
                "{\"type\": \"one_to_one\"}", "type", "one_to_one");
        refused(server.post("/api/v1/relationships", "{\"schema_group_id\": \"kept\", \"source_table\": \"orders\","
                + " \"source_columns\": [\"nope\"], \"target_table\": \"customers\", \"target_columns\": \"id\"}"), 400,
                "VALIDATION_FAILED", "source_columns");
        refused(server.post("/api/v1/synonyms", "{\"schema_group_id\": \"kept\", \"term\": \"x\","
                + " \"target\": \"nowhere\"}"), 400, "VALIDATION_FAILED", "target");
    }

    private void keeps(String path, String body, String change, String field, String value) {
        Reply created = server.post(path, body);
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        String id = created.data().path("id").asText();
        assertThat(created.data().path("schema_group_name").asText()).isEqualTo("kept");
        Reply changed = patch(path + "/" + id, change);
        assertThat(changed.data().path(field).asText()).as(changed.text()).isEqualTo(value);
        assertThat(server.get(path + "/" + id).data()).isEqualTo(changed.data());
        assertThat(texts(server.get(path + "?schema_group_id=kept&limit=1000").data().path("items"), "id"))
                .contains(id);
        refused(server.get(path + "?schema_group_id=nothing"), 404, "NOT_FOUND", null);
        refused(server.post(path, "{}"), 400, "VALIDATION_FAILED", null);
        refused(server.post(path, "{"), 400, "VALIDATION_FAILED", null);
        refused(server.post(path, body.replace("kept", "nothing")), 404, "NOT_FOUND", null);
        assertThat(delete(path + "/" + id).data().path("deleted").asBoolean()).isTrue();
        refused(server.get(path + "/" + id), 404, "NOT_FOUND", null);
        refused(patch(path + "/" + id, change), 404, "NOT_FOUND", null);
        refused(delete(path + "/not-an-id"), 404, "NOT_FOUND", null);
    }

    @Test
    void strangeNamesInPathsFindNothing() {
        for (String name : new String[] {"a%00b", "%27%20OR%201=1--", "x".repeat(1_000), "%F0%9F%98%80"}) {
            Reply reply = server.get("/api/v1/schemas/" + name);
            assertThat(reply.status()).as(name + ": " + reply.text()).isIn(400, 404);
        }
        String strange = "läden & co / 'ähm' 😀";
        assertThat(upload("?schema_group_name=" + URLEncoder.encode(strange, StandardCharsets.UTF_8),
                "application/json", SHOP).data().path("schema_group_name").asText()).isEqualTo(strange);
    }

    @Test
    void isDescribedInOpenApi() {
        JsonNode paths = server.get("/api/v1/openapi.json").json().path("paths");

        assertThat(paths.has("/api/v1/schemas/upload")).isTrue();
        assertThat(paths.at("/~1api~1v1~1directives~1{id}").has("patch")).isTrue();
    }

    private Reply uploadShop(String group) {
        return server.post("/api/v1/schemas/upload",
                "{\"schema_group_name\": \"" + group + "\", \"schema_data\": " + SHOP + "}");
    }

    private Reply upload(String parameters, String contentType, String body) {
        return server.send(server.to("/api/v1/schemas/upload" + parameters).header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }

    private Reply patch(String path, String body) {
        return server.send(server.to(path).header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(body)));
    }

    private Reply delete(String path) {
        return server.send(server.to(path).DELETE());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.path(field).asText()));
        return texts;
    }

    private static void refused(Reply reply, int status, String code, String field) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.error().path("code").asText()).isEqualTo(code);
        assertThat(reply.text()).doesNotContain("Exception");
        if (field != null) {
            assertThat(reply.error().at("/details/field").asText()).isEqualTo(field);
        }
    }
}
