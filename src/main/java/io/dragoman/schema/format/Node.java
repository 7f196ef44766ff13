package io.dragoman.schema.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a JSON or YAML text that knows where it stands. */
final class Node {

    /** What a value is. */
    enum Kind { OBJECT, LIST, TEXT, NUMBER, BOOLEAN, NULL }

    private final Node parent;
    private final String key;
    private final Kind kind;
    private final String text;
    private final int line;
    private final int column;
    private final Map<String, Node> fields;
    private final List<Node> items;

    /**
     * @param parent the object or list that the value is in; null for the whole
     * @param key    the field's name in an object, the position in a list
     * @param text   of a scalar, as it was written
     * @param line   from 1
     * @param column from 1
     */
    Node(Node parent, String key, Kind kind, String text, int line, int column) {
        this.parent = parent;
        this.key = key;
        this.kind = kind;
        this.text = text;
        this.line = line;
        this.column = column;
        this.fields = kind == Kind.OBJECT ? new LinkedHashMap<>() : Map.of();
        this.items = kind == Kind.LIST ? new ArrayList<>() : List.of();
    }

    void put(String name, Node value) {
        fields.put(name, value);
    }

    void add(Node value) {
        items.add(value);
    }

    Kind kind() {
        return kind;
    }

    boolean isScalar() {
        return kind == Kind.TEXT || kind == Kind.NUMBER || kind == Kind.BOOLEAN;
    }

    String text() {
        return text;
    }

    int line() {
        return line;
    }

    int column() {
        return column;
    }

    /** The fields of an object, in order; empty for anything else. */
    Map<String, Node> fields() {
        return fields;
    }

    /** The entries of a list, in order; empty for anything else. */
    List<Node> items() {
        return items;
    }

    /** The first of these fields that is there and not null; null when none is. */
    Node field(String... names) {
        for (String name : names) {
            Node value = fields.get(name);
            if (value != null && value.kind != Kind.NULL) {
                return value;
            }
        }
        return null;
    }

    /** The name of the field that the value is in. */
    String key() {
        return key;
    }

    /** Where the value is, such as {@code tables[3].columns[0].name}; empty for the whole. */
    String path() {
        if (parent == null) {
            return "";
        }
        String above = parent.path();
        if (parent.kind == Kind.LIST) {
            return above + "[" + key + "]";
        }
        String shown = key.length() <= 60 ? key : key.substring(0, 60) + "…";
        return above.isEmpty() ? shown : above + "." + shown;
    }
}
