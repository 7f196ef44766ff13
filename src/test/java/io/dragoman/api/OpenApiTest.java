package io.dragoman.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The description of the API, walked from end to end. */
class OpenApiTest extends ApiTest {

    private static final Set<String> OPEN_FIELDS = Set.of("details", "chart", "timings_ms", "components", "options",
            "metadata");

    private JsonNode document;

    @BeforeEach
    void read() {
        Server.Reply reply = server.get("/api/v1/openapi.json");
        assertThat(reply.status()).isEqualTo(200);
        document = reply.json();
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(document.path("openapi").asText()).startsWith("3.");
        List<String> dangling = new ArrayList<>();
        document.findValuesAsText("$ref").forEach(reference -> {
            if (!reference.startsWith("#/") || document.at(reference.substring(1)).isMissingNode()) {
                dangling.add(reference);
            }
        });
        assertThat(document.findValuesAsText("$ref")).isNotEmpty();
        assertThat(dangling).isEmpty();
    }

    @Test
    void everyCallHasSchemasOfItsBodyAndOfEveryReply() {
        List<String> lacking = new ArrayList<>();
        calls((name, call) -> {
            if (name.startsWith("POST") || name.startsWith("PATCH") || name.startsWith("PUT")) {
                contents(name + " body", call.path("requestBody"), lacking);
            }
            assertThat(call.path("responses").properties()).as(name).anyMatch(reply -> reply.getKey().startsWith("2"));
            assertThat(call.path("responses").has("default")).as(name).isTrue();
            call.path("responses").properties().forEach(reply -> {
                contents(name + " " + reply.getKey(), reply.getValue(), lacking);
                if (reply.getValue().path("content").isEmpty()) {
                    lacking.add(name + " " + reply.getKey() + " has no content");
                }
            });
        });
        assertThat(lacking).isEmpty();
    }

    private void contents(String where, JsonNode holder, List<String> lacking) {
        holder.path("content").properties().forEach(content -> {
            if (!tells(content.getValue().path("schema"))) {
                lacking.add(where + " " + content.getKey() + ": " + content.getValue());
            }
        });
    }

    /** Whether a schema says more than that something is an object. */
    private boolean tells(JsonNode schema) {
        if (schema.has("$ref")) {
            return tells(document.at(schema.path("$ref").asText().substring(1)));
        }
        return switch (schema.path("type").asText()) {
            case "object" -> !schema.path("properties").isEmpty() && schema.path("properties").properties().stream()
                    .allMatch(field -> !Set.of("data", "error", "items").contains(field.getKey())
                            || tells(field.getValue()));
            case "array" -> tells(schema.path("items"));
            case "string", "integer", "number", "boolean" -> true;
            default -> false;
        };
    }

    @Test
    void repliesAreInTheEnvelope() {
        calls((name, call) -> call.path("responses").properties().forEach(reply -> {
            JsonNode schema = reply.getValue().path("content").path("application/json").path("schema");
            if (!schema.isMissingNode()) {
                boolean success = reply.getKey().startsWith("2");
                JsonNode told = schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
                assertThat(told.path("properties").path("status").path("enum").path(0).asText())
                        .as(name + " " + reply.getKey()).isEqualTo(success ? "success" : "error");
                assertThat(told.path("properties").has(success ? "data" : "error")).as(name).isTrue();
            }
        }));
    }

    @Test
    void fieldsAreInSnakeCaseAndHaveATypeOfTheirOwn() {
        List<String> odd = new ArrayList<>();
        document.path("components").path("schemas").properties().forEach(schema -> {
            assertThat(schema.getKey()).matches("[A-Z][A-Za-z0-9]*");
            schema.getValue().path("properties").properties().forEach(field -> {
                boolean typed = field.getValue().has("$ref") || field.getValue().has("type");
                if (!field.getKey().matches("[a-z][a-z0-9_]*") || !typed && !OPEN_FIELDS.contains(field.getKey())) {
                    odd.add(schema.getKey() + "." + field.getKey() + ": " + field.getValue());
                }
            });
        });
        assertThat(odd).isEmpty();
    }

    @Test
    void describesWhatIsReallySent() {
        JsonNode query = document.at("/paths/~1api~1v1~1query/post");
        assertThat(query.at("/requestBody/content/application~1json/schema/$ref").asText()).endsWith("/QueryBody");
        assertThat(query.at("/responses/200/content/application~1json/schema/properties/data/$ref").asText())
                .endsWith("/QueryReply");
        JsonNode described = document.at("/components/schemas/QueryReply/properties");
        ask("{\"query\": \"how many customers are there\", \"schema_group_id\": \"ecommerce\", \"execute\": true}").data()
                .fieldNames().forEachRemaining(field -> assertThat(described.has(field)).as(field).isTrue());
        assertThat(document.at("/paths/~1api~1v1~1directives/get/responses/200/content/application~1json/schema/properties"
                + "/data/$ref").asText()).endsWith("/DirectiveList");
        assertThat(document.at("/paths/~1api~1v1~1conversations/post/responses").has("201")).isTrue();
    }

    private void calls(BiConsumer<String, JsonNode> check) {
        assertThat(document.path("paths").size()).isGreaterThan(15);
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(call ->
                check.accept(call.getKey().toUpperCase() + " " + path.getKey(), call.getValue())));
    }
}
