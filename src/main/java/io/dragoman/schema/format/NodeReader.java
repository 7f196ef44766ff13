package io.dragoman.schema.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.SchemaLimits;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads JSON and YAML into {@link Node}s, bounded in depth and number. */
final class NodeReader {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_VALUES = 2_000_000;
    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH)
            .maxNameLength(10_000).maxNumberLength(1_000).build();
    private static final JsonFactory JSON = JsonFactory.builder().streamReadConstraints(CONSTRAINTS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();
    private static final YAMLFactory YAML = YAMLFactory.builder().streamReadConstraints(CONSTRAINTS)
            .loaderOptions(yamlOptions()).enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION).build();

    private final JsonParser parser;
    private int values;

    private NodeReader(JsonParser parser) {
        this.parser = parser;
    }

    private static LoaderOptions yamlOptions() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(SchemaLimits.BODY_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setAllowDuplicateKeys(false);
        return options;
    }

    /** Reads JSON; throws a failure with line and column when it is malformed. */
    static Node json(String text) {
        return read("JSON", JSON, text);
    }

    /** Reads the one document of a YAML text; throws a failure with line and column when it is malformed. */
    static Node yaml(String text) {
        return read("YAML", YAML, text);
    }

    private static Node read(String format, JsonFactory factory, String text) {
        JsonParser parser = null;
        try {
            parser = factory.createParser(text);
            if (parser.nextToken() == null) {
                throw malformed(format, "is empty", 1, 1);
            }
            Node root = new NodeReader(parser).value(null, null);
            if (parser.nextToken() != null) {
                throw malformed(format, "goes on after its end", location(parser));
            }
            return root;
        } catch (JsonProcessingException e) {
            JsonLocation location = e.getLocation() != null ? e.getLocation() : location(parser);
            throw malformed(format, "cannot be read: " + firstLine(e.getOriginalMessage()), location);
        } catch (YAMLException e) {
            throw malformed(format, "cannot be read: " + firstLine(e.getMessage()), location(parser));
        } catch (IOException e) {
            throw malformed(format, "cannot be read", location(parser));
        }
    }

    private Node value(Node parent, String key) throws IOException {
        if (++values > MAX_VALUES) {
            throw malformed("upload", "has more than " + MAX_VALUES + " values", location(parser));
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw malformed("YAML", "has an alias, which is not supported: write the value out", location(parser));
        }
        JsonLocation at = parser.currentTokenLocation();
        JsonToken token = parser.currentToken();
        Node node = new Node(parent, key, kind(token), token.isScalarValue() ? parser.getText() : null,
                at.getLineNr(), at.getColumnNr());
        if (token == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                node.put(name, value(node, name));
            }
        } else if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                node.add(value(node, Integer.toString(node.items().size())));
            }
        }
        return node;
    }

    private static Node.Kind kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> Node.Kind.OBJECT;
            case START_ARRAY -> Node.Kind.LIST;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Node.Kind.NUMBER;
            case VALUE_TRUE, VALUE_FALSE -> Node.Kind.BOOLEAN;
            case VALUE_NULL -> Node.Kind.NULL;
            default -> Node.Kind.TEXT;
        };
    }

    private static JsonLocation location(JsonParser parser) {
        return parser == null ? null : parser.currentLocation();
    }

    private static FailureException malformed(String format, String problem, JsonLocation location) {
        return location == null ? malformed(format, problem, null, null)
                : malformed(format, problem, location.getLineNr(), location.getColumnNr());
    }

    /** The failure of a text that is not of its format. */
    static FailureException malformed(String format, String problem, Integer line, Integer column) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("field", "body");
        details.put("reason", problem);
        if (line != null && line > 0) {
            details.put("line", line);
            details.put("column", column);
        }
        return new FailureException(ErrorCode.VALIDATION_FAILED, "The " + format + " " + problem
                + (line != null && line > 0 ? " (line " + line + ", column " + column + ")" : "") + ".", details);
    }

    private static String firstLine(String message) {
        String line = message == null ? "unknown reason" : message.lines().findFirst().orElse("unknown reason");
        return line.length() <= 300 ? line : line.substring(0, 300) + "…";
    }
}
