package io.dragoman.dialect.q;

import io.dragoman.dialect.QueryFeatures;
import io.dragoman.dialect.QueryFeatures.ColumnRead;
import io.dragoman.dialect.QueryFeatures.Complexity;
import io.dragoman.dialect.QueryFeatures.TableRead;
import io.dragoman.dialect.QueryFeatures.Token.Kind;
import io.dragoman.schema.ColumnDefinition;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads off a q tree what a query is made of. A name or symbol counts as a column of every table of the query that has or may
 * have it. A table's whole rows count as read unless it is the source, perhaps joined, of a template that names its columns.
 */
final class QFeatures {

    private static final Set<String> JOINS = Set.of("lj", "ljf", "ij", "ijf", "uj", "ujf", "pj");
    private static final Set<String> CALLED_JOINS = Set.of("aj", "aj0", "ajf", "ajf0", "ej");
    /** Verbs that give the rows of their right side, with its columns under their own names. */
    private static final Set<String> KEEPING = Set.of("xasc", "xdesc", "xkey", "xcols", "sublist", "#", "!");

    private final Set<String> known;
    private final Map<String, TableRead> tables = new LinkedHashMap<>();
    private final Map<String, Integer> names = new LinkedHashMap<>();
    private final Map<TableRead, Integer> whole = new LinkedHashMap<>();
    private int joins;
    private int templates;
    private int depth;

    private QFeatures(Set<String> known) {
        this.known = known;
    }

    /**
     * The features of a safe query.
     *
     * @param read   the names of the tables that it reads
     * @param schema null when the columns are not known
     */
    static QueryFeatures of(QNode tree, String text, List<String> read, SchemaGroup schema) throws QSyntaxException {
        QFeatures features = new QFeatures(new HashSet<>(read));
        features.visit(tree, true, 0, schema);
        List<ColumnRead> columns = new ArrayList<>();
        for (TableRead table : features.tables.values()) {
            if (features.whole.containsKey(table)) {
                columns.add(new ColumnRead(table, ColumnRead.ALL, features.whole.get(table)));
            }
            features.names.forEach((name, offset) -> {
                if (table.columns() == null || table.columns().contains(name)) {
                    columns.add(new ColumnRead(table, name.toLowerCase(Locale.ROOT), offset));
                }
            });
        }
        return new QueryFeatures(List.copyOf(features.tables.values()), columns, tokens(text),
                new Complexity(features.joins, Math.max(0, features.templates - 1), 0, Math.max(1, features.depth)));
    }

    /** @param all whether the columns of a table that stands here reach the result without being named */
    private void visit(QNode node, boolean all, int level, SchemaGroup schema) {
        switch (node.kind()) {
            case NAME -> name(node, all, schema);
            case SYMBOL -> symbols(node);
            case PAREN -> visit(node.child(0), all, level, schema);
            case TEMPLATE -> template(node, all, level, schema);
            case ASSIGN -> visit(node.child(1), true, level, schema);
            case BINARY -> binary(node, all, level, schema);
            case APPLY -> {
                boolean counted = node.child(0).is(QNode.Kind.NAME, "count");
                visit(node.child(0), true, level, schema);
                visit(node.child(1), !counted, level, schema);
            }
            case CALL -> {
                boolean join = node.child(0).kind() == QNode.Kind.NAME && CALLED_JOINS.contains(node.child(0).text());
                joins += join ? 1 : 0;
                node.children().forEach(child -> visit(child, !join || all, level, schema));
            }
            default -> node.children().forEach(child -> visit(child, true, level, schema));
        }
    }

    private void name(QNode node, boolean all, SchemaGroup schema) {
        String name = QSafety.part(node.text()) ? node.text().substring(0, node.text().indexOf('.')) : node.text();
        if (known.contains(name)) {
            TableRead table = tables.computeIfAbsent(name, key -> read(name, node.offset(), schema));
            if (all) {
                whole.putIfAbsent(table, node.offset());
            }
        }
        if (!QSafety.FUNCTIONS.contains(name)) {
            names.putIfAbsent(name, node.offset());
        }
    }

    private void symbols(QNode node) {
        for (String symbol : node.text().split("`")) {
            if (!symbol.isEmpty()) {
                names.putIfAbsent(symbol, node.offset());
            }
        }
    }

    private static TableRead read(String name, int offset, SchemaGroup schema) {
        TableDefinition table = schema == null ? null : schema.tables().stream()
                .filter(one -> one.name().equals(name)).findFirst().orElse(null);
        return new TableRead(name, table == null ? null : table.name(),
                table == null ? null : table.columns().stream().map(ColumnDefinition::name).toList(), offset);
    }

    private void binary(QNode node, boolean all, int level, SchemaGroup schema) {
        String verb = node.child(0).text();
        boolean join = JOINS.contains(verb);
        joins += join ? 1 : 0;
        visit(node.child(0), true, level, schema);
        visit(node.child(1), !join || all, level, schema);
        visit(node.child(2), !(join || KEEPING.contains(verb)) || all, level, schema);
    }

    private void template(QNode node, boolean all, int level, SchemaGroup schema) {
        templates++;
        depth = Math.max(depth, level + 1);
        boolean named = !node.child(1).children().isEmpty();
        visit(node.child(3).child(0), all && !named, level + 1, schema);
        for (int group : new int[] {0, 1, 2, 4}) {
            node.child(group).children().forEach(part -> visit(part, true, level + 1, schema));
        }
    }

    private static List<QueryFeatures.Token> tokens(String text) throws QSyntaxException {
        List<QueryFeatures.Token> tokens = new ArrayList<>();
        for (QToken token : QLexer.tokens(text)) {
            Kind kind = switch (token.kind()) {
                case NUMBER -> Kind.NUMBER;
                case STRING, SYMBOL -> Kind.STRING;
                case NAME -> QSafety.reserved(token.text()) ? Kind.KEYWORD : Kind.IDENTIFIER;
                default -> Kind.SYMBOL;
            };
            if (token.kind() != QToken.Kind.END) {
                String value = token.kind() == QToken.Kind.STRING
                        ? token.text().substring(1, token.text().length() - 1)
                        : token.kind() == QToken.Kind.SYMBOL ? token.text().substring(1) : token.text();
                tokens.add(new QueryFeatures.Token(kind, value, token.offset()));
            }
        }
        return tokens;
    }
}
