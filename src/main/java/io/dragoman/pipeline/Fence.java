package io.dragoman.pipeline;

import java.util.List;

/** Marks what people, schemas and rows say as data in a prompt, so that it cannot end its own marks or begin others. */
final class Fence {

    private static final List<String> MARKS = List.of("attempts", "conversation", "data", "examples", "feedback",
            "findings", "fixes", "glossary", "plan", "query", "question", "rows", "schema", "system", "table");

    private Fence() {
    }

    /** The text without angle brackets that could close or open a mark. */
    static String of(String text) {
        if (text == null) {
            return "";
        }
        String fenced = text.replace("</", "< /");
        for (String mark : MARKS) {
            fenced = fenced.indexOf('<') < 0 ? fenced : open(fenced, mark);
        }
        return fenced;
    }

    /** The mark in any case, with a space behind its bracket. */
    private static String open(String text, String mark) {
        StringBuilder fenced = new StringBuilder(text);
        for (int at = text.lastIndexOf('<'); at >= 0; at = text.lastIndexOf('<', at - 1)) {
            if (text.regionMatches(true, at + 1, mark, 0, mark.length())) {
                fenced.insert(at + 1, ' ');
            }
        }
        return fenced.toString();
    }
}
