package io.dragoman.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dragoman.cache.JsonForm;
import io.dragoman.datasource.ResultTable;
import io.dragoman.datasource.ResultTable.ResultColumn;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.ArrayList;
import java.util.List;

/** Rows as JSON in which each cell says of which type it is, so that a decimal stays one. Rows with other types have none. */
final class RowsJson implements JsonForm<KeptRows> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public byte[] write(KeptRows kept) throws IOException {
        ResultTable table = kept.table();
        ObjectNode root = JSON.createObjectNode().put("at", kept.at().toEpochMilli()).put("truncated", table.truncated())
                .put("ms", table.executionTimeMs());
        ArrayNode columns = root.putArray("columns");
        table.columns().forEach(column -> columns.addArray().add(column.name()).add(column.type()));
        ArrayNode cells = root.putArray("cells");
        for (List<Object> row : table.rows()) {
            for (Object cell : row) {
                String type = type(cell);
                if (type == null) {
                    return null;
                }
                cells.add(cell == null ? null : type + cell);
            }
        }
        return JSON.writeValueAsBytes(root.put("rows", table.rowCount()));
    }

    /** One letter a type; null when it is none of these. */
    private static String type(Object cell) {
        if (cell == null || cell instanceof String) {
            return "s";
        }
        return cell instanceof Long ? "l" : cell instanceof BigDecimal ? "n" : cell instanceof Double ? "d"
                : cell instanceof Boolean ? "b" : cell instanceof Integer ? "i" : cell instanceof LocalDate ? "D"
                : cell instanceof LocalDateTime ? "T" : cell instanceof LocalTime ? "t" : cell instanceof OffsetDateTime ? "O"
                : cell instanceof OffsetTime ? "o" : cell instanceof Instant ? "I" : cell instanceof BigInteger ? "B" : null;
    }

    private static Object cell(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        String text = node.asText().substring(1);
        return switch (node.asText().charAt(0)) {
            case 's' -> text;
            case 'l' -> Long.valueOf(text);
            case 'n' -> new BigDecimal(text);
            case 'd' -> Double.valueOf(text);
            case 'b' -> Boolean.valueOf(text);
            case 'i' -> Integer.valueOf(text);
            case 'D' -> LocalDate.parse(text);
            case 'T' -> LocalDateTime.parse(text);
            case 't' -> LocalTime.parse(text);
            case 'O' -> OffsetDateTime.parse(text);
            case 'o' -> OffsetTime.parse(text);
            case 'I' -> Instant.parse(text);
            case 'B' -> new BigInteger(text);
            default -> throw new IllegalArgumentException("no type of cell");
        };
    }

    @Override
    public KeptRows read(byte[] json) throws IOException {
        JsonNode root = JSON.readTree(json);
        List<ResultColumn> columns = new ArrayList<>();
        root.path("columns").forEach(column -> columns.add(new ResultColumn(column.get(0).asText(),
                column.get(1).isNull() ? null : column.get(1).asText())));
        int count = root.path("rows").asInt();
        JsonNode cells = root.path("cells");
        if (cells.size() != (long) count * columns.size()) {
            throw new IOException("the cells do not make rows");
        }
        List<List<Object>> rows = new ArrayList<>(count);
        try {
            for (int row = 0; row < count; row++) {
                List<Object> values = new ArrayList<>(columns.size());
                for (int column = 0; column < columns.size(); column++) {
                    values.add(cell(cells.get(row * columns.size() + column)));
                }
                rows.add(values);
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IOException(e);
        }
        return new KeptRows(new ResultTable(columns, rows, count, root.path("truncated").asBoolean(), root.path("ms").asLong()),
                Instant.ofEpochMilli(root.path("at").asLong()));
    }
}
