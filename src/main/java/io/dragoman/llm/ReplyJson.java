package io.dragoman.llm;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads structured replies, also from models that wrap them: the first JSON object in the text counts, in a code fence or
 * with prose around it, with comments, single quotes or trailing commas.
 */
public final class ReplyJson {

    private static final int LONGEST = 200_000;
    private static final int MOST_TRIES = 20;

    private static final ObjectMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_JAVA_COMMENTS, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private ReplyJson() {
    }

    /**
     * The object that a reply holds.
     *
     * @return empty when there is none, it is cut off, or a required field is missing
     */
    public static Optional<JsonNode> read(String reply, JsonObjectSchema schema) {
        if (reply.length() > LONGEST) {
            return Optional.empty();
        }
        int tries = 0;
        for (int open = reply.indexOf('{'); open >= 0 && tries < MOST_TRIES; open = reply.indexOf('{', open + 1)) {
            tries++;
            Optional<JsonNode> read = objectAt(reply.substring(open))
                    .filter(object -> schema.required().stream().allMatch(object::has));
            if (read.isPresent()) {
                return read;
            }
        }
        return Optional.empty();
    }

    /** A value as JSON. */
    static String write(Object value) {
        return LENIENT.valueToTree(value).toString();
    }

    /** The parser stops behind the object, so that what follows it does not matter. */
    private static Optional<JsonNode> objectAt(String text) {
        try (var parser = LENIENT.createParser(text)) {
            JsonNode node = LENIENT.readTree(parser);
            return Optional.ofNullable(node).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
