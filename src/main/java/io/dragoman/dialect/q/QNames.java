package io.dragoman.dialect.q;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Position;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.Suggestions;
import io.dragoman.dialect.q.QNode.Kind;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Resolves the tables and columns of a q query, template by template. */
final class QNames {

    static final Set<String> AGGREGATES = Set.of("count", "sum", "avg", "min", "max", "first", "last", "med", "dev",
            "sdev", "var", "svar", "all", "any", "prd");
    /** The row number, and the partitions that a table's files may be parted by. */
    private static final Set<String> VIRTUAL = Set.of("i", "date", "month", "year", "int");
    private static final int MOST = 50;

    private final SchemaGroup schema;
    private final String text;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> tables = new LinkedHashSet<>();
    private final Deque<Set<String>> locals = new ArrayDeque<>();
    private final QTypes types = new QTypes(this);

    /** @param schema what names resolve against; null only collects the tables */
    QNames(SchemaGroup schema, String text) {
        this.schema = schema;
        this.text = text;
    }

    List<Finding> findings() {
        return findings;
    }

    List<String> tables() {
        return List.copyOf(tables);
    }

    void report(String code, Severity severity, String message, QNode node, String suggestion) {
        if (findings.size() < MOST) {
            findings.add(new Finding(code, Check.SCHEMA, severity, message, Position.of(text, node.offset()), suggestion));
        }
    }

    void resolve(QNode tree) {
        visit(tree, null);
    }

    /** @param columns what can be named: name to native type; null outside of a template, or when it is not known */
    private void visit(QNode node, Map<String, String> columns) {
        switch (node.kind()) {
            case TEMPLATE -> template(node);
            case NAME -> name(node, columns);
            case LAMBDA -> lambda(node);
            case ASSIGN -> assign(node, columns);
            case BINARY -> {
                types.check(node, columns);
                node.children().forEach(child -> visit(child, columns));
            }
            case TABLE -> node.children().forEach(group -> group.children().forEach(column -> visit(column, null)));
            default -> node.children().forEach(child -> visit(child, columns));
        }
    }

    private void assign(QNode node, Map<String, String> columns) {
        String name = node.child(0).text();
        if (schema != null && QSafety.reserved(name)) {
            report("RESERVED_NAME", Severity.ERROR, name + " is one of q's own words and cannot name a column", node, name + "1");
        }
        visit(node.child(1), columns);
    }

    private void lambda(QNode node) {
        Set<String> names = new HashSet<>(Set.of("x", "y", "z"));
        node.child(0).children().forEach(parameter -> names.add(parameter.text()));
        node.child(1).children().forEach(part -> {
            if (part.kind() == Kind.ASSIGN) {
                names.add(part.child(0).text());
            }
        });
        locals.push(names);
        node.child(1).children().forEach(part -> visit(part, null));
        locals.pop();
    }

    private void name(QNode node, Map<String, String> columns) {
        String name = QSafety.part(node.text()) ? node.text().substring(0, node.text().indexOf('.')) : node.text();
        if (QSafety.FUNCTIONS.contains(name) || QSafety.SESSION.contains(name)
                || locals.stream().anyMatch(names -> names.contains(name))) {
            return;
        }
        if (columns != null && (columns.containsKey(name) || columns.containsKey("*"))
                || columns != null && VIRTUAL.contains(name)) {
            return;
        }
        if (table(name) != null || schema == null && columns == null) {
            tables.add(name);
            return;
        }
        if (schema == null) {
            return;
        }
        if (columns != null) {
            String near = Suggestions.nearest(name, columns.keySet());
            report("UNKNOWN_COLUMN", Severity.ERROR, "There is no column " + name + didYouMean(near), node, near);
        } else {
            String near = Suggestions.nearest(name, schema.tables().stream().map(TableDefinition::name).toList());
            report("UNKNOWN_TABLE", Severity.ERROR, "There is no table " + name + didYouMean(near), node, near);
        }
    }

    private TableDefinition table(String name) {
        return schema == null ? null : schema.tableSpelled(name).orElse(null);
    }

    private static String didYouMean(String near) {
        return near == null ? "" : "; did you mean " + near + "?";
    }

