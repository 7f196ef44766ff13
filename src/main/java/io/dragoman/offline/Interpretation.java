package io.dragoman.offline;

import io.dragoman.offline.plan.LogicalPlan;
import java.util.List;

/** What the offline engine made of a question. */
public sealed interface Interpretation {

    /**
     * The question was understood.
     *
     * @param plan       what it asks for
     * @param steps      how the words were read, one plain sentence an entry, for people
     * @param directives the keys of the glossary directives that were used
     * @param confidence from 0 to 1: the share of the question's words that the plan accounts for, weighted
     */
    record Understood(LogicalPlan plan, List<String> steps, List<String> directives, double confidence)
            implements Interpretation {
    }

    /**
     * Two or more readings are equally good.
     *
     * @param question what to ask back
     * @param phrase   the words of the question that are ambiguous
     * @param choices  the readings, at least two, each as {@code table.column} or a short phrase that, put in place of
     *                 {@code phrase}, is no longer ambiguous
     */
    record Ambiguous(String question, String phrase, List<String> choices) implements Interpretation {
    }

    /**
     * The question was not understood; nothing was invented.
     *
     * @param reason  what is missing, for people
     * @param unknown the words that nothing in the schema group matches
     */
    record NotUnderstood(String reason, List<String> unknown) implements Interpretation {
    }
}
