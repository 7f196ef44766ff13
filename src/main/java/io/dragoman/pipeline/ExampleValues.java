package io.dragoman.pipeline;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Sees that a question is an example's but for its values: <i>trades of MSFT above 200</i> for <i>trades of AAPL above 100</i>.
 * Values are numbers and dates of one shape, and texts that one column of the example's tables is known to hold.
 */
final class ExampleValues {

    private static final int MOST_WORDS = 5;
    private static final int MOST_VALUES = 4;
    /** Of longer stretches that differ, more than values differs. */
    private static final int LONGEST = 30;

    /** The values that each column of a table is known to hold, by their words. */
    private static final LoadingCache<TableDefinition, List<Map<String, String>>> HELD = Caffeine.newBuilder().weakKeys()
            .build(table -> table.columns().stream().map(ExampleValues::held).filter(values -> !values.isEmpty()).toList());

    private final String[] example;
    private final String[] asked;
    private final List<TableDefinition> tables;
    private final Map<String, String> values = new LinkedHashMap<>();

    private ExampleValues(String[] example, String[] asked, List<TableDefinition> tables) {
        this.example = example;
        this.asked = asked;
        this.tables = tables;
    }

    /**
     * The values of the question by those of the example.
     *
     * @param example the example's question in words, see {@link CuratedExamples#words}
     * @param asked   the question in words
     * @param tables  the tables that the example's query reads
     * @return empty when the questions differ in more than values
     */
    static Map<String, String> of(String example, String asked, List<TableDefinition> tables) {
        String[] a = example.split(" ");
        String[] b = asked.split(" ");
        int start = Math.max(0, alike(a, b) - MOST_WORDS);
        int tail = Math.max(0, tail(a, b, start) - MOST_WORDS);
        if (Math.max(a.length, b.length) - start - tail > LONGEST) {
            return Map.of();
        }
        ExampleValues pair = new ExampleValues(Arrays.copyOfRange(a, start, a.length - tail), Arrays.copyOfRange(b, start, b.length - tail), tables);
        return pair.align(0, 0) && pair.values.keySet().stream().allMatch(value -> once(value, example)) ? pair.values : Map.of();
    }

    /** Whether it is certain where the example's query has a value from. */
    private static boolean once(String value, String example) {
        String words = " " + CuratedExamples.words(value) + " ";
        String all = " " + example + " ";
        return all.indexOf(words) == all.lastIndexOf(words);
    }

    /** Whether two questions are near enough to be looked at. */
    static boolean near(String example, String asked) {
        String[] a = example.split(" ");
        String[] b = asked.split(" ");
        int start = alike(a, b);
        int same = start + tail(a, b, start);
        return same * 2 >= Math.min(a.length, b.length)
                && same + MOST_WORDS * MOST_VALUES >= Math.max(a.length, b.length);
    }

    /** So many words at the start are the same. */
    private static int alike(String[] a, String[] b) {
        int same = 0;
        while (same < Math.min(a.length, b.length) && a[same].equals(b[same])) {
            same++;
        }
        return same;
    }

    /** So many words at the end are the same, not counting those at the start. */
    private static int tail(String[] a, String[] b, int start) {
        int same = 0;
        while (same < Math.min(a.length, b.length) - start && a[a.length - 1 - same].equals(b[b.length - 1 - same])) {
            same++;
        }
        return same;
    }

    private boolean align(int i, int j) {
        if (i == example.length && j == asked.length) {
            return true;
        }
        if (i == example.length || j == asked.length) {
            return false;
        }
        if (example[i].equals(asked[j]) && align(i + 1, j + 1)) {
            return true;
        }
        for (int a = 1; a <= MOST_WORDS && i + a <= example.length; a++) {
            for (int b = 1; b <= MOST_WORDS && j + b <= asked.length; b++) {
                String from = join(example, i, i + a);
                String to = join(asked, j, j + b);
                String[] pair = from.equals(to) || values.size() >= MOST_VALUES ? null : sameKind(from, to);
                if (pair != null && !values.containsKey(pair[0])) {
                    values.put(pair[0], pair[1]);
                    if (align(i + a, j + b)) {
                        return true;
                    }
                    values.remove(pair[0]);
                }
            }
        }
        return false;
    }

    private static String join(String[] words, int from, int to) {
        return String.join(" ", List.of(words).subList(from, to));
    }

    /** The two values as they are written in the data; null when they are not of one kind. */
    private String[] sameKind(String from, String to) {
        if (Character.isDigit(from.charAt(0)) && Character.isDigit(to.charAt(0)) && shape(from).equals(shape(to))) {
            return new String[] {from, to};
        }
        for (TableDefinition table : tables) {
            for (Map<String, String> column : HELD.get(table)) {
                String old = column.get(from);
                String other = old == null ? null : column.get(to);
                if (other != null) {
                    return new String[] {old, other};
                }
            }
        }
        return null;
    }

    private static Map<String, String> held(ColumnDefinition column) {
        Map<String, String> values = new HashMap<>();
        column.sampleValues().stream().filter(Objects::nonNull).forEach(value -> values.putIfAbsent(CuratedExamples.words(value), value));
        return values;
    }

    /** Whole and broken numbers are of one shape; dates and times are by their marks. */
    private static String shape(String value) {
        List<String> marks = new ArrayList<>();
        for (char c : value.toCharArray()) {
            if (!Character.isDigit(c)) {
                marks.add(String.valueOf(c));
            }
        }
        return marks.isEmpty() || marks.equals(List.of(".")) ? "" : String.join("", marks);
    }
}
