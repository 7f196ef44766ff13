package io.dragoman.gold;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Execution accuracy: the answer has the gold query's rows, as a multiset or in order; columns in any order, and the
 * answer may show up to four more.
 */
final class Rows {

    private static final int EXTRA_COLUMNS = 4;

    private Rows() {
    }

    static boolean same(List<List<String>> gold, List<List<String>> answer, boolean ordered) {
        if (gold.size() != answer.size()) {
            return false;
        }
        if (gold.isEmpty()) {
            return true;
        }
        int wanted = gold.get(0).size();
        int given = answer.get(0).size();
        return given >= wanted && given <= wanted + EXTRA_COLUMNS
                && someColumns(gold, answer, ordered, new int[wanted], 0, new boolean[given]);
    }

    private static boolean someColumns(List<List<String>> gold, List<List<String>> answer, boolean ordered, int[] chosen,
            int depth, boolean[] used) {
        if (depth == chosen.length) {
            List<List<String>> picked = answer.stream()
                    .map(row -> Arrays.stream(chosen).mapToObj(row::get).toList()).toList();
            return ordered ? picked.equals(gold) : counts(picked).equals(counts(gold));
        }
        for (int column = 0; column < used.length; column++) {
            if (!used[column] && counts(column(answer, column)).equals(counts(column(gold, depth)))) {
                used[column] = true;
                chosen[depth] = column;
                if (someColumns(gold, answer, ordered, chosen, depth + 1, used)) {
                    return true;
                }
                used[column] = false;
            }
        }
        return false;
    }

    private static List<String> column(List<List<String>> rows, int column) {
        return rows.stream().map(row -> String.valueOf(row.get(column))).toList();
    }

    private static <T> Map<T, Integer> counts(List<T> values) {
        Map<T, Integer> counts = new HashMap<>();
        values.forEach(value -> counts.merge(value, 1, Integer::sum));
        return counts;
    }

    /** The rows of a reply's {@code results}, values made comparable. */
    static List<List<String>> of(JsonNode results) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode row : results.path("rows")) {
            List<String> values = new ArrayList<>();
            row.forEach(value -> values.add(comparable(value.isNull() ? null : value.asText())));
            rows.add(values);
        }
        return rows;
    }

    /** Numbers to four places, midnight as its day, times of day in one form. */
    static String comparable(Object value) {
        if (value == null) {
            return "null";
        }
        String text = value.toString().strip();
        if (text.length() >= 5 && text.charAt(2) == ':') {
            return LocalTime.parse(text).toString();
        } else if (text.equals("true") || text.equals("false")) {
            return text.equals("true") ? "1" : "0";
        }
        try {
            return new BigDecimal(text).setScale(4, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException e) {
            String day = text.length() > 10 ? text.substring(10) : "";
            return day.equals("T00:00") || day.equals("T00:00:00") || day.equals(" 00:00:00") || day.equals("T00:00Z")
                    || day.equals("T00:00:00Z") ? text.substring(0, 10) : text;
        }
    }
}
