package io.dragoman.answer;

import java.util.List;

/**
 * A reply in words. All of it is plain text, never HTML: whatever shows it has to escape it.
 *
 * @param text     one or two sentences
 * @param insights what stands out in the rows, one sentence an entry; empty when nothing does
 * @param chart    how the rows are best drawn; null when they are best read as a table
 */
public record Answer(String text, List<String> insights, Chart chart) {

    /** Copies the list. */
    public Answer {
        insights = List.copyOf(insights);
    }
}
