package io.dragoman.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

/**
 * The wire format: snake_case, ISO-8601 times, decimals as they are. Reading is strict about types (text is not a number)
 * and limits, and lenient about unknown fields, so that older servers take newer callers.
 */
public final class Json {

    /** The deepest nesting that is read. */
    static final int MAX_DEPTH = 64;

    private static final JsonMapper MAPPER = mapper();

    /** Takes texts for numbers and truth values, and nothing for an empty text. */
    private static final JsonMapper TEXTS = mapper().rebuild().enable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.ACCEPT_EMPTY_STRING_AS_NULL_OBJECT)
            .withCoercionConfigDefaults(config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull))
            .build();

    private Json() {
    }

    private static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH).maxNumberLength(400).maxNameLength(1_000).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        JsonMapper.Builder builder = JsonMapper.builder(factory)
                .addModules(new JavaTimeModule(), new Jdk8Module())
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
        for (CoercionInputShape shape : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean}) {
            builder.withCoercionConfig(LogicalType.Textual, config -> config.setCoercion(shape, CoercionAction.Fail));
        }
        return builder.build();
    }

    /**
     * Reads a body.
     *
     * @throws JsonProcessingException when it is not JSON, or not JSON of that type
     */
    public static <T> T read(byte[] body, Class<T> type) throws IOException {
        try (JsonParser parser = MAPPER.createParser(body)) {
            return MAPPER.readValue(parser, type);
        }
    }

    /**
     * Reads a part of what was read already.
     *
     * @throws JsonProcessingException when it is not of that type
     */
    public static <T> T read(JsonNode part, Class<T> type) throws JsonProcessingException {
        return MAPPER.treeToValue(part, type);
    }

    /**
     * Reads fields of which only texts are known.
     *
     * @throws JsonProcessingException when a text is not of the field's type
     */
    static <T> T read(TextFields texts, Class<T> type) throws JsonProcessingException {
        return TEXTS.treeToValue(TEXTS.valueToTree(texts.fields()), type);
    }

    /** Writes a value as UTF-8. */
    public static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A value as it is written. */
    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** An empty object. */
    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** Which fields a type has on the wire. */
    static BeanDescription describe(JavaType type) {
        return MAPPER.getSerializationConfig().introspect(type);
    }

    /** A type of a method's signature, with the type parameters that the bean's class sets; both null for a class itself. */
    static JavaType type(Type type, Class<?> bean, Method method) {
        if (bean == null) {
            return MAPPER.constructType(type);
        }
        JavaType declaring = MAPPER.constructType(bean).findSuperType(method.getDeclaringClass());
        return MAPPER.getTypeFactory().resolveMemberType(type, declaring.getBindings());
    }

    /** Writes a value as one line of text. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
