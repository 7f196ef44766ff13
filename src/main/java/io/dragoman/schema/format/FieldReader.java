package io.dragoman.schema.format;

import io.dragoman.schema.Rejection;
import io.dragoman.schema.SchemaDocument.Part;
import io.dragoman.schema.SchemaLimits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads typed fields of objects, and collects what cannot be taken. */
final class FieldReader {

    private final boolean numbersAreText;
    private final List<Rejection> rejected = new ArrayList<>();

    /** @param numbersAreText whether a bare number or boolean may stand where text is asked for, as in YAML */
    FieldReader(boolean numbersAreText) {
        this.numbersAreText = numbersAreText;
    }

    List<Rejection> rejected() {
        return rejected;
    }

    void reject(Node at, String reason) {
        rejected.add(new Rejection(at.line(), at.column(), at.path().isEmpty() ? "body" : at.path(), reason));
    }

    /** Rejects an object for a field that it lacks. */
    void missing(Node object, String field) {
        String path = object.path();
        rejected.add(new Rejection(object.line(), object.column(), path.isEmpty() ? field : path + "." + field,
                "is missing"));
    }

    static <T> Part<T> part(Node at, T value) {
        return new Part<>(value, at.line(), at.column(), at.path());
    }

    /** The first of these text fields; null when none is there, when it is blank, or when it is rejected. */
    String text(Node object, int most, String... names) {
        Node value = object.field(names);
        return value == null ? null : text(value, most, numbersAreText);
    }

    /** As {@link #text}, but a missing or blank one is rejected under the first name. */
    String required(Node object, int most, String... names) {
        Node value = object.field(names);
        if (value == null) {
            missing(object, names[0]);
            return null;
        }
        String text = text(value, most, numbersAreText);
        if (text == null && value.isScalar() && value.text().isBlank()) {
            reject(value, "is empty");
        }
        return text;
    }

    /** The scalar as trimmed text; null when it is blank or rejected. */
    String text(Node value, int most, boolean anyScalar) {
        if (!(value.kind() == Node.Kind.TEXT || anyScalar && value.isScalar())) {
            reject(value, "has to be text");
            return null;
        }
        String problem = SchemaLimits.problem(value.text(), most);
        if (problem != null) {
            reject(value, problem);
            return null;
        }
        return value.text().isBlank() ? null : value.text().strip();
    }

    /** A list of texts, each once; one text alone is a list of its parts between commas. */
    List<String> words(Node object, String... names) {
        Node value = object.field(names);
        if (value == null) {
            return List.of();
        }
        Set<String> words = new LinkedHashSet<>();
        if (value.kind() == Node.Kind.TEXT) {
            String all = text(value, SchemaLimits.TEXT, false);
            for (String word : all == null ? new String[0] : all.split(",")) {
                if (!word.isBlank()) {
                    words.add(word.strip());
                }
            }
            return List.copyOf(words);
        }
        return scalars(value, SchemaLimits.NAME, numbersAreText);
    }

    /** A list of scalars as text, each once. */
    List<String> scalars(Node list, int most, boolean anyScalar) {
        Set<String> texts = new LinkedHashSet<>();
        for (Node item : items(list)) {
            if (item.kind() != Node.Kind.NULL) {
                String text = text(item, most, anyScalar);
                if (text != null) {
                    texts.add(text);
                }
            }
        }
        return List.copyOf(texts);
    }

    /** The entries of a list within bounds; anything else is rejected. */
    List<Node> items(Node list) {
        if (list.kind() != Node.Kind.LIST) {
            reject(list, "has to be a list");
            return List.of();
        }
        if (list.items().size() > SchemaLimits.LIST) {
            reject(list, "has more than " + SchemaLimits.LIST + " entries");
            return List.of();
        }
        return list.items();
    }

    boolean flag(Node object, boolean otherwise, String... names) {
        Node value = object.field(names);
        if (value == null) {
            return otherwise;
        }
        String text = value.text() == null ? "" : value.text();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes")) {
            return true;
        }
        if (text.equalsIgnoreCase("false") || text.equalsIgnoreCase("no")) {
            return false;
        }
        reject(value, "has to be true or false");
        return otherwise;
    }

    Long count(Node object, String... names) {
        Node value = object.field(names);
        if (value == null) {
            return null;
        }
        boolean digits = value.kind() == Node.Kind.NUMBER && value.text().length() <= 18
                && value.text().chars().allMatch(digit -> digit >= '0' && digit <= '9');
        if (!digits) {
            reject(value, "has to be a whole number, zero or more");
            return null;
        }
        return Long.valueOf(value.text());
    }
}
