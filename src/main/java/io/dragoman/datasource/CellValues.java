package io.dragoman.datasource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How values that {@link ResultTable} has no type for are written: lists and structures as JSON, bytes in hexadecimal. */
final class CellValues {

    private static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(com.fasterxml.jackson.core.JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    private CellValues() {
    }

    /** The value itself when a result can hold it, else as a text. */
    static Object of(Object value) throws SQLException {
        if (value instanceof byte[] bytes) {
            return hex(bytes);
        }
        if (value instanceof Blob blob) {
            return hex(blob.getBytes(1, (int) Math.min(Integer.MAX_VALUE, blob.length())));
        }
        if (value instanceof UUID || value instanceof Enum<?>) {
            return value.toString();
        }
        if (value instanceof Array || value instanceof Struct || value instanceof Map<?, ?> || value instanceof List<?>) {
            return json(value);
        }
        return value instanceof String || value instanceof Number || value instanceof Boolean || value == null
                || value instanceof java.time.temporal.Temporal ? value : value.toString();
    }

    /** Bytes, as {@code 0x} and hexadecimal digits. */
    static String hex(byte[] bytes) {
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    /** A list or structure as JSON. */
    static String json(Object value) throws SQLException {
        try {
            return JSON.writeValueAsString(plain(value));
        } catch (JsonProcessingException e) {
            throw new SQLException("A value of the result cannot be written as JSON", e);
        }
    }

    private static Object plain(Object value) throws SQLException {
        if (value instanceof Array array) {
            Object elements = array.getArray();
            return plain(elements instanceof Object[] objects ? Arrays.asList(objects) : elements);
        }
        if (value instanceof Object[] objects) {
            return plain(Arrays.asList(objects));
        }
        if (value instanceof List<?> list) {
            List<Object> written = new ArrayList<>(list.size());
            for (Object element : list) {
                written.add(plain(element));
            }
            return written;
        }
        if (value instanceof org.duckdb.DuckDBStruct struct) {
            return plain(struct.getMap());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> written = new LinkedHashMap<>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                written.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
            }
            return written;
        }
        return value instanceof Array || value instanceof Struct ? value.toString() : of(value);
    }
}
