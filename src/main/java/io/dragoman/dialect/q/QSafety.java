package io.dragoman.dialect.q;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Position;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.WordList;
import io.dragoman.dialect.q.QNode.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides from a q tree whether it only reads. Everything that is not known to is refused: names that are no listed
 * function, and above all applying a value that is not certainly a function, table or column, as q runs a text that is
 * applied to a number or a handle.
 */
final class QSafety {

    static final Set<String> FUNCTIONS = WordList.read(QSafety.class, "functions.txt");
    static final Set<String> SESSION = WordList.read(QSafety.class, "session.txt");
    static final Set<String> REFUSED = WordList.read(QSafety.class, "refused.txt");
    /** Operators that can call, evaluate, amend or do internal things, and so may not be passed around. */
    static final Set<String> UNSAFE = Set.of("?", "!", ".", "@", "$", ":", "::");
    private static final Set<String> PARTS = Set.of("date", "year", "month", "mm", "dd", "week", "hh", "uu", "ss", "minute",
            "second", "time", "timespan", "timestamp", "datetime");
    private static final Set<String> ITERATORS = Set.of("each", "peach", "over", "scan", "prior");
    /** Functions that change a table in place when they are given its name. */
    static final Set<String> TABLE_RIGHT = Set.of("xasc", "xdesc", "xkey", "xcol", "xcols", "xgroup");
    static final Set<String> TABLE_BOTH = Set.of("lj", "ljf", "ij", "ijf", "uj", "ujf", "pj");
    private static final Set<String> TABLE_ONLY = Set.of("cols", "keys", "meta", "ungroup");
    static final Set<String> TABLE_JOINS = Set.of("aj", "aj0", "ajf", "ajf0", "ej");
    private static final Set<String> SIZED = Set.of("til", "#", "?", "rotate", "xprev", "sublist");
    private static final int MAX_SIZE = 10_000_000;

    private final String text;
    private final QForms forms;
    private final List<Finding> findings = new ArrayList<>();

    private QSafety(String text, Set<String> tables, Set<String> columns) {
        this.text = text;
        this.forms = new QForms(tables, columns);
    }

    /**
     * @param tables  the names of the tables, which may be indexed
     * @param columns the names of their columns, which may be indexed where they are selected
     * @return what may not be run; empty when the query only reads
     */
    static List<Finding> check(QNode tree, String text, Set<String> tables, Set<String> columns) {
        QSafety safety = new QSafety(text, tables, columns);
        safety.visit(tree);
        return safety.findings;
    }

    private void refuse(String code, String message, QNode node) {
        if (findings.size() < 20) {
            findings.add(new Finding(code, Check.SAFETY, Severity.ERROR, message, Position.of(text, node.offset()), null));
        }
    }

    private void visitAll(List<QNode> nodes) {
        nodes.forEach(this::visit);
    }

    private void visit(QNode node) {
        switch (node.kind()) {
            case LITERAL, STRING, EMPTY -> { }
            case SYMBOL -> symbol(node);
            case NAME -> name(node);
            case OPERATOR -> operator(node);
            case DERIVED -> head(node);
            case UNARY -> unary(node);
            case BINARY -> binary(node);
            case APPLY -> apply(node);
            case CALL -> call(node);
            case PAREN, LIST, GROUP -> visitAll(node.children());
            case TABLE -> node.children().forEach(group -> columns(group.children()));
            case LAMBDA -> lambda(node);
            case TEMPLATE -> template(node);
            case ASSIGN -> assign(node);
            case RETURN -> result(node);
            case SYSTEM -> refuse("NOT_A_QUERY", "System commands may not be run", node);
            case SEQUENCE -> refuse("MULTIPLE_STATEMENTS", "Only one statement may be run", node.child(1));
            case SIGNAL, BLOCK -> refuse("NOT_ALLOWED", "Only expressions may be run", node);
        }
    }

    private void symbol(QNode node) {
        if (node.text().indexOf(':') >= 0) {
            refuse("HANDLE_NOT_ALLOWED", "A symbol with a colon names a file or a connection", node);
        }
    }

    private void name(QNode node) {
        String name = node.text();
        if (REFUSED.contains(name) || name.contains(".") && !SESSION.contains(name) && !forms.table(name)
                && !part(name)) {
            refuse("FUNCTION_NOT_ALLOWED", name + " may not be used", node);
        }
    }

    /** Whether the name is one of q's own words, which nothing else may be called. */
    static boolean reserved(String name) {
        return FUNCTIONS.contains(name) || REFUSED.contains(name) || QParser.INFIX.contains(name);
    }

    /** Whether the name is a column with a part of its times, such as {@code time.minute}. */
    static boolean part(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && PARTS.contains(name.substring(dot + 1));
    }

