package io.dragoman.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dragoman.api.ApiTest;
import io.dragoman.api.Server;
import io.dragoman.api.Server.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/**
 * Role × call × other tenant's data, for every call of the OpenAPI document: a call that nobody classified fails here.
 * One tenant sees the schema group {@code ecommerce}, the other {@code retail}; neither may learn of the other.
 */
class AuthorisationMatrixTest extends ApiTest {

    private static final String MINE = "\"schema_groups\": [\"ecommerce\"], ";
    private static final String OTHERS = "\"schema_groups\": [\"retail\"], ";
    private static final String ALL_ROLES = "[\"asker\", \"curator\", \"approver\"]";
    private static final String NOBODY = "nobody";

    /** One call: its method, its path template, and who may make it. */
    private record Call(String method, String path, Set<String> roles) {

        boolean open() {
            return roles.contains("anyone");
        }

        boolean mayBeMadeBy(String role) {
            return open() || !role.equals(NOBODY) && (role.equals("admin") || roles.contains("any") || roles.contains(role));
        }
    }

    private List<Call> calls;
    private Tenants tenants;

    @BeforeEach
    void readTheDocumentAndTheTable() throws IOException {
        tenants = new Tenants(server);
        Map<String, Object> table = new Yaml().load(Files.readString(Path.of("routes/endpoint-roles.yaml")));
        calls = new ArrayList<>();
        server.get("/api/v1/openapi.json").json().path("paths").properties().forEach(path -> path.getValue().properties()
                .forEach(method -> calls.add(new Call(method.getKey().toUpperCase(Locale.ROOT), path.getKey(),
                        Set.of(String.valueOf(table.getOrDefault(method.getKey().toUpperCase(Locale.ROOT) + " "
                                + path.getKey(), "nobody")).split(",\\s*"))))));
        assertThat(calls).hasSizeGreaterThan(50);
    }

    @Test
    void everyCallIsInTheTableAndEveryEntryIsACall() throws IOException {
        Map<String, Object> table = new Yaml().load(Files.readString(Path.of("routes/endpoint-roles.yaml")));
        Set<String> described = new TreeSet<>();
        calls.forEach(call -> described.add(call.method() + " " + call.path()));
        Set<String> listed = new TreeSet<>(table.keySet());
        listed.remove("GET /api/v1/openapi.json");
        assertThat(listed).as("routes/endpoint-roles.yaml against the OpenAPI document").isEqualTo(described);
    }

