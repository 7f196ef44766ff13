package io.dragoman.ui.ask;

import io.dragoman.answer.Period;
import io.dragoman.datasource.ResultTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a chart draws: the rows as the chart's specification in the answer says, cut off after {@link #MOST_POINTS} rows.
 *
 * @param type   {@code bar}, {@code line}, {@code pie} or {@code scatter}
 * @param x      the name of the column along the horizontal axis, or of the slices
 * @param labels the values along the horizontal axis, in the order of the rows; empty for {@code scatter}
 * @param series what is drawn over them, at least one
 * @param cut    whether there are rows that are not drawn
 */
record Drawing(String type, String x, List<String> labels, List<Series> series, boolean cut) {

    static final int MOST_POINTS = 1_000;

    private static final int TOLD = 6;
    private static final Set<String> TYPES = Set.of("bar", "line", "pie", "scatter");

    /**
     * A bar's, line's or pie's values, one a label, null where there is none; or points.
     *
     * @param values numbers; for {@code scatter} pairs of them
     */
    record Series(String name, List<?> values) {
    }

    /** The drawing; empty when there is no specification, or the rows hold nothing that it can draw. */
    static Optional<Drawing> of(Map<String, Object> chart, ResultTable table) {
        if (chart == null || table == null || !TYPES.contains(String.valueOf(chart.get("type")))
                || !(chart.get("y") instanceof List<?> measures)) {
            return Optional.empty();
        }
        String type = chart.get("type").toString();
        int x = index(table, chart.get("x"));
        List<Integer> ys = measures.stream().map(name -> index(table, name)).filter(index -> index >= 0).toList();
        if (x < 0 || ys.isEmpty()) {
            return Optional.empty();
        }
        List<List<Object>> rows = table.rows().subList(0, Math.min(MOST_POINTS, table.rows().size()));
        boolean cut = table.truncated() || rows.size() < table.rows().size();
        int by = chart.get("series") == null ? -1 : index(table, chart.get("series"));
        Period period = Period.named(chart.get("period")).orElse(null);
        Drawing drawing = type.equals("scatter") ? points(table, rows, x, ys.get(0), cut)
                : by >= 0 ? split(type, table, rows, x, ys.get(0), by, cut, period) : plain(type, table, rows, x, ys, cut, period);
        boolean something = drawing.series.stream().anyMatch(one -> one.values.stream().anyMatch(value -> value != null));
        return something ? Optional.of(drawing) : Optional.empty();
    }

    private static Drawing plain(String type, ResultTable table, List<List<Object>> rows, int x, List<Integer> ys,
            boolean cut, Period period) {
        List<String> own = rows.stream().map(row -> label(row.get(x), period)).toList();
        List<String> labels = labels(rows, x, own, period);
        List<Series> series = ys.stream().map(y -> {
            if (labels.equals(own)) {
                return new Series(name(table, y), rows.stream().map(row -> number(row.get(y))).collect(Collectors.toList()));
            }
            Map<String, Double> values = new HashMap<>();
            rows.forEach(row -> values.put(label(row.get(x), period), number(row.get(y))));
            return new Series(name(table, y), labels.stream().map(values::get).collect(Collectors.toList()));
        }).toList();
        return new Drawing(type, name(table, x), labels, series, cut);
    }

    /** One series for each value of a column, over the labels of all. */
    private static Drawing split(String type, ResultTable table, List<List<Object>> rows, int x, int y, int by,
            boolean cut, Period period) {
        List<String> own = List.copyOf(rows.stream().map(row -> label(row.get(x), period))
                .collect(Collectors.toCollection(LinkedHashSet::new)));
        List<String> labels = labels(rows, x, own, period);
        Map<String, Map<String, Double>> cells = new LinkedHashMap<>();
        rows.forEach(row -> cells.computeIfAbsent(label(row.get(by), null), key -> new LinkedHashMap<>())
                .put(label(row.get(x), period), number(row.get(y))));
        List<Series> series = new ArrayList<>();
        cells.forEach((name, values) -> series.add(new Series(name,
                labels.stream().map(values::get).collect(Collectors.toList()))));
        return new Drawing(type, name(table, x), labels, series, cut);
    }

    /** Where rows are of periods in their order: with those between them of which there is no row, as time goes on without them. */
    private static List<String> labels(List<List<Object>> rows, int x, List<String> own, Period period) {
        List<String> all = period == null || rows.isEmpty() ? List.of()
                : period.between(rows.get(0).get(x), rows.get(rows.size() - 1).get(x), MOST_POINTS);
        return all.containsAll(own) && Set.copyOf(own).size() == own.size() ? all : own;
    }

    private static Drawing points(ResultTable table, List<List<Object>> rows, int x, int y, boolean cut) {
        List<List<Double>> points = rows.stream()
                .filter(row -> number(row.get(x)) != null && number(row.get(y)) != null)
                .map(row -> List.of(number(row.get(x)), number(row.get(y)))).toList();
        return new Drawing("scatter", name(table, x), List.of(), List.of(new Series(name(table, y), points)), cut);
    }

    /** The drawing in words, for those who cannot see it; the rows themselves are in the table. */
    String words() {
        String measures = series.stream().map(Series::name).limit(TOLD).collect(Collectors.joining(", "));
        String kind = type.equals("scatter") ? "Scatter chart" : type.substring(0, 1).toUpperCase(Locale.ROOT)
                + type.substring(1) + " chart";
        StringBuilder words = new StringBuilder(kind + " of " + measures + " by " + x + ".");
        if (series.size() == 1 && !labels.isEmpty()) {
            for (int i = 0; i < Math.min(TOLD, labels.size()); i++) {
                words.append(i == 0 ? " " : ", ").append(labels.get(i)).append(": ").append(series.get(0).values.get(i));
            }
            words.append(labels.size() > TOLD ? " and " + (labels.size() - TOLD) + " more." : ".");
        }
        return words.append(" The table below has the same values.").toString();
    }

    private static int index(ResultTable table, Object name) {
        for (int i = 0; i < table.columns().size(); i++) {
            if (table.columns().get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private static String name(ResultTable table, int column) {
        return table.columns().get(column).name();
    }

    private static Double number(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue()) ? number.doubleValue() : null;
    }

    /** Periods as people call them, other times without the midnight that dates become when a month or day is cut out of them. */
    private static String label(Object value, Period period) {
        Optional<String> said = period == null ? Optional.empty() : period.name(value);
        if (said.isPresent()) {
            return said.get();
        }
        String text = value == null ? "none" : value.toString();
        for (String midnight : List.of("T00:00Z", "T00:00:00Z", "T00:00:00", "T00:00", " 00:00:00")) {
            if (text.length() == 10 + midnight.length() && text.endsWith(midnight)) {
                return text.substring(0, 10);
            }
        }
        return text;
    }
}
