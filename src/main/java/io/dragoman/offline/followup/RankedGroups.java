package io.dragoman.offline.followup;

import io.dragoman.offline.Interpretation;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Superlatives of groups: the rows of a grouped plan in the order of its one measure, only the first of them. */
final class RankedGroups {

    private static final Set<String> LOWEST = Set.of("lowest", "least", "fewest", "worst", "smallest", "slowest", "weakest", "quietest",
            "minimum", "bottom", "poorest");
    private static final int MOST = 10_000;

    private RankedGroups() {
    }

    /** Whether a superlative asks for the low end. */
    static boolean lowest(String superlative) {
        return LOWEST.contains(superlative);
    }

    /**
     * The first groups of a plan that has one measure for each.
     *
     * @param step what was made of the question's words, for people
     * @return empty when the plan is no such one
     */
    static Optional<Interpretation> first(Interpretation read, boolean descending, int limit, String step) {
        if (!(read instanceof Interpretation.Understood understood) || understood.plan().setOperation() != null
                || understood.plan().groupBy().isEmpty() || understood.plan().limit() != null) {
            return Optional.empty();
        }
        PlanEdit edit = new PlanEdit(understood.plan());
        List<OutputColumn> measures = edit.select.stream().filter(column -> PlanEdit.aggregate(column.expression())).toList();
        if (measures.size() != 1 || measures.get(0).expression() instanceof Expression.Window) {
            return Optional.empty();
        }
        edit.orderBy.clear();
        edit.orderBy.add(new LogicalPlan.Ordering(measures.get(0).expression(), descending));
        edit.orderBy.add(new LogicalPlan.Ordering(edit.groupBy.get(0), false));
        edit.limit = limit;
        List<String> steps = new ArrayList<>(understood.steps());
        steps.add(step);
        return Optional.of(new Interpretation.Understood(edit.plan(), steps, understood.directives(), understood.confidence()));
    }

    /** The words of a question without the marks at its end and around its words. */
    static List<String> words(String question) {
        List<String> words = new ArrayList<>();
        for (String word : question.trim().replace('’', '\'').split("\\s+")) {
            int end = word.length();
            while (end > 0 && "?!.,;:".indexOf(word.charAt(end - 1)) >= 0) {
                end--;
            }
            if (end > 0) {
                words.add(word.substring(0, end));
            }
        }
        return words;
    }

    static String lower(List<String> words, int at) {
        return at < 0 || at >= words.size() ? "" : words.get(at).toLowerCase(Locale.ROOT);
    }

    /** The number that a word says, from 1 to 10,000; 0 for none. */
    static int count(String word) {
        int named = List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten").indexOf(word) + 1;
        boolean digits = !word.isEmpty() && word.length() <= 5 && word.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = digits ? Integer.parseInt(word) : named;
        return number <= MOST ? number : 0;
    }
}