    @Test
    void everyRoleMayMakeExactlyItsCalls() {
        Map<String, Server> callers = new LinkedHashMap<>();
        callers.put(NOBODY, server.with(null));
        for (String role : List.of("asker", "curator", "approver", "admin")) {
            callers.put(role, tenants.caller("[\"" + role + "\"]", ""));
        }
        List<String> wrong = new ArrayList<>();
        callers.forEach((role, caller) -> {
            for (Call call : calls) {
                int status = send(caller, call.method(), call.path().replaceAll("\\{[^}]*}", UUID.randomUUID().toString()),
                        "no JSON").status();
                boolean expected = call.mayBeMadeBy(role) ? status != 401 && status != 403
                        : status == (role.equals(NOBODY) ? 401 : 403);
                if (!expected) {
                    wrong.add(role + ": " + call.method() + " " + call.path() + " gives " + status);
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void nothingOfAnotherTenantIsFoundByItsId() {
        Map<String, String> ids = belongings(tenants.caller(ALL_ROLES, MINE));
        Server stranger = tenants.caller(ALL_ROLES, OTHERS);
        List<String> wrong = new ArrayList<>();
        for (Call call : calls) {
            if (!call.path().contains("{id}") || call.roles().equals(Set.of("admin"))) {
                continue;
            }
            String thing = call.path().split("/")[3];
            assertThat(ids).as("what another tenant has that " + call.path() + " may give away").containsKey(thing);
            String path = call.path().replace("{id}", ids.get(thing)).replace("{table}", "customers");
            Reply reply = send(stranger, call.method(), path, """
                    {"query": "How many are there?", "from_stage": "intent", "comment": "mine now", "decision": "accepted",
                     "rating": 1, "description": "mine now", "title": "mine now"}
                    """);
            if (reply.status() != 404) {
                wrong.add(call.method() + " " + path + " gives " + reply.status() + " " + reply.text());
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void noListAndNoSearchTellsOfAnotherTenant() {
        Server owner = tenants.caller(ALL_ROLES, MINE);
        Map<String, String> ids = belongings(owner);
        Server stranger = tenants.caller(ALL_ROLES, OTHERS);
        for (Call call : calls) {
            if (call.method().equals("GET") && !call.path().contains("{") && !call.open()
                    && !call.roles().equals(Set.of("admin"))) {
                String text = stranger.get(call.path() + "?limit=1000").text();
                assertThat(text).as(call.path()).doesNotContain("ecommerce");
                ids.values().forEach(id -> assertThat(text).as(call.path()).doesNotContain(id));
            }
        }
        for (String question : List.of("customers by total order amount", "top 3 products", "order items of orders")) {
            assertThat(stranger.post("/api/v1/query", "{\"query\": \"" + question + "\", \"execute\": true}").text())
                    .doesNotContain("ecommerce");
            assertThat(stranger.post("/api/v1/schemas/search", "{\"query\": \"" + question + "\"}").text())
                    .doesNotContain("ecommerce");
        }
        assertThat(owner.post("/api/v1/schemas/search", "{\"query\": \"orders\"}").text()).contains("ecommerce");
    }

    @Test
    void nothingOfAnotherTenantIsFoundByANameInABody() {
        Map<String, String> ids = belongings(tenants.caller(ALL_ROLES, MINE));
        Server stranger = tenants.caller(ALL_ROLES, OTHERS);
        Map<String, String> bodies = new TreeMap<>();
        bodies.put("/query 1", "{\"query\": \"How many orders?\", \"schema_group_id\": \"ecommerce\"}");
        bodies.put("/query 2", "{\"query\": \"How many orders?\", \"conversation_id\": \"" + ids.get("conversations") + "\"}");
        bodies.put("/query 3", "{\"query\": \"How many stores are there?\", \"schema_group_id\": \"retail\","
                + " \"datasource\": \"ecommerce\"}");
        bodies.put("/execute 1", "{\"query_id\": \"" + ids.get("query") + "\"}");
        bodies.put("/feedback", "{\"query_id\": \"" + ids.get("query") + "\", \"rating\": 1}");
        bodies.put("/execute 2", "{\"query\": \"SELECT 1 AS one\", \"datasource\": \"ecommerce\"}");
        bodies.put("/schemas/search", "{\"query\": \"orders\", \"schema_group_id\": \"" + ids.get("schemas") + "\"}");
        bodies.put("/schemas/introspect", "{\"datasource\": \"ecommerce\", \"schema_group_name\": \"retail\"}");
        bodies.put("/directives", "{\"schema_group_id\": \"ecommerce\", \"key\": \"x\", \"value\": \"y\"}");
        bodies.put("/synonyms", "{\"schema_group_id\": \"ecommerce\", \"term\": \"x\", \"target\": \"orders\"}");
        bodies.put("/examples", "{\"schema_group_id\": \"ecommerce\", \"question\": \"x\", \"query\": \"y\"}");
        bodies.forEach((call, body) -> {
            Reply reply = stranger.post("/api/v1" + call.replaceAll(" .*", ""), body);
            refused(reply, 404, "NOT_FOUND");
        });
        refused(stranger.get("/api/v1/directives?schema_group_id=ecommerce"), 404, "NOT_FOUND");
        assertThat(stranger.get("/api/v1/examples/questions?schema_group_id=ecommerce").data().path("items")).isEmpty();
    }

    @Test
    void namesThatOthersHaveAreRefusedLikeNamesThatNobodyHas() {
        Server stranger = tenants.caller(ALL_ROLES, OTHERS);
        for (String name : List.of("ecommerce", "nobody-has-this")) {
            refused(stranger.post("/api/v1/schemas", "{\"name\": \"" + name + "\"}"), 403, "FORBIDDEN");
            refused(send(stranger, "PATCH", "/api/v1/schemas/retail", "{\"name\": \"" + name + "\"}"), 403, "FORBIDDEN");
            refused(stranger.post("/api/v1/schemas/upload", "{\"schema_group_name\": \"" + name + "\", \"schema_data\": "
                    + "{\"tables\": [{\"name\": \"t\", \"columns\": [{\"name\": \"c\", \"type\": \"text\"}]}]}}"), 403, "FORBIDDEN");
        }
    }

    @Test
    void aQueryMayOnlyReadTablesOfGroupsThatTheCallerSees() {
        String group = "slice-" + UUID.randomUUID();
        Reply uploaded = server.post("/api/v1/schemas/upload?datasource=ecommerce&dialect=postgresql",
                "{\"schema_group_name\": \"" + group + "\", \"schema_data\": {\"tables\": [{\"name\": \"products\","
                        + " \"columns\": [{\"name\": \"id\", \"type\": \"integer\"}]}]}}");
        assertThat(uploaded.status()).as(uploaded.text()).isLessThan(300);
        Server asker = tenants.caller("[\"asker\"]",
                "\"schema_groups\": [\"" + group + "\"], \"data_sources\": [\"ecommerce\"], ");
        Reply own = asker.post("/api/v1/execute",
                "{\"query\": \"SELECT count(*) AS n FROM products\", \"datasource\": \"ecommerce\"}");
        assertThat(own.status()).as(own.text()).isEqualTo(200);
        refused(asker.post("/api/v1/execute", "{\"query\": \"SELECT count(*) AS n FROM customers\", \"datasource\": \"ecommerce\"}"),
                422, "UNSAFE_QUERY");
    }

    /**
     * Every field of a body and every parameter that names something: another tenant's is answered like one that is not there.
     * A call with such a field that has no case here fails.
     */
    @Test
    void whateverNamesSomethingDoesNotFindWhatAnotherTenantHas() {
        Map<String, String> theirs = belongings(tenants.caller(ALL_ROLES, MINE));
        Server stranger = tenants.caller(ALL_ROLES, OTHERS);
        Map<String, String> own = Map.of("conversations", stranger.post("/api/v1/conversations", "{}").data().path("id").asText(),
                "directives", stranger.get("/api/v1/directives?schema_group_id=retail").data().path("items").path(0).path("id").asText(),
                "schemas", "retail");
        List<String> wrong = new ArrayList<>();
        for (String naming : naming()) {
            String[] parts = naming.split(" ");
            String case1 = BODIES.get(naming);
            if (case1 == null && !parts[0].equals("GET")) {
                wrong.add(naming + " has no case");
                continue;
            }
            String thing = parts[1].split("/")[3];
            String path = parts[1].replace("{id}", own.getOrDefault(thing, "retail"));
            Reply taken = named(stranger, parts, path, case1, value(parts[2], theirs));
            Reply absent = named(stranger, parts, path, case1, value(parts[2], Map.of()));
            boolean alike = taken.status() == absent.status() && taken.error().path("code").equals(absent.error().path("code"))
                    && taken.data().path("items").equals(absent.data().path("items"));
            boolean refused = parts[0].equals("GET") || taken.status() == 404 || taken.status() == 403
                    || taken.status() == 202 && notFoundLater(stranger, taken)
                    || taken.status() == 200 && taken.data().path("conversation_id").asText().equals(own.get("conversations"));
            if (!alike || !refused) {
                wrong.add(naming + " gives " + taken.status() + " " + taken.text() + "; for what is not there " + absent.status());
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /api/v1/query schema_group_id", "{\"query\": \"How many are there?\", \"schema_group_id\": \"%s\"}"),
            Map.entry("POST /api/v1/query conversation_id", "{\"query\": \"How many stores?\", \"conversation_id\": \"%s\"}"),
            Map.entry("POST /api/v1/query datasource", "{\"query\": \"How many stores are there?\", \"schema_group_id\": \"retail\","
                    + " \"datasource\": \"%s\"}"),
            Map.entry("POST /api/v1/conversations/{id}/messages schema_group_id",
                    "{\"query\": \"How many are there?\", \"schema_group_id\": \"%s\"}"),
            Map.entry("POST /api/v1/conversations/{id}/messages conversation_id",
                    "{\"query\": \"How many stores?\", \"conversation_id\": \"%s\"}"),
            Map.entry("POST /api/v1/conversations/{id}/messages datasource", "{\"query\": \"How many stores are there?\","
                    + " \"schema_group_id\": \"retail\", \"datasource\": \"%s\"}"),
            Map.entry("POST /api/v1/execute query_id", "{\"query_id\": \"%s\"}"),
            Map.entry("POST /api/v1/execute datasource", "{\"query\": \"SELECT 1 AS one\", \"datasource\": \"%s\"}"),
            Map.entry("POST /api/v1/feedback query_id", "{\"query_id\": \"%s\", \"rating\": 1}"),
            Map.entry("POST /api/v1/retry query_id", "{\"query_id\": \"%s\", \"feedback\": \"by month\"}"),
            Map.entry("POST /api/v1/queries schema_group_id", "{\"query\": \"How many are there?\", \"schema_group_id\": \"%s\"}"),
            Map.entry("POST /api/v1/queries conversation_id", "{\"query\": \"How many stores?\", \"conversation_id\": \"%s\"}"),
            Map.entry("POST /api/v1/queries datasource", "{\"query\": \"How many stores are there?\", \"schema_group_id\": \"retail\","
                    + " \"datasource\": \"%s\"}"),
            Map.entry("POST /api/v1/schemas/search schema_group_id", "{\"query\": \"orders\", \"schema_group_id\": \"%s\"}"),
            Map.entry("POST /api/v1/schemas/introspect datasource", "{\"datasource\": \"%s\", \"schema_group_name\": \"retail\"}"),
            Map.entry("POST /api/v1/schemas/introspect schema_group_name",
                    "{\"datasource\": \"retail\", \"schema_group_name\": \"%s\"}"),
            Map.entry("POST /api/v1/schemas/upload schema_group_name", "{\"schema_group_name\": \"%s\", \"schema_data\": {\"tables\":"
                    + " [{\"name\": \"t\", \"columns\": [{\"name\": \"c\", \"type\": \"text\"}]}]}}"),
            Map.entry("POST /api/v1/directives schema_group_id", "{\"schema_group_id\": \"%s\", \"key\": \"x\", \"value\": \"y\"}"),
            Map.entry("POST /api/v1/synonyms schema_group_id", "{\"schema_group_id\": \"%s\", \"term\": \"x\", \"target\": \"orders\"}"),
            Map.entry("POST /api/v1/examples schema_group_id",
                    "{\"schema_group_id\": \"%s\", \"question\": \"x\", \"query\": \"y\", \"dialect\": \"postgresql\"}"),
            Map.entry("POST /api/v1/relationships schema_group_id", "{\"schema_group_id\": \"%s\", \"source_table\": \"orders\","
                    + " \"source_columns\": [\"id\"], \"target_table\": \"customers\", \"target_columns\": [\"id\"], \"type\": \"many_to_one\"}"));

    /** What names something in bodies and parameters, as {@code METHOD path field}, but for calls of administrators alone. */
    private Set<String> naming() {
        JsonNode document = server.get("/api/v1/openapi.json").json();
        Set<String> naming = new TreeSet<>();
        for (Call call : calls) {
            if (call.roles().equals(Set.of("admin")) || call.method().equals("PATCH")) {
                continue;
            }
            JsonNode described = document.path("paths").path(call.path()).path(call.method().toLowerCase(Locale.ROOT));
            described.path("parameters").forEach(parameter -> {
                if (parameter.path("in").asText().equals("query") && call.method().equals("GET")) {
                    note(naming, call, parameter.path("name").asText());
                }
            });
            described.path("requestBody").path("content").forEach(content -> {
                String reference = content.path("schema").path("$ref").asText();
                document.path("components").path("schemas").path(reference.substring(reference.lastIndexOf('/') + 1)).path("properties")
                        .fieldNames().forEachRemaining(field -> note(naming, call, field));
            });
        }
        assertThat(naming).contains("POST /api/v1/query schema_group_id", "GET /api/v1/directives schema_group_id");
        return naming;
    }

    /** Whether a question that is answered later is refused then. */
    private static boolean notFoundLater(Server stranger, Reply accepted) {
        for (int i = 0; i < 200; i++) {
            Reply job = stranger.get("/api/v1/queries/" + accepted.data().path("query_id").asText());
            if (!job.data().path("finished_at").isMissingNode() && !job.data().path("finished_at").isNull()) {
                return job.text().contains("NOT_FOUND");
            }
            LockSupport.parkNanos(100_000_000);
        }
        return false;
    }

    private static void note(Set<String> naming, Call call, String field) {
        if (field.endsWith("_id") || field.startsWith("schema_group") || field.equals("datasource") || field.equals("data_source")) {
            naming.add(call.method() + " " + call.path() + " " + field);
        }
    }

    private static String value(String field, Map<String, String> theirs) {
        boolean name = field.startsWith("schema_group") || field.startsWith("data");
        return name ? theirs.isEmpty() ? "nobody-has-this" : "ecommerce"
                : theirs.getOrDefault(field.equals("query_id") ? "query" : field.replace("_id", "") + "s", UUID.randomUUID().toString());
    }

    private static Reply named(Server caller, String[] naming, String path, String body, String value) {
        return naming[0].equals("GET") ? caller.get(path + "?" + naming[2] + "=" + value)
                : send(caller, naming[0], path, body.formatted(value));
    }

    /** One of everything that a tenant may have, by the name that its path has. */
    private Map<String, String> belongings(Server owner) {
        Map<String, String> ids = new TreeMap<>();
        Reply asked = owner.post("/api/v1/query", "{\"query\": \"How many orders are there by status?\","
                + " \"schema_group_id\": \"ecommerce\", \"execute\": true}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(200);
        ids.put("query", asked.data().path("query_id").asText());
        ids.put("queries", owner.post("/api/v1/queries", "{\"query\": \"How many orders are there?\","
                + " \"schema_group_id\": \"ecommerce\"}").data().path("query_id").asText());
        ids.put("conversations", owner.post("/api/v1/conversations", "{\"title\": \"mine\"}").data().path("id").asText());
        ids.put("schemas", owner.get("/api/v1/schemas/ecommerce").data().path("id").asText());
        ids.put("data-sources", owner.get("/api/v1/data-sources/ecommerce").data().path("id").asText());
        for (String list : List.of("directives", "examples", "relationships")) {
            ids.put(list, first(owner, list));
        }
        String word = "word-" + UUID.randomUUID();
        ids.put("synonyms", owner.post("/api/v1/synonyms", "{\"schema_group_id\": \"ecommerce\", \"term\": \"" + word
                + "\", \"target\": \"orders\"}").data().path("id").asText());
        ids.put("feedback", owner.post("/api/v1/feedback", "{\"query_id\": \"" + ids.get("query") + "\", \"rating\": 1}")
                .data().path("id").asText());
        ids.values().forEach(id -> assertThat(id).as(ids.toString()).isNotBlank());
        return ids;
    }

    private static String first(Server owner, String list) {
        JsonNode items = owner.get("/api/v1/" + list + "?schema_group_id=ecommerce").data().path("items");
        return items.path(0).path("id").asText();
    }

    private static Reply send(Server caller, String method, String path, String body) {
        return caller.send(caller.to(path).header("Content-Type", "application/json").method(method,
                method.equals("GET") || method.equals("DELETE") ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }
}