    private void operator(QNode node) {
        if (UNSAFE.contains(node.text()) || node.text().length() > 1 && node.text().endsWith(":")) {
            refuse("OPERATOR_NOT_ALLOWED", "The operator " + node.text() + " may not be used so", node);
        }
    }

    private void unary(QNode node) {
        QNode verb = node.child(0);
        if (verb.kind() == Kind.OPERATOR && !verb.text().equals("-")) {
            refuse("OPERATOR_NOT_ALLOWED", "The operator " + verb.text() + " needs a left side", verb);
        } else {
            head(verb);
        }
        visit(node.child(1));
    }

    private void binary(QNode node) {
        QNode verb = node.child(0);
        QNode left = node.child(1);
        QNode right = node.child(2);
        if (verb.kind() == Kind.OPERATOR) {
            dyad(verb, left, right);
        } else {
            head(verb);
            if (verb.kind() == Kind.NAME) {
                named(verb, List.of(left, right));
            }
        }
        if (verb.kind() == Kind.NAME && ITERATORS.contains(verb.text()) || verb.is(Kind.OPERATOR, "@")
                || verb.is(Kind.OPERATOR, ".")) {
            applied(left);
        } else {
            visit(left);
        }
        visit(right);
    }

    /** An operator between, or called with, two arguments. */
    private void dyad(QNode verb, QNode left, QNode right) {
        String operator = verb.text();
        sized(verb, left);
        if (operator.equals("!")) {
            dictionary(verb, left, right);
        } else if (operator.equals("@") || operator.equals(".")) {
            if (!forms.function(left) && !forms.indexable(left)) {
                refuse("APPLY_NOT_ALLOWED", "Only functions, tables and columns may be applied", left);
            }
        } else if (operator.endsWith(":")) {
            refuse("OPERATOR_NOT_ALLOWED", "The operator " + operator + " may not be used", verb);
        }
    }

    /** {@code !} makes keys and dictionaries, but with a negative number it does internal things. */
    private void dictionary(QNode verb, QNode left, QNode right) {
        boolean keys = left.kind() == Kind.LITERAL && left.text().matches("\\d{1,3}");
        boolean dictionary = left.kind() == Kind.SYMBOL || left.kind() == Kind.LIST
                || left.kind() == Kind.LITERAL && left.text().matches("\\d+( \\d+)+");
        if (!(keys && forms.tableValued(right)) && !dictionary) {
            refuse("OPERATOR_NOT_ALLOWED", "! may only set the keys of a table or make a dictionary", verb);
        }
    }

    private void sized(QNode verb, QNode size) {
        if (SIZED.contains(verb.text()) && size.kind() == Kind.LITERAL) {
            for (String number : size.text().split(" ")) {
                String digits = number.replaceAll("[^0-9]", "");
                if (digits.length() > 8 || !digits.isEmpty() && Long.parseLong(digits) > MAX_SIZE || number.contains("W")) {
                    refuse("FUNCTION_ARGUMENT", "At most " + MAX_SIZE + " values may be made", size);
                    return;
                }
            }
        }
    }

    /** A listed function with its arguments, where it needs more care. */
    private void named(QNode function, List<QNode> arguments) {
        String name = function.text();
        QNode first = arguments.get(0);
        QNode last = arguments.get(arguments.size() - 1);
        boolean wrong = ITERATORS.contains(name) && !forms.function(first)
                || name.equals("fby") && !(first.kind() == Kind.LIST && !first.children().isEmpty() && forms.function(first.child(0)))
                || TABLE_RIGHT.contains(name) && !forms.tableValued(last)
                || TABLE_ONLY.contains(name) && !forms.tableValued(first)
                || TABLE_BOTH.contains(name) && !(forms.tableValued(first) && forms.tableValued(last))
                || TABLE_JOINS.contains(name) && !(arguments.size() == 3 && forms.tableValued(arguments.get(1)) && forms.tableValued(last));
        if (wrong) {
            refuse("APPLY_NOT_ALLOWED", name + " may not be given this", function);
        }
        sized(function, first);
    }

    private void apply(QNode node) {
        applied(node.child(0));
        if (node.child(0).kind() == Kind.NAME && forms.function(node.child(0))) {
            named(node.child(0), List.of(node.child(1)));
        }
        visit(node.child(1));
    }

    private void call(QNode node) {
        QNode head = node.child(0);
        List<QNode> arguments = node.children().subList(1, node.children().size());
        if (head.kind() == Kind.OPERATOR) {
            operatorCall(head, arguments);
        } else {
            applied(head);
            if (head.kind() == Kind.NAME && forms.function(head)) {
                named(head, arguments);
            }
        }
        visitAll(arguments);
    }