    private void template(QNode node) {
        QNode source = node.child(3).child(0);
        visit(source, null);
        Map<String, String> columns = columns(source);
        Map<String, String> visible = columns == null ? Map.of("*", "") : columns;
        for (int group : new int[] {4, 2, 1}) {
            node.child(group).children().forEach(part -> visit(part, visible));
        }
        Map<String, String> ordered = new LinkedHashMap<>(visible);
        outputs(node, visible).forEach(ordered::putIfAbsent);
        node.child(0).children().forEach(option -> visit(option, ordered));
        partitionFirst(node, columns);
    }

    private void partitionFirst(QNode node, Map<String, String> columns) {
        List<QNode> where = node.child(4).children();
        boolean parted = columns != null && columns.containsKey("date");
        for (int i = 1; i < where.size() && parted; i++) {
            if (where.get(i).kind() == Kind.BINARY && where.get(i).child(1).is(Kind.NAME, "date")
                    && !mentions(where.get(0), "date")) {
                report("DATE_NOT_FIRST", Severity.WARNING, "The condition on date should be the first, so that only those"
                        + " days are read", where.get(i), QPrinter.print(where.get(i)));
                return;
            }
        }
    }

    private static boolean mentions(QNode node, String name) {
        return node.is(Kind.NAME, name) || node.children().stream().anyMatch(child -> mentions(child, name));
    }

    /** The columns of a table-valued node with their types; null when they are not known. */
    private Map<String, String> columns(QNode node) {
        return switch (node.kind()) {
            case NAME -> table(node.text()) == null ? null : columns(table(node.text()));
            case PAREN -> columns(node.child(0));
            case TEMPLATE -> node.text().startsWith("exec") ? null : templateColumns(node);
            case BINARY -> binaryColumns(node);
            case APPLY -> node.child(0).kind() == Kind.NAME ? columns(node.child(1)) : null;
            case CALL -> node.children().size() == 4 && Set.of("aj", "aj0", "ajf", "ej").contains(node.child(0).text())
                    ? union(columns(node.child(2)), columns(node.child(3))) : null;
            default -> null;
        };
    }

    private static Map<String, String> columns(TableDefinition table) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (ColumnDefinition column : table.columns()) {
            columns.put(column.name(), column.type() == null ? "" : column.type());
        }
        return columns;
    }

    private Map<String, String> binaryColumns(QNode node) {
        String verb = node.child(0).text();
        if (Set.of("lj", "ij", "uj", "pj", "ljf", "ijf", "ujf").contains(verb)) {
            return union(columns(node.child(1)), columns(node.child(2)));
        }
        return Set.of("xasc", "xdesc", "xkey", "xcols", "sublist", "#", "!").contains(verb) ? columns(node.child(2)) : null;
    }

    private static Map<String, String> union(Map<String, String> left, Map<String, String> right) {
        if (left == null || right == null) {
            return null;
        }
        Map<String, String> both = new LinkedHashMap<>(left);
        both.putAll(right);
        return both;
    }

    private Map<String, String> templateColumns(QNode node) {
        Map<String, String> source = columns(node.child(3).child(0));
        if (node.child(1).children().isEmpty() && !node.text().endsWith(" by")) {
            return source;
        }
        if (source == null) {
            return null;
        }
        Map<String, String> columns = outputs(node, source);
        if (node.child(1).children().isEmpty()) {
            source.forEach(columns::putIfAbsent);
        }
        return columns;
    }

    /** The named columns of a template, and of the unnamed all names that q could choose. */
    private static Map<String, String> outputs(QNode node, Map<String, String> source) {
        Map<String, String> outputs = new LinkedHashMap<>();
        for (int group : new int[] {2, 1}) {
            for (QNode part : node.child(group).children()) {
                if (part.kind() == Kind.ASSIGN) {
                    String own = part.child(1).kind() == Kind.NAME ? source.getOrDefault(part.child(1).text(), "") : "";
                    outputs.put(part.child(0).text(), own);
                } else {
                    unnamed(part, source, outputs);
                }
            }
        }
        outputs.putIfAbsent("x", "");
        return outputs;
    }

    private static void unnamed(QNode node, Map<String, String> source, Map<String, String> outputs) {
        if (node.kind() == Kind.NAME && (source.containsKey(node.text()) || VIRTUAL.contains(node.text()))) {
            outputs.put(node.text(), source.getOrDefault(node.text(), ""));
        } else if (node.kind() == Kind.NAME && !QSafety.FUNCTIONS.contains(node.text())) {
            outputs.put(node.text(), "");
        }
        if (node.kind() != Kind.TEMPLATE) {
            node.children().forEach(child -> unnamed(child, source, outputs));
        }
    }
}
