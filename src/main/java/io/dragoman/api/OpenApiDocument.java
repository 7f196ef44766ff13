package io.dragoman.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Camel's description of the REST API, told as it is on the wire: snake_case, in the envelope, on whatever host serves it. */
final class OpenApiDocument {

    private OpenApiDocument() {
    }

    static byte[] onTheWire(byte[] described) {
        try {
            ObjectNode document = (ObjectNode) Json.read(described, JsonNode.class);
            document.putArray("servers").addObject().put("url", "/");
            document.path("components").path("schemas").forEach(OpenApiDocument::rename);
            document.path("paths").forEach(path -> path.forEach(call -> envelope(call.path("responses").path("200"))));
            return Json.write(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void rename(JsonNode schema) {
        if (schema.path("properties") instanceof ObjectNode properties) {
            Map<String, JsonNode> before = new LinkedHashMap<>();
            properties.properties().forEach(entry -> before.put(entry.getKey(), entry.getValue()));
            properties.removeAll();
            before.forEach((name, value) -> properties.set(snakeCase(name), value));
        }
    }

    private static void envelope(JsonNode response) {
        JsonNode json = response.path("content").path("application/json");
        if (json instanceof ObjectNode content) {
            JsonNode data = content.path("schema").deepCopy();
            ObjectNode schema = content.putObject("schema").put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            properties.putObject("status").put("type", "string").putArray("enum").add("success");
            properties.set("data", data.isMissingNode() ? content.objectNode().put("type", "object") : data);
        }
    }

    private static String snakeCase(String name) {
        StringBuilder snake = new StringBuilder();
        name.chars().forEach(c -> {
            if (Character.isUpperCase(c)) {
                snake.append('_');
            }
            snake.append((char) Character.toLowerCase(c));
        });
        return snake.toString();
    }
}
