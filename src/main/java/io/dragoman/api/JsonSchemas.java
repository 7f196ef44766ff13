package io.dragoman.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.Temporal;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The schemas of Java types as they are on the wire, in the words of OpenAPI 3.0: every record once, under a name of its own,
 * and a reference wherever it is used. The names and kinds of fields are what Jackson writes and reads. Used for one document.
 */
final class JsonSchemas {

    static final String PATH = "#/components/schemas/";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode components;
    private final Map<JavaType, String> names = new HashMap<>();

    /** @param components gets the schemas of records */
    JsonSchemas(ObjectNode components) {
        this.components = components;
    }

    /** The schema of a type: a reference when it is a record, which is described along with whatever it holds. */
    ObjectNode of(JavaType type) {
        ObjectNode schema = NODES.objectNode();
        Class<?> raw = type.getRawClass();
        if (type.isReferenceType()) {
            return of(type.getReferencedType());
        }
        if (type.isCollectionLikeType() || type.isArrayType()) {
            schema.put("type", "array").set("items", of(type.getContentType()));
        } else if (type.isMapLikeType()) {
            schema.put("type", "object").set("additionalProperties", of(type.getContentType()));
        } else if (type.isEnumType()) {
            schema.put("type", "string");
            for (Object constant : raw.getEnumConstants()) {
                schema.withArray("enum").add(Json.tree(constant));
            }
        } else if (raw == Object.class || JsonNode.class.isAssignableFrom(raw)) {
            schema.put("description", "Any JSON value");
        } else if (!plain(raw, schema)) {
            schema.put("$ref", PATH + component(type));
        }
        return schema;
    }

    /** Fills in the schema of a single value; false when the type is none. */
    private static boolean plain(Class<?> raw, ObjectNode schema) {
        if (raw == boolean.class || raw == Boolean.class) {
            schema.put("type", "boolean");
        } else if (raw == int.class || raw == Integer.class) {
            schema.put("type", "integer").put("format", "int32");
        } else if (raw == long.class || raw == Long.class) {
            schema.put("type", "integer").put("format", "int64");
        } else if (raw.isPrimitive() || Number.class.isAssignableFrom(raw)) {
            schema.put("type", "number");
        } else if (raw == UUID.class) {
            schema.put("type", "string").put("format", "uuid");
        } else if (raw == Instant.class) {
            schema.put("type", "string").put("format", "date-time");
        } else if (raw == LocalDate.class) {
            schema.put("type", "string").put("format", "date");
        } else if (CharSequence.class.isAssignableFrom(raw) || Temporal.class.isAssignableFrom(raw)
                || raw.getName().startsWith("java.")) {
            schema.put("type", "string");
        } else {
            return false;
        }
        return true;
    }

    private String component(JavaType type) {
        String known = names.get(type);
        if (known != null) {
            return known;
        }
        String name = free(name(type));
        names.put(type, name);
        ObjectNode schema = components.putObject(name).put("type", "object");
        properties(type, schema.putObject("properties"));
        return name;
    }

    private void properties(JavaType type, ObjectNode properties) {
        BeanDescription description = Json.describe(type);
        for (BeanPropertyDefinition property : description.findProperties()) {
            AnnotatedMember member = property.getPrimaryMember();
            JavaType kind = property.getPrimaryType();
            if (member != null && member.hasAnnotation(JsonUnwrapped.class)) {
                properties(kind, properties);
            } else {
                properties.set(property.getName(), of(kind));
            }
        }
    }

    private String free(String name) {
        String free = name;
        for (int i = 2; components.has(free); i++) {
            free = name + i;
        }
        return free;
    }

    /** {@code QueryBody}; for what a class of calls defines, {@code DirectiveBody}; for a list, {@code DirectiveList}. */
    private static String name(JavaType type) {
        if (type.getRawClass() == Listing.class) {
            return name(type.containedType(0)) + "List";
        }
        Class<?> raw = type.getRawClass();
        Class<?> outer = raw.getEnclosingClass();
        String simple = raw.getSimpleName();
        if (outer == null || !outer.getSimpleName().endsWith("Calls")) {
            return simple;
        }
        String subject = outer.getSimpleName().substring(0, outer.getSimpleName().length() - "Calls".length());
        return simple.equals("View") ? subject : simple.startsWith(subject) ? simple : subject + simple;
    }
}
