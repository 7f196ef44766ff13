package io.dragoman.pipeline;

import java.util.List;

/** Marks what people, schemas and rows say as data in a prompt, so that it cannot end its own marks or begin others. */
final class Fence {

    private static final List<String> MARKS = List.of("attempts", "conversation", "data", "examples", "feedback",
            "findings", "fixes", "glossary", "plan", "query", "question", "rows", "schema", "system", "table");

    private Fence() {
    }

    /** The text with a space behind each angle bracket that could close or open a mark. */
    static String of(String text) {
        if (text == null) {
            return "";
        }
        int at = text.indexOf('<');
        if (at < 0) {
            return text;
        }
        StringBuilder fenced = new StringBuilder(text.length() + 20);
        int from = 0;
        for (; at >= 0; at = text.indexOf('<', from)) {
            fenced.append(text, from, at + 1);
            from = at + 1;
            if (marks(text, from)) {
                fenced.append(' ');
            }
        }
        return fenced.append(text, from, text.length()).toString();
    }

    /** Whether a mark goes on behind its bracket, in any case. */
    private static boolean marks(String text, int from) {
        return text.startsWith("/", from)
                || MARKS.stream().anyMatch(mark -> text.regionMatches(true, from, mark, 0, mark.length()));
    }
}
