package io.dragoman.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.failure.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.model.Model;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Camel's description of the REST API, completed with what is on the wire: bodies and replies in snake_case and in the
 * envelope, errors, and no host, as whatever host serves it will do. Thread-safe.
 */
@Component
final class OpenApiDocument {

    /** Where it is served. */
    static final String PATH = RequestGuard.BASE_PATH + "/openapi.json";

    private static final String JSON = "application/json";
    private static final String ERROR = "Error";

    private final CamelContext camel;
    private final ApplicationContext beans;
    private final AtomicReference<byte[]> written = new AtomicReference<>();

    OpenApiDocument(@Lazy CamelContext camel, ApplicationContext beans) {
        this.camel = camel;
        this.beans = beans;
    }

    /** Sends the description that Camel makes; only the first time, as routes do not change while the server runs. */
    Processor madeBy(Processor camels) {
        return exchange -> {
            if (written.get() == null) {
                camels.process(exchange);
                written.compareAndSet(null, complete(exchange.getMessage().getBody(byte[].class)));
            }
            exchange.getMessage().setBody(new Raw(JSON + ";charset=UTF-8", out -> out.write(written.get())));
        };
    }

    private byte[] complete(byte[] described) {
        try {
            ObjectNode document = (ObjectNode) Json.read(described, JsonNode.class);
            document.putArray("servers").addObject().put("url", "/");
            ObjectNode components = document.withObject("/components").putObject("schemas");
            JsonSchemas schemas = new JsonSchemas(components);
            describeError(components.putObject(ERROR), schemas);
            document.path("tags").forEach(tag -> ((ObjectNode) tag).put("name", tag(tag.path("name"))));
            document.path("paths").forEach(path -> path.forEach(call -> complete((ObjectNode) call, schemas)));
            return Json.write(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void complete(ObjectNode call, JsonSchemas schemas) {
        RestOperation operation = RestOperation.of(call.path("operationId").asText(),
                camel.getCamelContextExtension().getContextPlugin(Model.class), beans).orElse(null);
        if (operation == null) {
            return;
        }
        List<String> tags = new ArrayList<>();
        call.path("tags").forEach(tag -> tags.add(tag(tag)));
        tags.forEach(call.putArray("tags")::add);
        call.path("requestBody").path("content").properties().forEach(format ->
                setSchema(format, operation.body() == null ? null : schemas.of(operation.body())));
        ObjectNode responses = call.withObject("/responses");
        ObjectNode success = success(call, responses, operation);
        success.path("content").properties().forEach(format -> setSchema(format, !format.getKey().equals(JSON) ? null
                : envelope("success", "data", operation.data() == null ? null : schemas.of(operation.data()))));
        responses.properties().forEach(reply -> {
            if (reply.getValue() != success) {
                refer((ObjectNode) reply.getValue());
            }
        });
        if (!responses.has("default")) {
            refer(responses.putObject("default").put("description", "Any other failure"));
        }
    }

    /** Calls are grouped by the path that they share, told without what all have. */
    private static String tag(JsonNode path) {
        return path.asText().replace(RequestGuard.BASE_PATH + "/", "");
    }

    /** The reply to a call that works, which Camel always describes as 200, under its own status. */
    private static ObjectNode success(ObjectNode call, ObjectNode responses, RestOperation operation) {
        JsonNode described = responses.remove("200");
        ObjectNode success = described instanceof ObjectNode known ? known : call.objectNode();
        if (success.path("description").asText().isEmpty()) {
            success.put("description", operation.status() == 201 ? "It was created" : "It worked");
        }
        List<Map.Entry<String, JsonNode>> others = new ArrayList<>(responses.properties());
        responses.removeAll();
        responses.set(String.valueOf(operation.status()), success);
        others.forEach(other -> responses.set(other.getKey(), other.getValue()));
        if (success.path("content").isMissingNode()) {
            success.putObject("content").putObject(JSON);
        }
        return success;
    }

    /** Anything but JSON is text. */
    private static void setSchema(Map.Entry<String, JsonNode> format, ObjectNode schema) {
        ObjectNode content = (ObjectNode) format.getValue();
        if (schema != null && (format.getKey().equals(JSON) || format.getKey().endsWith("yaml"))) {
            content.set("schema", schema);
        } else if (!format.getKey().equals(JSON)) {
            content.putObject("schema").put("type", "string");
        }
    }

    private static void refer(ObjectNode reply) {
        reply.putObject("content").putObject(JSON).putObject("schema").put("$ref", JsonSchemas.PATH + ERROR);
    }

    private static void describeError(ObjectNode schema, JsonSchemas schemas) {
        schema.setAll(envelope("error", "error", schemas.of(Json.type(Envelope.ErrorBody.class, null, null))));
        StringBuilder codes = new StringBuilder("By code: HTTP status\n");
        for (ErrorCode code : ErrorCode.values()) {
            codes.append("\n- `").append(code).append("`: ").append(code.httpStatus());
        }
        schema.put("description", codes.toString());
    }

    private static ObjectNode envelope(String status, String field, ObjectNode content) {
        ObjectNode schema = Json.object();
        schema.put("type", "object").putArray("required").add("status").add(field);
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("status").put("type", "string").putArray("enum").add(status);
        properties.set(field, content);
        return schema;
    }
}
