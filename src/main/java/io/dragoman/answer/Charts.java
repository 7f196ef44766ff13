package io.dragoman.answer;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which chart draws rows best. */
final class Charts {

    private static final int MOST_BARS = 50;
    private static final int MOST_SLICES = 6;
    private static final int MOST_LINES = 12;
    private static final Set<String> WHOLE = Set.of("share", "proportion", "distribution", "percentage", "breakdown",
            "composition", "split", "percent", "mix");

    private Charts() {
    }

    /** The chart; null when the rows are best read as a table. */
    static Chart of(String question, Rows rows) {
        List<ShapedColumn> measures = rows.measures();
        if (rows.count() < 2 || measures.isEmpty()) {
            return null;
        }
        List<ShapedColumn> dimensions = rows.labels();
        ShapedColumn time = dimensions.stream().filter(column -> column.role() == ShapedColumn.Role.TIME).findFirst()
                .orElse(null);
        boolean grouped = rows.grouped();
        if (time != null && (grouped || dimensions.size() == 1)) {
            return line(rows, time, dimensions);
        }
        if (grouped && dimensions.size() == 1 || dimensions.size() == 1 && rows.count() <= MOST_BARS) {
            return bars(question, rows, dimensions.get(0));
        }
        if (grouped && rows.plan() != null && dimensions.size() == 2 && rows.count() <= MOST_BARS) {
            return new Chart(Chart.Type.BAR, dimensions.get(0).name(), List.of(measures.get(0).name()),
                    dimensions.get(1).name());
        }
        boolean numbers = measures.size() == 2 && dimensions.size() <= 1 && rows.count() >= 5;
        return numbers ? new Chart(Chart.Type.SCATTER, measures.get(0).name(), List.of(measures.get(1).name()), null) : null;
    }

    private static Chart line(Rows rows, ShapedColumn time, List<ShapedColumn> dimensions) {
        if (dimensions.size() == 1) {
            return new Chart(Chart.Type.LINE, time.name(), comparable(rows), null, axis(time));
        }
        ShapedColumn series = dimensions.get(0) == time ? dimensions.get(1) : dimensions.get(0);
        long lines = rows.table().rows().stream().map(row -> String.valueOf(row.get(series.index()))).distinct()
                .limit(MOST_LINES + 1).count();
        return dimensions.size() > 2 || lines > MOST_LINES ? null
                : new Chart(Chart.Type.LINE, time.name(), List.of(rows.measures().get(0).name()), series.name(), axis(time));
    }

    private static Chart bars(String question, Rows rows, ShapedColumn label) {
        if (rows.count() > MOST_BARS) {
            return null;
        }
        ShapedColumn measure = rows.measures().get(rows.measures().size() - 1);
        if (rows.count() <= MOST_SLICES && asksForWhole(question) && rows.complete()
                && (measure.additive() || measure.percentage()) && positive(rows, measure)) {
            return new Chart(Chart.Type.PIE, label.name(), List.of(measure.name()), null);
        }
        return new Chart(Chart.Type.BAR, label.name(), comparable(rows), null, axis(label));
    }

    /** The period that the values are named by; days and shorter ones are told by the axis of time itself. */
    private static Period axis(ShapedColumn column) {
        return column.period() == null || column.period().compareTo(Period.DAY) <= 0 ? null : column.period();
    }

    private static boolean asksForWhole(String question) {
        String lower = question.toLowerCase(Locale.ROOT);
        return WHOLE.stream().anyMatch(lower::contains);
    }

    private static boolean positive(Rows rows, ShapedColumn measure) {
        for (int i = 0; i < rows.count(); i++) {
            if (!(rows.number(i, measure) >= 0)) {
                return false;
            }
        }
        return true;
    }

    /** The measures that one axis can carry: those within a hundredth to a hundredfold of the first. */
    private static List<String> comparable(Rows rows) {
        double first = largest(rows, rows.measures().get(0));
        return rows.measures().stream().filter(measure -> {
            double own = largest(rows, measure);
            return measure == rows.measures().get(0) || !(measure.change() && measure.percentage()) && own > 0 && first > 0 && own / first < 100 && first / own < 100;
        }).limit(4).map(ShapedColumn::name).toList();
    }

    private static double largest(Rows rows, ShapedColumn measure) {
        double largest = 0;
        for (int i = 0; i < rows.count(); i++) {
            double value = Math.abs(rows.number(i, measure));
            largest = value > largest ? value : largest;
        }
        return largest;
    }
}
