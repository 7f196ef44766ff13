package io.dragoman.pipeline;

import java.util.List;

/** What was said before in a conversation, as prompts show it. */
final class Turns {

    private static final int LONGEST = 6_000;

    private Turns() {
    }

    /** What was asked before: the summary of the older questions, if there is one, and the latest with their queries. */
    static String lines(Question question) {
        String latest = lines(question.thread());
        if (question.earlier() != null && question.earlier().summary() != null) {
            return "What was asked before, summed up: " + Fence.of(question.earlier().summary()) + "\n" + latest;
        }
        if (latest.isEmpty()) {
            return question.continues() ? "There was a question before this one." : "none: this is the first question";
        }
        return latest;
    }

    /** Questions with their queries, the latest last; of many, the latest. Fenced as data. */
    static String lines(List<Question.Turn> turns) {
        StringBuilder text = new StringBuilder();
        for (int i = turns.size() - 1; i >= 0; i--) {
            String turn = "Question: " + turns.get(i).question() + "\nQuery: " + turns.get(i).query() + "\n";
            if (text.length() + turn.length() > LONGEST) {
                break;
            }
            text.insert(0, turn);
        }
        return Fence.of(text.toString().strip());
    }
}
