package io.dragoman.dialect.q;

import io.dragoman.dialect.q.QNode.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** Tells from its form what a node's value is: a function, a table, or something that may be indexed. */
final class QForms {

    private final Set<String> tables;
    private final Set<String> columns;
    private final Deque<Set<String>> locals = new ArrayDeque<>();
    private int templates;

    QForms(Set<String> tables, Set<String> columns) {
        this.tables = tables;
        this.columns = columns;
    }

    boolean table(String name) {
        return tables.contains(name);
    }

    /** Enters a function with its own names. */
    void enter(Set<String> names) {
        locals.push(names);
    }

    void leave() {
        locals.pop();
    }

    boolean inFunction() {
        return !locals.isEmpty();
    }

    /** Enters the phrases of a template, where columns can be named. */
    void enterTemplate() {
        templates++;
    }

    void leaveTemplate() {
        templates--;
    }

    boolean inTemplate() {
        return templates > 0;
    }

    /** Whether the node certainly is a function. */
    boolean function(QNode node) {
        return switch (node.kind()) {
            case NAME -> QSafety.FUNCTIONS.contains(node.text()) && !local(node.text());
            case OPERATOR -> !QSafety.UNSAFE.contains(node.text()) && (node.text().length() == 1 || !node.text().endsWith(":"));
            case LAMBDA -> true;
            case DERIVED -> function(node.child(0));
            case PAREN -> function(node.child(0)) || projection(node.child(0));
            case CALL -> node.children().size() > 2 && function(node.child(0))
                    && node.children().stream().anyMatch(part -> part.kind() == Kind.EMPTY);
            default -> false;
        };
    }

    private static boolean projection(QNode node) {
        return node.kind() == Kind.BINARY && node.child(2).kind() == Kind.EMPTY;
    }

    /** A table or column, which an argument then indexes. */
    boolean indexable(QNode node) {
        boolean selected = templates > 0 && locals.isEmpty() && columns.contains(node.text());
        return node.kind() == Kind.NAME && (selected || tables.contains(node.text())) && !local(node.text())
                || node.kind() == Kind.PAREN && node.child(0).kind() == Kind.TEMPLATE
                && node.child(0).text().startsWith("select");
    }

    private boolean local(String name) {
        return locals.stream().anyMatch(names -> names.contains(name));
    }

    /** Whether the value is a table, and not the name of one, by which it could be changed. */
    boolean tableValued(QNode node) {
        return node.kind() == Kind.NAME && !local(node.text()) && !QSafety.FUNCTIONS.contains(node.text())
                && !QSafety.REFUSED.contains(node.text()) || tableValuedCertainly(node);
    }

    /** Whether the value is a table by its form. */
    boolean tableValuedCertainly(QNode node) {
        return switch (node.kind()) {
            case TEMPLATE, TABLE -> true;
            case PAREN -> tableValued(node.child(0));
            case NAME -> tables.contains(node.text()) && templates == 0;
            case BINARY -> node.child(0).kind() == Kind.NAME
                    && (QSafety.TABLE_RIGHT.contains(node.child(0).text()) || QSafety.TABLE_BOTH.contains(node.child(0).text())
                    || Set.of("sublist", "union", "inter", "except").contains(node.child(0).text())
                    && tableValued(node.child(2)))
                    || node.child(0).kind() == Kind.OPERATOR && "#!_,".contains(node.child(0).text())
                    && tableValued(node.child(2));
            case APPLY -> node.child(0).kind() == Kind.NAME
                    && (node.child(0).text().equals("ungroup") || Set.of("distinct", "reverse", "meta").contains(node.child(0).text())
                    && tableValued(node.child(1)));
            case CALL -> node.child(0).kind() == Kind.NAME && (QSafety.TABLE_JOINS.contains(node.child(0).text())
                    || QSafety.TABLE_RIGHT.contains(node.child(0).text()) || QSafety.TABLE_BOTH.contains(node.child(0).text()));
            default -> false;
        };
    }
}
