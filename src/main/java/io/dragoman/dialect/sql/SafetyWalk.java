package io.dragoman.dialect.sql;

import io.dragoman.dialect.Finding;
import io.dragoman.dialect.Finding.Check;
import io.dragoman.dialect.Finding.Severity;
import io.dragoman.dialect.WordList;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.BinaryExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.create.table.ColDataType;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.TableFunction;
import net.sf.jsqlparser.statement.select.WithItem;

/** Visits every node of a query's tree and refuses whatever is not on the lists. */
final class SafetyWalk {

    /** Deeper trees are refused. */
    private static final int MAX_DEPTH = 1_000;
    private static final Set<String> TYPES = WordList.read(SafetyWalk.class, "types.txt");
    /** The second words of types of two words. */
    private static final Set<String> TYPE_SUFFIXES = Set.of("precision", "varying", "with", "without", "time", "zone",
            "unsigned", "signed", "integer");

    private final SafetyRules rules;
    private final String text;
    private final List<Finding> findings = new ArrayList<>();
    private final Deque<Visit> open = new ArrayDeque<>();
    private final boolean systemCatalogues;

    private record Visit(Object value, int depth) {
    }

    private SafetyWalk(SafetyRules rules, String text, boolean systemCatalogues) {
        this.rules = rules;
        this.systemCatalogues = systemCatalogues;
        this.text = text;
    }

    /** What the tree has that may not be run, in the order of position; empty when it may. */
    static List<Finding> check(Select select, SafetyRules rules, String text, boolean systemCatalogues) {
        SafetyWalk walk = new SafetyWalk(rules, text, systemCatalogues);
        walk.open.push(new Visit(select, 0));
        while (!walk.open.isEmpty() && walk.findings.size() < 20) {
            walk.visit(walk.open.pop());
        }
        return walk.findings;
    }

    private void visit(Visit visit) {
        Object value = visit.value();
        if (visit.depth() > MAX_DEPTH) {
            open.clear();
            refuse("QUERY_TOO_DEEP", "The query nests deeper than " + MAX_DEPTH + " levels", null);
        } else if (SyntaxTree.isNode(value)) {
            node(value, visit.depth());
        } else if (value instanceof Collection<?> elements) {
            elements.forEach(element -> push(element, visit.depth() + 1));
        } else if (value instanceof Map.Entry<?, ?> entry) {
            push(entry.getKey(), visit.depth() + 1);
            push(entry.getValue(), visit.depth() + 1);
        } else if (!(value instanceof CharSequence || value instanceof Number || value instanceof Boolean
                || value instanceof Character || value instanceof Enum || value instanceof Date)) {
            refuse("NOT_ALLOWED", "The query has a part that is not known to be safe: "
                    + value.getClass().getSimpleName(), null);
        }
    }

    private void push(Object value, int depth) {
        if (value != null) {
            open.push(new Visit(value, depth));
        }
    }

    private void node(Object node, int depth) {
        String kind = node.getClass().getSimpleName();
        if (!rules.nodes().known(node)) {
            refuse("NOT_ALLOWED", "Not known to be safe: " + kind, node);
            return;
        }
        List<Object> children = new ArrayList<>();
        String field = rules.nodes().listed(node, children);
        if (field != null) {
            refuse("NOT_ALLOWED", "Not known to be safe: " + words(field) + " in " + kind, node);
        }
        named(node);
        children.forEach(child -> push(child, depth + 1));
    }

