package io.dragoman.datasource;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** BigQuery's types, and values as its replies have them: {@code {"f": [{"v": …}]}}, numbers as texts. */
final class BigQueryValues {

    private BigQueryValues() {
    }

    /** A type as BigQuery's SQL has it, such as {@code ARRAY<STRUCT<name STRING>>}. */
    static String type(JsonNode field) {
        String plain = switch (field.path("type").asText()) {
            case "INTEGER" -> "INT64";
            case "FLOAT" -> "FLOAT64";
            case "BOOLEAN" -> "BOOL";
            case "RECORD", "STRUCT" -> {
                StringJoiner fields = new StringJoiner(", ", "STRUCT<", ">");
                field.path("fields").forEach(inner -> fields.add(inner.path("name").asText() + " " + type(inner)));
                yield fields.toString();
            }
            default -> field.path("type").asText();
        };
        return repeated(field) ? "ARRAY<" + plain + ">" : plain;
    }

    /** Whether rows can be sorted by a column. */
    static boolean sortable(JsonNode field) {
        return !repeated(field) && switch (field.path("type").asText()) {
            case "RECORD", "STRUCT", "JSON", "GEOGRAPHY" -> false;
            default -> true;
        };
    }

    /** The values of a row, of the types that {@link ResultTable} has. */
    static List<Object> row(JsonNode row, JsonNode fields) {
        List<Object> values = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            values.add(cell(row.path("f").path(i).path("v"), fields.get(i)));
        }
        return values;
    }

    private static Object cell(JsonNode value, JsonNode field) {
        Object read = value(value, field);
        try {
            return CellValues.of(read);
        } catch (SQLException e) {
            throw new IllegalStateException("A value that was read as JSON can be written as JSON", e);
        }
    }

    private static Object value(JsonNode value, JsonNode field) {
        if (repeated(field)) {
            List<Object> elements = new ArrayList<>();
            value.forEach(element -> elements.add(single(element.path("v"), field)));
            return elements;
        }
        return single(value, field);
    }

    private static Object single(JsonNode value, JsonNode field) {
        if (value.isNull() || value.isMissingNode()) {
            return null;
        }
        String text = value.asText();
        return switch (field.path("type").asText()) {
            case "INTEGER", "INT64" -> Long.valueOf(text);
            case "FLOAT", "FLOAT64" -> floating(text);
            case "NUMERIC", "BIGNUMERIC" -> new BigDecimal(text);
            case "BOOLEAN", "BOOL" -> Boolean.valueOf(text);
            case "TIMESTAMP" -> Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
            case "DATE" -> LocalDate.parse(text);
            case "DATETIME" -> LocalDateTime.parse(text);
            case "TIME" -> LocalTime.parse(text);
            case "BYTES" -> CellValues.hex(Base64.getDecoder().decode(text));
            case "RECORD", "STRUCT" -> structure(value, field.path("fields"));
            default -> text;
        };
    }

    /** BigQuery writes Infinity and NaN in its own way. */
    private static Object floating(String text) {
        return switch (text) {
            case "Infinity", "-Infinity", "NaN" -> text;
            case "inf", "+inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            case "nan" -> "NaN";
            default -> Double.valueOf(text);
        };
    }

    private static Map<String, Object> structure(JsonNode value, JsonNode fields) {
        Map<String, Object> read = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            read.put(fields.get(i).path("name").asText(), value(value.path("f").path(i).path("v"), fields.get(i)));
        }
        return read;
    }

    private static boolean repeated(JsonNode field) {
        return field.path("mode").asText().equals("REPEATED");
    }
}
