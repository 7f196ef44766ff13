package io.dragoman.offline;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says in plain sentences how the words of a question were read. */
final class Steps {

    private Steps() {
    }

    static List<String> of(List<Token> tokens, Reading reading, Frame frame) {
        Set<String> steps = new LinkedHashSet<>();
        for (Link unit : reading.units()) {
            String words = words(tokens, unit);
            switch (unit.kind()) {
                case TABLE -> steps.add("Read '" + words + "' as the table " + unit.table() + ".");
                case COLUMN -> steps.add("Read '" + words + "' as the column " + unit.column() + ".");
                case VALUE -> steps.add("Read '" + words + "' as the value '" + unit.text() + "' of " + unit.column() + ".");
                case DIRECTIVE -> steps.add("Read '" + words + "' as the glossary defines it.");
                case TIME -> steps.add("Read '" + words + "' as a time.");
                default -> {
                }
            }
        }
        for (Frame.TimeUse use : frame.times) {
            steps.add("Took " + use.column() + " for '" + use.phrase().text() + "'.");
        }
        for (ColumnNode column : frame.groupColumns) {
            steps.add("One row for each " + column + ".");
        }
        for (TableNode table : frame.groupTables) {
            steps.add("One row for each row of " + table + ".");
        }
        for (Frame.Order order : frame.orders) {
            steps.add("Sorted by " + order.measure() + ", " + (order.descending() ? "highest" : "lowest") + " first"
                    + (frame.limit == null ? "." : ", only the first " + frame.limit + "."));
        }
        steps.addAll(frame.notes);
        return new ArrayList<>(steps);
    }

    private static String words(List<Token> tokens, Link unit) {
        StringBuilder words = new StringBuilder();
        for (int i = unit.start(); i < unit.end(); i++) {
            words.append(words.length() == 0 ? "" : " ").append(tokens.get(i).text());
        }
        return words.toString();
    }
}
