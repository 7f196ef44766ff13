package io.dragoman.ui.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.dragoman.datasource.ResultTable;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DrawingTest {

    private static ResultTable table(List<String> names, List<List<Object>> rows, boolean truncated) {
        return new ResultTable(names.stream().map(name -> new ResultTable.ResultColumn(name, "text")).toList(), rows,
                rows.size(), truncated, 1);
    }

    private static Map<String, Object> chart(String type, String x, String... y) {
        return Map.of("type", type, "x", x, "y", List.of(y));
    }

    @Test
    void drawsTheMeasuresOverTheLabelsInTheOrderOfTheRows() {
        Drawing drawing = Drawing.of(chart("bar", "status", "count"), table(List.of("status", "count"),
                List.of(List.of("open", 3L), Arrays.asList(null, new BigDecimal("2.5"))), false)).orElseThrow();
        assertThat(drawing.labels()).containsExactly("open", "none");
        assertThat(drawing.series()).containsExactly(new Drawing.Series("count", List.of(3.0, 2.5)));
        assertThat(drawing.words()).contains("Bar chart of count by status").contains("open: 3.0");
        assertThat(drawing.cut()).isFalse();
    }

    @Test
    void splitsIntoOneSeriesAValueWithGapsWhereThereIsNone() {
        Map<String, Object> chart = Map.of("type", "line", "x", "month", "y", List.of("count"), "series", "status");
        Drawing drawing = Drawing.of(chart, table(List.of("month", "status", "count"), List.of(
                List.of(LocalDateTime.of(2024, 1, 1, 0, 0), "open", 1L),
                List.of(LocalDateTime.of(2024, 2, 1, 0, 0), "sent", 2L)), false)).orElseThrow();
        assertThat(drawing.labels()).containsExactly("2024-01-01", "2024-02-01");
        assertThat(drawing.series()).extracting(Drawing.Series::name).containsExactly("open", "sent");
        assertThat(drawing.series().get(0).values().get(1)).isNull();
    }

    @Test
    void namesPeriodsAsPeopleDoAndLeavesAGapWhereThereIsNone() {
        Map<String, Object> chart = Map.of("type", "line", "x", "month", "y", List.of("count"), "period", "month");
        Drawing drawing = Drawing.of(chart, table(List.of("month", "count"), List.of(
                List.of(LocalDateTime.of(2024, 1, 1, 0, 0), 1L), List.of(LocalDateTime.of(2024, 3, 1, 0, 0), 2L)), false)).orElseThrow();
        assertThat(drawing.labels()).containsExactly("January 2024", "February 2024", "March 2024");
        assertThat(drawing.series().get(0).values()).isEqualTo(Arrays.asList(1.0, null, 2.0));
        Map<String, Object> quarters = Map.of("type", "bar", "x", "quarter", "y", List.of("count"), "period", "quarter");
        assertThat(Drawing.of(quarters, table(List.of("quarter", "count"), List.of(List.of("2024-04-01", 1L), List.of("2024-01-01", 2L)),
                false)).orElseThrow().labels()).containsExactly("Q2 2024", "Q1 2024");
    }

    @Test
    void pointsNeedBothNumbers() {
        Drawing drawing = Drawing.of(chart("scatter", "a", "b"), table(List.of("a", "b"),
                List.of(List.of(1L, 2L), Arrays.asList(3L, null), List.of("x", 4L)), false)).orElseThrow();
        assertThat(drawing.series().get(0).values()).hasSize(1);
        assertThat(drawing.series().get(0).values().get(0)).isEqualTo(List.of(1.0, 2.0));
    }

    @Test
    void nothingIsDrawnOfWhatHasNoNumbersOrNoSuchColumn() {
        ResultTable words = table(List.of("a", "b"), List.of(List.of("x", "y"), List.of("z", Double.NaN)), false);
        assertThat(Drawing.of(chart("bar", "a", "b"), words)).isEmpty();
        assertThat(Drawing.of(chart("bar", "gone", "b"), words)).isEmpty();
        assertThat(Drawing.of(chart("radar", "a", "b"), words)).isEmpty();
        assertThat(Drawing.of(null, words)).isEmpty();
    }

    @Test
    void aLongTableIsCutOffAndSaysSo() {
        List<List<Object>> rows = new ArrayList<>();
        IntStream.range(0, Drawing.MOST_POINTS + 1).forEach(i -> rows.add(Stream.<Object>of("r" + i, (long) i).toList()));
        Drawing drawing = Drawing.of(chart("bar", "r", "n"), table(List.of("r", "n"), rows, false)).orElseThrow();
        assertThat(drawing.labels()).hasSize(Drawing.MOST_POINTS);
        assertThat(drawing.cut()).isTrue();
    }
}
