package io.dragoman.dialect.q;

import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.q.QNode.Kind;
import io.dragoman.schema.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Finds comparisons that q answers with an error or with nothing: symbols with strings, times with texts, and so on. */
final class QTypes {

    private static final Set<String> COMPARING = Set.of("=", "<>", "<", ">", "<=", ">=", "in", "~");
    private static final Set<String> SYMBOL_TYPES = Set.of("s", "symbol");
    private static final Set<String> STRING_TYPES = Set.of("C", "string", "text", "char[]", "varchar");

    /** Whether values of a native type are lists of characters, which q compares letter by letter. */
    static boolean string(String type) {
        return type != null && (STRING_TYPES.contains(type) || STRING_TYPES.contains(type.toLowerCase(Locale.ROOT)));
    }

    private final QNames names;

    QTypes(QNames names) {
        this.names = names;
    }

    /** @param columns name to native type; null when not known */
    void check(QNode node, Map<String, String> columns) {
        String verb = node.child(0).text();
        QNode left = node.child(1);
        QNode right = node.child(2);
        if (!COMPARING.contains(verb) || columns == null || left.kind() != Kind.NAME || !columns.containsKey(left.text())) {
            return;
        }
        if (right.kind() == Kind.BINARY && Set.of("and", "or", "&", "|").contains(right.child(0).text())) {
            names.report("PRECEDENCE", Severity.WARNING, "q reads from right to left, so that " + left.text() + " is compared"
                    + " with all of " + QPrinter.print(right), node, "(" + left.text() + verb + QPrinter.print(right.child(1))
                    + ") " + right.child(0).text() + " " + QPrinter.print(right.child(2)));
            return;
        }
        String type = columns.get(left.text());
        String base = type.toLowerCase(Locale.ROOT);
        if (SYMBOL_TYPES.contains(base) && text(right)) {
            clash(node, left.text() + " is a symbol and is compared with a string", left.text() + spaced(verb) + symbols(right));
        } else if (string(type) && right.kind() == Kind.SYMBOL) {
            clash(node, left.text() + " is a string and is compared with a symbol",
                    left.text() + " like \"" + right.text().substring(1) + "\"");
        } else if (STRING_TYPES.contains(type) && right.kind() == Kind.STRING && Set.of("=", "<>").contains(verb)) {
            clash(node, left.text() + " is a string; = compares it letter by letter", left.text() + " like " + right.text());
        } else if (wrong(DataType.of(type), right)) {
            clash(node, left.text() + " is of type " + type + " and is compared with " + QPrinter.print(right), fixed(left, verb,
                    DataType.of(type), right));
        }
    }

    private void clash(QNode node, String message, String suggestion) {
        names.report("TYPE_MISMATCH", Severity.ERROR, message, node, suggestion);
    }

    private static boolean text(QNode node) {
        return node.kind() == Kind.STRING || node.kind() == Kind.PAREN && text(node.child(0))
                || node.kind() == Kind.LIST && !node.children().isEmpty() && node.children().stream().allMatch(QTypes::text);
    }

    private static boolean wrong(DataType type, QNode right) {
        boolean text = text(right) || right.kind() == Kind.SYMBOL;
        return (type.numeric() || type.temporal() || type == DataType.BOOLEAN) && text;
    }

    private static String fixed(QNode left, String verb, DataType type, QNode right) {
        if (type == DataType.DATE && right.kind() == Kind.STRING && right.text().matches("\"\\d{4}[-./]\\d\\d[-./]\\d\\d\"")) {
            return left.text() + spaced(verb) + right.text().replace("\"", "").replaceAll("[-/]", ".");
        }
        return null;
    }

    private static String spaced(String verb) {
        return verb.equals("in") ? " in " : verb;
    }

    private static String symbols(QNode node) {
        if (node.kind() == Kind.STRING) {
            return QText.symbol(QText.unescaped(node.text()));
        }
        List<String> parts = node.children().stream().map(QTypes::symbols).toList();
        boolean plain = parts.stream().allMatch(part -> part.startsWith("`") && !part.startsWith("`$"));
        return plain ? String.join("", parts) : "(" + String.join(";", parts) + ")";
    }
}
