package io.dragoman.pipeline;

/** Marks what people, schemas and rows say as data in a prompt, so that it cannot end its own marks. */
final class Fence {

    private Fence() {
    }

    /** The text without angle brackets that could close or open a mark. */
    static String of(String text) {
        return text == null ? "" : text.replace("</", "< /").replace("<data", "< data").replace("<schema", "< schema")
                .replace("<question", "< question").replace("<rows", "< rows");
    }
}
