package io.dragoman.llm;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Reads prompt files: YAML with the fields of {@link File}, the schema of the reply in JSON Schema's own words. */
final class PromptReader {

    private static final int DEFAULT_MAX_TOKENS = 2_000;
    private static final int HASH_DIGITS = 12;
    private static final double HOTTEST = 2;

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private PromptReader() {
    }

    private record File(String name, String description, String model, String systemPrompt, String userPrompt,
            JsonNode structuredOutput, double temperature, Integer maxTokens) {
    }

    /**
     * Reads one prompt.
     *
     * @param name that the file has to have
     * @throws IllegalArgumentException when the file is no prompt; the message says where and why
     */
    static Prompt read(String name, byte[] yaml) {
        try {
            File file = YAML.readValue(yaml, File.class);
            require(file != null && name.equals(file.name()) && file.systemPrompt() != null && file.userPrompt() != null,
                    "The prompt " + name + " needs its own name, a system_prompt and a user_prompt.");
            int maxTokens = file.maxTokens() == null ? DEFAULT_MAX_TOKENS : file.maxTokens();
            require(file.temperature() >= 0 && file.temperature() <= HOTTEST && maxTokens > 0,
                    "The prompt " + name + " needs a temperature from 0 to 2, and max_tokens above 0.");
            return new Prompt(name, file.description(), role(name, file.model()), file.systemPrompt().strip(), file.userPrompt().strip(),
                    file.structuredOutput() == null || file.structuredOutput().isNull() ? null : root(file.structuredOutput()),
                    file.temperature(), maxTokens, hash(yaml));
        } catch (IOException e) {
            throw new IllegalArgumentException("The prompt " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void require(boolean right, String message) {
        if (!right) {
            throw new IllegalArgumentException(message);
        }
    }

    private static ModelRole role(String name, String model) {
        return Arrays.stream(ModelRole.values()).filter(role -> role.name().equalsIgnoreCase(model)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The prompt " + name + " needs a model: weak, planning or developer."));
    }

    private static JsonObjectSchema root(JsonNode node) {
        if (schema(node) instanceof JsonObjectSchema object) {
            return object;
        }
        throw new IllegalArgumentException("structured_output has to be an object.");
    }

    /** Every property is required and none may be added, as the strict modes of providers want it. */
    private static JsonSchemaElement schema(JsonNode node) {
        String description = node.path("description").asText(null);
        if (node.has("enum")) {
            List<String> values = new ArrayList<>();
            node.get("enum").forEach(value -> values.add(value.asText()));
            return JsonEnumSchema.builder().description(description).enumValues(values).build();
        }
        return switch (node.path("type").asText()) {
            case "object" -> object(node, description);
            case "array" -> JsonArraySchema.builder().description(description).items(schema(node.path("items"))).build();
            case "integer" -> JsonIntegerSchema.builder().description(description).build();
            case "number" -> JsonNumberSchema.builder().description(description).build();
            case "boolean" -> JsonBooleanSchema.builder().description(description).build();
            case "string" -> JsonStringSchema.builder().description(description).build();
            default -> throw new IllegalArgumentException("structured_output has a type that is none: " + node.path("type"));
        };
    }

    private static JsonObjectSchema object(JsonNode node, String description) {
        JsonObjectSchema.Builder object = JsonObjectSchema.builder().description(description).additionalProperties(false);
        List<String> names = new ArrayList<>();
        node.path("properties").fields().forEachRemaining(property -> {
            object.addProperty(property.getKey(), schema(property.getValue()));
            names.add(property.getKey());
        });
        return object.required(names).build();
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
