package io.dragoman.api.jms;

import java.util.Locale;

/** The formats of requests; a reply has that of its request. */
enum Format {
    JSON("application/json"), XML("application/xml"), TEXT("text/plain");

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /**
     * The declared format, else the one that the text looks like.
     *
     * @param declared a content type; null when there is none
     */
    static Format of(String declared, String text) {
        String type = declared == null ? "" : declared.toLowerCase(Locale.ROOT);
        if (type.contains("json")) {
            return JSON;
        }
        if (type.contains("xml")) {
            return XML;
        }
        String start = text.stripLeading();
        return start.startsWith("{") ? JSON : start.startsWith("<") ? XML : TEXT;
    }
}
