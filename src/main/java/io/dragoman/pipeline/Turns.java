package io.dragoman.pipeline;

import java.util.List;

/** What was said before in a conversation, as prompts show it. */
final class Turns {

    private static final int LONGEST = 6_000;

    private Turns() {
    }

    /** The questions of before with their queries, the latest last; of many, the latest. Fenced as data. */
    static String lines(Question question) {
        StringBuilder text = new StringBuilder();
        List<Question.Turn> turns = question.thread();
        for (int i = turns.size() - 1; i >= 0; i--) {
            String turn = "Question: " + turns.get(i).question() + "\nQuery: " + turns.get(i).query() + "\n";
            if (text.length() + turn.length() > LONGEST) {
                break;
            }
            text.insert(0, turn);
        }
        if (text.isEmpty()) {
            return question.continues() ? "There was a question before this one." : "none: this is the first question";
        }
        return Fence.of(text.toString().strip());
    }
}