    private void named(Object node) {
        if (node instanceof Function function && !(node instanceof TableFunction)) {
            List<String> parts = SqlNames.parts(function.getName());
            function(parts, FunctionBounds.arguments(function), node);
        } else if (node instanceof AnalyticExpression analytic) {
            function(SqlNames.parts(analytic.getName()), FunctionBounds.arguments(analytic), node);
        } else if (node instanceof Table table) {
            table(table);
        } else if (node instanceof Column column) {
            column(column);
        } else if (node instanceof ColDataType type) {
            type(type);
        } else if (node instanceof BinaryExpression both && (both.getLeftExpression() instanceof AllColumns
                || both.getRightExpression() instanceof AllColumns)) {
            refuse("NOT_ALLOWED", "A star stands where a value should", node);
        } else if (node instanceof WithItem<?> with && !(with.getParenthesedStatement() instanceof Select)) {
            refuse("NOT_A_QUERY", "Only a SELECT may stand in WITH", node);
        }
    }

    private void function(List<String> parts, List<?> arguments, Object node) {
        String last = parts.get(parts.size() - 1);
        String shown = String.join(".", parts);
        boolean otherCase = rules.foldsCase() && SqlNames.quoted(last)
                && !SqlNames.unquoted(last).equals(SqlNames.folded(last));
        boolean foreign = parts.size() > 2
                || parts.size() == 2 && !rules.functionSchemas().contains(SqlNames.folded(parts.get(0)));
        String bound = parts.size() == 2 ? rules.functions().bound(SqlNames.folded(shown)) : null;
        bound = bound != null || otherCase || foreign ? bound : rules.functions().bound(SqlNames.folded(last));
        if (bound == null) {
            refuse("FUNCTION_NOT_ALLOWED", "The function " + shown + " may not be called", node);
            return;
        }
        String broken = FunctionBounds.broken(SqlNames.folded(last), bound, arguments);
        if (broken != null) {
            refuse("FUNCTION_ARGUMENT", broken, node);
        }
    }

    private void table(Table table) {
        if (systemCatalogues && SystemCatalogues.readable(SqlNames.parts(table.getFullyQualifiedName()))) {
            return;
        }
        for (String part : SqlNames.parts(table.getFullyQualifiedName())) {
            String name = SqlNames.folded(part);
            if (rules.systemNames().contains(name)
                    || rules.cataloguePrefixes().stream().anyMatch(name::startsWith)) {
                refuse("SYSTEM_TABLE", "The table " + name + " belongs to the database system", table);
                return;
            }
            if (name.contains("/") || name.contains("\\") || part.startsWith("'")) {
                refuse("NOT_A_TABLE", "A file or text stands where a table should: " + part, table);
                return;
            }
        }
        if (rules.readsFiles() && FileNames.perhaps(table)) {
            refuse("NOT_A_TABLE", "A file stands where a table should: " + table.getFullyQualifiedName(), table);
        }
    }

    private void column(Column column) {
        String name = column.getColumnName();
        if (column.getTable() == null && rules.sessionValues().contains(name.toLowerCase(Locale.ROOT))
                && !SqlNames.quoted(name)) {
            refuse("FUNCTION_NOT_ALLOWED", "The value " + name + " of the session may not be read", column);
        } else if (!name.isEmpty() && "$@:?#".indexOf(name.charAt(0)) >= 0) {
            refuse("NOT_ALLOWED", "A query has no parameters or variables: " + name, column);
        }
    }

    private void type(ColDataType type) {
        String[] words = SqlNames.folded(type.getDataType()).trim().split("\\s+");
        boolean known = TYPES.contains(words[0]);
        for (int i = 1; i < words.length; i++) {
            known &= TYPE_SUFFIXES.contains(words[i]);
        }
        if (!known) {
            refuse("TYPE_NOT_ALLOWED", "Values may not be cast to " + type.getDataType(), type);
        }
    }

    private static String words(String field) {
        StringBuilder words = new StringBuilder();
        for (char c : field.toCharArray()) {
            words.append(Character.isUpperCase(c) ? " " + Character.toLowerCase(c) : String.valueOf(c));
        }
        return words.toString();
    }

    private void refuse(String code, String message, Object node) {
        findings.add(new Finding(code, Check.SAFETY, Severity.ERROR, message,
                node == null ? null : SyntaxTree.position(node, text), null));
    }
}
