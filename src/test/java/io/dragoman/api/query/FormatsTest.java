package io.dragoman.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.datasource.ResultTable.ResultColumn;
import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormatsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private static List<ResultColumn> columns(String... names) {
        return Arrays.stream(names).map(name -> new ResultColumn(name, "text")).toList();
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tellsNullFromAnEmptyTextInCsv() throws IOException {
        Formats.Lines csv = Formats.Format.CSV.sink(out);
        csv.columns(columns("a", "b", "c"));
        csv.row(Arrays.asList(null, "", "x"));
        csv.row(Arrays.asList("with \"quotes\"", "a,b", "two\nlines"));
        csv.end(false);
        assertThat(written()).isEqualTo("a,b,c\r\n,\"\",x\r\n\"with \"\"quotes\"\"\",\"a,b\",\"two\nlines\"\r\n");
    }

    @Test
    void keepsTemporalTypesAndDecimalsAsInJson() throws IOException {
        List<Object> row = List.of(new BigDecimal("1E+3"), LocalDate.of(2024, 2, 29), LocalDateTime.of(2024, 2, 29, 10, 0),
                OffsetDateTime.parse("2024-02-29T10:00:00+02:00"), LocalTime.of(10, 0), true, 9007199254740993L);
        Formats.Lines csv = Formats.Format.CSV.sink(out);
        csv.columns(columns("a", "b", "c", "d", "e", "f", "g"));
        csv.row(row);
        csv.end(false);
        assertThat(written()).endsWith(
                "\r\n1000,2024-02-29,2024-02-29T10:00:00,2024-02-29T10:00:00+02:00,10:00:00,true,9007199254740993\r\n");
        out.reset();
        Formats.Lines json = Formats.Format.NDJSON.sink(out);
        json.columns(columns("a", "b", "c", "d", "e", "f", "g"));
        json.row(row);
        json.end(false);
        assertThat(written()).isEqualTo("{\"a\":1000,\"b\":\"2024-02-29\",\"c\":\"2024-02-29T10:00:00\","
                + "\"d\":\"2024-02-29T10:00:00+02:00\",\"e\":\"10:00:00\",\"f\":true,\"g\":9007199254740993}\n");
    }

    @Test
    void marksWhatIsCutOffInALineThatNoRowCanBe() throws IOException {
        Formats.Lines csv = Formats.Format.CSV.sink(out);
        csv.columns(columns("a"));
        csv.row(List.of("#truncated: no"));
        csv.end(true);
        assertThat(written()).isEqualTo("a\r\n\"#truncated: no\"\r\n#truncated: the result has more than these 1 rows\r\n");
        out.reset();
        Formats.Lines json = Formats.Format.NDJSON.sink(out);
        json.columns(columns("$truncated", "x", "x"));
        json.row(List.of(1L, 2L, 3L));
        json.end(true);
        assertThat(written()).isEqualTo("{\"_$truncated\":1,\"x\":2,\"x_2\":3}\n{\"$truncated\":{\"rows\":1}}\n");
    }

    @Test
    void marksWhatFailedOnTheWay() throws IOException {
        Formats.Lines csv = Formats.Format.CSV.sink(out);
        csv.columns(columns("a"));
        csv.row(List.of(1L));
        csv.fail(new Failure(ErrorCode.TIMEOUT, "It took\ntoo long.", Map.of()));
        assertThat(written()).endsWith("1\r\n#error: TIMEOUT It took too long.\r\n");
        out.reset();
        Formats.Lines json = Formats.Format.NDJSON.sink(out);
        json.columns(columns("a"));
        json.fail(new Failure(ErrorCode.TIMEOUT, "Too long.", Map.of()));
        assertThat(written()).startsWith("{\"$error\":{").contains("\"code\":\"TIMEOUT\"", "\"rows\":0");
    }
}