    private void operatorCall(QNode head, List<QNode> arguments) {
        String operator = head.text();
        boolean two = arguments.size() == 2;
        boolean choice = operator.equals("$") && arguments.size() >= 2
                || operator.equals("?") && arguments.size() == 3 && forms.inTemplate() && !forms.tableValuedCertainly(arguments.get(0));
        if (choice) {
            return;
        }
        if (two && arguments.stream().noneMatch(argument -> argument.kind() == Kind.EMPTY)) {
            dyad(head, arguments.get(0), arguments.get(1));
        } else if (UNSAFE.contains(operator) || operator.endsWith(":")) {
            refuse("OPERATOR_NOT_ALLOWED", "The form " + operator + "[…] with " + arguments.size()
                    + " arguments may not be used", head);
        }
    }

    /** What stands where a function, or something to index, must stand. */
    private void applied(QNode head) {
        if (forms.function(head)) {
            head(head);
        } else if (forms.indexable(head)) {
            visit(head);
        } else if (head.kind() == Kind.NAME) {
            refuse("FUNCTION_NOT_ALLOWED", "The function " + head.text() + " may not be called", head);
        } else {
            refuse("APPLY_NOT_ALLOWED", "Only functions, tables and columns may be applied", head);
        }
    }

    /** Checks a function's own parts. */
    private void head(QNode head) {
        switch (head.kind()) {
            case NAME -> {
                if (!forms.function(head)) {
                    refuse("FUNCTION_NOT_ALLOWED", "The function " + head.text() + " may not be called", head);
                }
            }
            case DERIVED -> {
                QNode base = head.child(0);
                boolean inPlace = base.kind() == Kind.NAME && (TABLE_RIGHT.contains(base.text())
                        || TABLE_BOTH.contains(base.text()) || TABLE_ONLY.contains(base.text())
                        || ITERATORS.contains(base.text()) || base.text().equals("fby"));
                if (!forms.function(base) || inPlace) {
                    refuse("APPLY_NOT_ALLOWED", "Only functions may have an iterator", head);
                } else {
                    head(base);
                }
            }
            case CALL -> call(head);
            case OPERATOR -> operator(head);
            default -> visit(head);
        }
    }

    private void lambda(QNode node) {
        Set<String> names = new HashSet<>(Set.of("x", "y", "z"));
        for (QNode parameter : node.child(0).children()) {
            if (parameter.kind() == Kind.NAME) {
                names.add(parameter.text());
            } else if (parameter.kind() != Kind.EMPTY) {
                refuse("NOT_ALLOWED", "Parameters must be names", parameter);
            }
        }
        assigned(node.child(1), names);
        forms.enter(names);
        visitAll(node.child(1).children());
        forms.leave();
    }

    private static void assigned(QNode node, Set<String> names) {
        if (node.kind() == Kind.ASSIGN && node.child(0).kind() == Kind.NAME) {
            names.add(node.child(0).text());
        }
        node.children().forEach(child -> assigned(child, names));
    }

    private void assign(QNode node) {
        if (!forms.inFunction() || !node.text().equals(":") || node.child(0).kind() != Kind.NAME
                || node.child(0).text().contains(".")) {
            refuse("ASSIGNMENT", "Nothing may be assigned", node);
        }
        visit(node.child(1));
    }

    private void result(QNode node) {
        if (!forms.inFunction()) {
            refuse("NOT_ALLOWED", "Only a function can return", node);
        }
        visit(node.child(0));
    }

    private void template(QNode node) {
        String verb = node.text().replace(" by", "");
        if (!verb.equals("select") && !verb.equals("exec")) {
            refuse("NOT_A_QUERY", "Only select and exec may be run, not " + verb, node);
        }
        for (QNode option : node.child(0).children()) {
            QNode order = option.kind() == Kind.UNARY && Set.of(">", "<").contains(option.child(0).text()) ? option.child(1) : option;
            visit(order);
        }
        QNode source = node.child(3).child(0);
        if (!forms.tableValued(source)) {
            refuse("NOT_A_TABLE", "from needs a table, not the name of one or another value", source);
        }
        visit(source);
        forms.enterTemplate();
        columns(node.child(1).children());
        columns(node.child(2).children());
        visitAll(node.child(4).children());
        forms.leaveTemplate();
    }

    /** Columns, which may be given names. */
    private void columns(List<QNode> columns) {
        for (QNode column : columns) {
            boolean named = column.kind() == Kind.ASSIGN && column.text().equals(":")
                    && column.child(0).kind() == Kind.NAME && !column.child(0).text().contains(".");
            visit(named ? column.child(1) : column);
        }
    }
}
