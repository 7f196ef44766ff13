package io.dragoman.ui.ask;

import io.dragoman.datasource.ResultTable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Rows as a CSV file for spreadsheets: RFC 4180, UTF-8 with a byte order mark. */
final class CsvFile {

    private CsvFile() {
    }

    /** The file's bytes. Text that a spreadsheet would run as a formula is made plain text by an apostrophe. */
    static byte[] of(ResultTable results) {
        StringBuilder csv = new StringBuilder("\uFEFF");
        csv.append(results.columns().stream().map(column -> cell(column.name())).collect(Collectors.joining(",")))
                .append("\r\n");
        results.rows().forEach(row -> csv.append(row.stream().map(CsvFile::cell).collect(Collectors.joining(",")))
                .append("\r\n"));
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String cell(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Number) {
            return value.toString();
        }
        String text = value.toString();
        String plain = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return plain.isEmpty() || plain.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + plain.replace("\"", "\"\"") + '"' : plain;
    }
}
