package io.dragoman.api.query;

import io.dragoman.api.Json;
import io.dragoman.datasource.Connector;
import io.dragoman.datasource.ResultTable;
import io.dragoman.failure.Failure;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows as CSV (RFC 4180) or as lines of JSON, written as they come. A result that is cut off or fails on the way says so in a
 * last line that no row can be: in CSV it begins with an unquoted {@code #}, in JSON its one field begins with {@code $}.
 */
final class Formats {

    private static final int BUFFER = 32 * 1024;

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

        /** Writes rows in this format. */
        Lines sink(OutputStream out) {
            return this == CSV ? new Csv(out) : new JsonLines(out);
        }
    }

    /** Writes rows line by line. */
    abstract static class Lines implements Connector.RowSink {

        private int rows;
        private boolean begun;

        /** Whether something was written, so that the reply can no longer become an error. */
        boolean begun() {
            return begun;
        }

        @Override
        public final void columns(List<ResultTable.ResultColumn> columns) {
            begun = true;
            unchecked(() -> head(columns.stream().map(ResultTable.ResultColumn::name).toList()));
        }

        @Override
        public final void row(List<Object> values) {
            unchecked(() -> line(values));
            rows++;
        }

        /** After the last row. */
        final void end(boolean truncated) throws IOException {
            if (truncated) {
                mark("truncated", Map.of("rows", rows), "the result has more than these " + rows + " rows");
            }
            flush();
        }

        /** When rows were written already. */
        final void fail(Failure failure) throws IOException {
            mark("error", Map.of("code", failure.code(), "message", failure.message(), "rows", rows),
                    failure.code() + " " + failure.message());
            flush();
        }

        abstract void head(List<String> names) throws IOException;

        abstract void line(List<Object> values) throws IOException;

        abstract void mark(String name, Map<String, Object> fields, String words) throws IOException;

        abstract void flush() throws IOException;

        private static void unchecked(Write write) {
            try {
                write.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private interface Write {
            void run() throws IOException;
        }
    }

    /** NULL is nothing at all; an empty text is two quotes. */
    private static final class Csv extends Lines {

        private final Writer out;

        Csv(OutputStream out) {
            this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER);
        }

        @Override
        void head(List<String> names) throws IOException {
            line(new ArrayList<>(names));
        }

        @Override
        void line(List<Object> values) throws IOException {
            for (int i = 0; i < values.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                if (values.get(i) != null) {
                    quoted(text(values.get(i)));
                }
            }
            out.write("\r\n");
        }

        @Override
        void mark(String name, Map<String, Object> fields, String words) throws IOException {
            out.write("#" + name + ": " + words.replace('\r', ' ').replace('\n', ' ') + "\r\n");
        }

        @Override
        void flush() throws IOException {
            out.flush();
        }

        private void quoted(String field) throws IOException {
            boolean plain = !field.isEmpty() && field.charAt(0) != '#';
            for (int i = 0; plain && i < field.length(); i++) {
                char c = field.charAt(i);
                plain = c != ',' && c != '"' && c != '\n' && c != '\r';
            }
            out.write(plain ? field : '"' + field.replace("\"", "\"\"") + '"');
        }
    }

    private static final class JsonLines extends Lines {

        private final OutputStream out;
        private List<String> names = List.of();

        JsonLines(OutputStream out) {
            this.out = new BufferedOutputStream(out, BUFFER);
        }

        /** Names that come twice, or could be a mark's, are told apart. */
        @Override
        void head(List<String> given) {
            Set<String> taken = new LinkedHashSet<>();
            for (String name : given) {
                String plain = name.startsWith("$") ? "_" + name : name;
                String free = plain;
                for (int i = 2; !taken.add(free); i++) {
                    free = plain + "_" + i;
                }
            }
            names = List.copyOf(taken);
        }

        @Override
        void line(List<Object> values) throws IOException {
            Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                object.put(names.get(i), values.get(i));
            }
            out.write(Json.write(object));
            out.write('\n');
        }

        @Override
        void mark(String name, Map<String, Object> fields, String words) throws IOException {
            out.write(Json.write(Map.of("$" + name, fields)));
            out.write('\n');
        }

        @Override
        void flush() throws IOException {
            out.flush();
        }
    }

    /** As JSON has it, without the quotes. */
    private static String text(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof LocalDateTime time) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
        }
        if (value instanceof OffsetDateTime time) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
        }
        return value instanceof LocalTime time ? DateTimeFormatter.ISO_LOCAL_TIME.format(time) : value.toString();
    }
}
