package io.dragoman.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What stands out in rows: shares of the whole, trends over time, outliers. Only what the rows show, and only when it is much. */
final class Insights {

    private static final int MOST = 5;
    /** Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): 3.5 by the modified z-score. */
    private static final double OUTLYING = 3.5;

    private Insights() {
    }

    static List<String> of(Rows rows) {
        List<String> insights = new ArrayList<>();
        if (rows.count() < 3 || rows.label() == null) {
            return insights;
        }
        for (ShapedColumn measure : rows.measures().stream().filter(column -> !column.change()).toList()) {
            ShapedColumn time = rows.labels().size() == 1 && rows.label().role() == ShapedColumn.Role.TIME
                    ? rows.label() : null;
            if (time != null) {
                trend(rows, time, measure, insights);
            } else if (rows.grouped()) {
                shares(rows, measure, insights);
            }
            outliers(rows, measure, insights);
        }
        return insights.size() > MOST ? insights.subList(0, MOST) : insights;
    }

    /** The row with the highest (sign 1) or lowest (sign -1) value; -1 when there is no value. */
    static int extreme(Rows rows, ShapedColumn measure, int sign) {
        int best = -1;
        for (int i = 0; i < rows.count(); i++) {
            double value = rows.number(i, measure) * sign;
            if (!Double.isNaN(value) && (best < 0 || value > rows.number(best, measure) * sign)) {
                best = i;
            }
        }
        return best;
    }

    private static void shares(Rows rows, ShapedColumn measure, List<String> insights) {
        if (!measure.additive() || !rows.complete()) {
            return;
        }
        Integer[] order = IntStream.range(0, rows.count()).boxed().toArray(Integer[]::new);
        double total = 0;
        for (int i = 0; i < rows.count(); i++) {
            double value = rows.number(i, measure);
            if (value < 0) {
                return;
            }
            total += Double.isNaN(value) ? 0 : value;
        }
        if (total <= 0) {
            return;
        }
        Arrays.sort(order, Comparator.comparingDouble(row -> -orZero(rows.number(row, measure))));
        double first = rows.number(order[0], measure) / total;
        if (first >= 0.25 && first > 1.5 / rows.count()) {
            insights.add(AnswerText.name(rows, order[0]) + " makes up " + ValueText.percent(first) + " of the whole "
                    + measure.words() + ".");
        }
        if (rows.count() >= 8) {
            double three = (rows.number(order[0], measure) + orZero(rows.number(order[1], measure))
                    + orZero(rows.number(order[2], measure))) / total;
            if (three >= 0.6) {
                insights.add("The top 3 of " + ValueText.number(rows.count(), true) + " make up "
                        + ValueText.percent(three) + " of the whole " + measure.words() + ".");
            }
        }
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private static void trend(Rows rows, ShapedColumn time, ShapedColumn measure, List<String> insights) {
        List<Integer> order = IntStream.range(0, rows.count()).boxed()
                .filter(row -> rows.value(row, time) != null && !Double.isNaN(rows.number(row, measure)))
                .sorted(Comparator.comparing(row -> rows.value(row, time).toString())).toList();
        int count = order.size();
        if (count < 3) {
            return;
        }
        double[] values = order.stream().mapToDouble(row -> rows.number(row, measure)).toArray();
        double tau = kendall(values);
        int first = order.get(0);
        int last = order.get(count - 1);
        if (count >= 4 && Math.abs(tau) >= 0.6 && values[0] != values[count - 1]
                && Math.signum(values[count - 1] - values[0]) == Math.signum(tau)) {
            insights.add(Nouns.sentence(measure.words()) + (tau > 0 ? " rises" : " falls") + " over time, from "
                    + rows.text(first, measure) + " (" + rows.text(first, time) + ") to " + rows.text(last, measure) + " ("
                    + rows.text(last, time) + ")" + change(values[0], values[count - 1]) + ".");
        }
        String step = change(values[count - 2], values[count - 1]);
        if (!step.isEmpty() && !measure.percentage()) {
            insights.add("From " + rows.text(order.get(count - 2), time) + " to " + rows.text(last, time) + " "
                    + measure.words() + " went" + step.substring(1) + ".");
        }
    }

    /** ", up 12%"; nothing when the share cannot be said or nothing changed. */
    private static String change(double from, double to) {
        if (from <= 0 || from == to) {
            return "";
        }
        double share = (to - from) / from;
        return Math.abs(share) < 0.0005 ? "" : ", " + (share > 0 ? "up " : "down ") + ValueText.percent(Math.abs(share));
    }

    /** Kendall's rank correlation with time, over at most 200 evenly taken values. */
    private static double kendall(double[] values) {
        int step = Math.max(1, values.length / 200);
        int pairs = 0;
        int sum = 0;
        for (int i = 0; i < values.length; i += step) {
            for (int j = i + step; j < values.length; j += step) {
                sum += (int) Math.signum(values[j] - values[i]);
                pairs++;
            }
        }
        return pairs == 0 ? 0 : (double) sum / pairs;
    }

    private static void outliers(Rows rows, ShapedColumn measure, List<String> insights) {
        double[] values = IntStream.range(0, rows.count()).mapToDouble(row -> rows.number(row, measure))
                .filter(value -> !Double.isNaN(value)).toArray();
        if (values.length < 8) {
            return;
        }
        double median = median(values);
        double deviation = median(Arrays.stream(values).map(value -> Math.abs(value - median)).toArray());
        if (deviation <= 0) {
            return;
        }
        List<Integer> outlying = IntStream.range(0, rows.count()).boxed()
                .filter(row -> 0.6745 * Math.abs(rows.number(row, measure) - median) / deviation > OUTLYING)
                .sorted(Comparator.comparingDouble(row -> -Math.abs(rows.number(row, measure) - median))).toList();
        if (outlying.isEmpty() || outlying.size() > Math.max(3, values.length / 20)) {
            return;
        }
        int row = outlying.get(0);
        insights.add(AnswerText.name(rows, row) + " stands out: " + measure.words() + " " + rows.text(row, measure)
                + " against a median of " + ValueText.number(median, true) + (outlying.size() == 1 ? "."
                : ", and " + (outlying.size() - 1) + (outlying.size() == 2 ? " other does too." : " others do too.")));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
