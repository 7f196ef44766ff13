package io.dragoman.dialect.q;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a tree as q that parses to an equal tree. */
final class QPrinter {

    private QPrinter() {
    }

    static String print(QNode node) {
        List<QNode> children = node.children();
        return switch (node.kind()) {
            case LITERAL, STRING, SYMBOL, NAME, OPERATOR, SYSTEM -> node.text();
            case EMPTY -> "";
            case DERIVED -> print(node.child(0)) + node.text();
            case UNARY, APPLY -> spaced(print(node.child(0)), print(node.child(1)));
            case BINARY -> spaced(spaced(print(node.child(1)), print(node.child(0))), print(node.child(2)));
            case CALL -> print(node.child(0)) + "[" + joined(children.subList(1, children.size()), ";") + "]";
            case PAREN -> "(" + print(node.child(0)) + ")";
            case LIST -> "(" + joined(children, ";") + ")";
            case TABLE -> "([" + joined(node.child(0).children(), ";") + "] " + joined(node.child(1).children(), ";") + ")";
            case LAMBDA -> "{" + (node.text().isEmpty() ? "" : "[" + joined(node.child(0).children(), ";") + "] ")
                    + joined(node.child(1).children(), ";") + "}";
            case BLOCK -> "[" + joined(children, ";") + "]";
            case SEQUENCE -> joined(children, "; ");
            case GROUP -> joined(children, ",");
            case ASSIGN -> print(node.child(0)) + node.text() + " " + print(node.child(1));
            case RETURN -> ": " + print(node.child(0));
            case SIGNAL -> "'" + print(node.child(0));
            case TEMPLATE -> template(node);
        };
    }

    private static String template(QNode node) {
        boolean grouped = node.text().endsWith(" by");
        String verb = grouped ? node.text().substring(0, node.text().length() - 3) : node.text();
        StringBuilder text = new StringBuilder(verb);
        if (!node.child(0).children().isEmpty()) {
            text.append('[').append(joined(node.child(0).children(), ";")).append(']');
        }
        phrases(text, " ", node.child(1));
        if (grouped) {
            phrases(text, " by ", node.child(2));
        }
        text.append(" from ").append(print(node.child(3)));
        phrases(text, " where ", node.child(4));
        return text.toString();
    }

    private static void phrases(StringBuilder text, String before, QNode group) {
        if (!group.children().isEmpty() || before.equals(" by ")) {
            text.append(before).append(joined(group.children(), ", "));
        }
    }

    private static String joined(List<QNode> nodes, String separator) {
        return nodes.stream().map(QPrinter::print).collect(Collectors.joining(separator));
    }

    private static String spaced(String left, String right) {
        return right.isEmpty() ? left : left + " " + right;
    }
}
