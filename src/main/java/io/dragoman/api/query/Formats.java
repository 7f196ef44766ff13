package io.dragoman.api.query;

import io.dragoman.api.Json;
import io.dragoman.datasource.ResultTable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows as CSV (RFC 4180) or as lines of JSON. */
final class Formats {

    private Formats() {
    }

    /** The formats of rows. */
    enum Format {
        JSON("application/json;charset=UTF-8"), CSV("text/csv;charset=UTF-8"), NDJSON("application/x-ndjson;charset=UTF-8");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }
    }

    static void write(Format format, ResultTable table, OutputStream out) throws IOException {
        if (format == Format.CSV) {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            line(writer, table.columns().stream().map(ResultTable.ResultColumn::name).iterator());
            for (List<Object> row : table.rows()) {
                line(writer, row.stream().map(Formats::text).iterator());
            }
            writer.flush();
        } else {
            for (List<Object> row : table.rows()) {
                Map<String, Object> object = new LinkedHashMap<>();
                for (int i = 0; i < row.size(); i++) {
                    object.put(unique(object, table.columns().get(i).name()), row.get(i));
                }
                out.write(Json.write(object));
                out.write('\n');
            }
            out.flush();
        }
    }

    private static String unique(Map<String, Object> taken, String name) {
        String free = name;
        for (int i = 2; taken.containsKey(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    private static String text(Object value) {
        return value == null ? "" : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static void line(Writer writer, Iterator<String> fields) throws IOException {
        while (fields.hasNext()) {
            writer.write(quoted(fields.next()));
            if (fields.hasNext()) {
                writer.write(',');
            }
        }
        writer.write("\r\n");
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
