package io.dragoman.api.jms;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Writes a reply as plain text, for people and for systems that split lines: the answer, the query and the rows, each
 * followed by an empty line; the first line of the rows has the names of the columns, fields are separated by tabs.
 */
final class PlainText {

    private PlainText() {
    }

    /** What {@code data} of a reply says. */
    static String write(JsonNode data) {
        List<String> parts = new ArrayList<>();
        add(parts, data.at("/answer/text"));
        add(parts, data.at("/clarification/question"));
        add(parts, data.at("/query"));
        JsonNode rows = data.has("rows") ? data : data.path("results");
        if (rows.has("columns")) {
            parts.add(table(rows));
        }
        return parts.isEmpty() ? data.toString() : String.join("\n\n", parts);
    }

    private static void add(List<String> parts, JsonNode text) {
        if (text.isTextual() && !text.asText().isBlank()) {
            parts.add(text.asText().strip());
        }
    }

    private static String table(JsonNode results) {
        List<String> lines = new ArrayList<>();
        lines.add(line(results.path("columns"), true));
        results.path("rows").forEach(row -> lines.add(line(row, false)));
        return String.join("\n", lines);
    }

    private static String line(JsonNode cells, boolean columns) {
        return StreamSupport.stream(cells.spliterator(), false)
                .map(cell -> columns ? cell.path("name").asText() : cell.isNull() ? "" : text(cell))
                .map(text -> text.replace('\t', ' ').replace('\n', ' ').replace('\r', ' '))
                .collect(Collectors.joining("\t"));
    }

    private static String text(JsonNode cell) {
        return cell.isBigDecimal() ? cell.decimalValue().toPlainString() : cell.isValueNode() ? cell.asText() : cell.toString();
    }
}
