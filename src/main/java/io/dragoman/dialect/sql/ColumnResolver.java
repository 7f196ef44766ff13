package io.dragoman.dialect.sql;

import io.dragoman.dialect.Suggestions;
import io.dragoman.schema.DataType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.DateUnitExpression;
import net.sf.jsqlparser.expression.DoubleValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LambdaExpression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.expression.SignedExpression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.ComparisonOperator;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.Select;

/** Resolves the columns of expressions, and tells the types of those that are plain. */
final class ColumnResolver {

    private final NameRules rules;
    private final NameFindings findings;
    private final NameResolver selects;
    private final TypeCheck types;
    private final SqlReads reads;

    ColumnResolver(NameRules rules, NameFindings findings, NameResolver selects, SqlReads reads) {
        this.rules = rules;
        this.findings = findings;
        this.selects = selects;
        this.reads = reads;
        this.types = new TypeCheck(rules, findings, this);
    }

    /** Resolves all columns of an expression, and of the SELECTs in it. */
    void expression(Expression expression, NameScope scope, Map<String, Relation> ctes) {
        expressions(expression, scope, ctes);
    }

    /** Resolves all columns of a part of the tree, and of the SELECTs in it. */
    void expressions(Object part, NameScope scope, Map<String, Relation> ctes) {
        Deque<Object> open = new ArrayDeque<>();
        if (part != null) {
            open.add(part);
        }
        while (!open.isEmpty()) {
            Object value = open.pop();
            if (value instanceof Select select && value != part) {
                selects.select(select, scope, ctes);
            } else if (value instanceof LambdaExpression lambda) {
                NameScope inner = new NameScope(scope);
                inner.add(new Relation(null, lambda.getIdentifiers().stream().collect(Collectors.toMap(SqlNames::folded,
                        name -> DataType.OTHER, (first, second) -> first)), null));
                expressions(lambda.getExpression(), inner, ctes);
            } else if (value instanceof Column column) {
                resolve(column, scope);
            } else if (value instanceof AllTableColumns all) {
                reads.all(relation(all.getTable(), all, scope), scope, all);
            } else if (value instanceof AllColumns) {
                reads.all(scope, value);
            } else if (value instanceof Function function && SqlReads.countsRows(function)) {
                reads.seen(function.getParameters().get(0));
                children(function).stream().filter(child -> child != function.getParameters()).forEach(open::push);
            } else if (value instanceof Function function && "columns".equals(SqlNames.folded(function.getName()))) {
                reads.all(scope, function);
                children(function).forEach(open::push);
            } else if (value instanceof Map.Entry<?, ?> entry) {
                open.push(entry.getKey());
                open.push(entry.getValue());
            } else if (SyntaxTree.isNode(value)) {
                if (value instanceof ComparisonOperator comparison) {
                    types.check(comparison, scope);
                }
                children(value).forEach(open::push);
            } else if (value instanceof Collection<?> elements) {
                elements.stream().filter(Objects::nonNull).forEach(open::push);
            }
        }
    }

    static List<Object> children(Object node) {
        List<Object> children = new ArrayList<>();
        SyntaxTree.children(node, children);
        return children;
    }

    /** The relation that a qualifier names; null, with a finding, when there is none. */
    Relation relation(Table qualifier, Object node, NameScope scope) {
        List<String> parts = SqlNames.parts(qualifier.getFullyQualifiedName());
        String alias = SqlNames.folded(parts.get(parts.size() - 1));
        Relation relation = scope.relation(alias);
        if (relation == null) {
            String near = Suggestions.nearest(alias, scope.aliases());
            findings.error("UNKNOWN_TABLE", "Nothing in FROM is called " + alias + NameResolver.didYouMean(near),
                    node, near);
        }
        return relation;
    }

    private void resolve(Column column, NameScope scope) {
        String quoted = dottedQuotedName(column);
        String name = SqlNames.folded(quoted != null ? quoted : column.getColumnName());
        if (quoted == null && column.getTable() != null && column.getTable().getName() != null) {
            if (rules.fields() && field(column, scope)) {
                return;
            }
            Relation relation = relation(column.getTable(), column, scope);
            reads.qualified(relation, scope, name, column);
            if (relation != null && relation.columns() != null && !relation.has(name)
                    && !rules.hiddenColumns().contains(name)) {
                unknown(column, relation.alias() + ".", relation.columns().keySet());
            } else if (relation != null) {
                spelling(column, relation);
            }
            return;
        }
        reads.unqualified(scope, name, column);
        for (NameScope level = scope; level != null; level = level.outer()) {
            if (known(column, name, level)) {
                return;
            }
        }
        if (rules.lenient() && (quoted != null || column.getColumnName().startsWith("\""))) {
            String written = quoted != null ? quoted : column.getColumnName();
            String text = "'" + SqlNames.unquoted(written).replace("'", "''") + "'";
            findings.warning("TEXT_IN_DOUBLE_QUOTES", written
                    + " names no column, so that it is read as a text; write texts in single quotes", column, text);
            return;
        }
        List<String> all = new ArrayList<>();
        for (NameScope level = scope; level != null; level = level.outer()) {
            level.relations().forEach(relation -> all.addAll(relation.columns().keySet()));
        }
        unknown(column, "", all);
    }

    /** Whether the name takes a field out of a column, as {@code person.name} does where {@code person} is a column. */
    private boolean field(Column column, NameScope scope) {
        List<String> parts = SqlNames.parts(column.getTable().getFullyQualifiedName()).stream().map(SqlNames::folded).toList();
        Relation relation = scope.relation(parts.get(0));
        if (relation != null) {
            boolean within = parts.size() > 1 && (relation.columns() == null || relation.has(parts.get(1)));
            if (within) {
                reads.qualified(relation, scope, parts.get(1), column);
            }
            return within;
        }
        for (NameScope level = scope; level != null; level = level.outer()) {
            if (!level.having(parts.get(0)).isEmpty() || level.unknownColumns()) {
                reads.unqualified(scope, parts.get(0), column);
                return true;
            }
        }
        return false;
    }

    /** The whole quoted name where the parser took a dot within the quotes for a separator; null otherwise. */
    private static String dottedQuotedName(Column column) {
        if (column.getASTNode() == null || column.getTable() == null) {
            return null;
        }
        String first = column.getASTNode().jjtGetFirstToken().image;
        boolean single = column.getASTNode().jjtGetFirstToken() == column.getASTNode().jjtGetLastToken();
        return single && first.startsWith("\"") && first.indexOf('.') > 0 ? first : null;
    }

    private boolean known(Column column, String name, NameScope level) {
        List<Relation> having = level.having(name);
        boolean heading = level.headings().containsKey(name);
        if (having.size() > 1 && !heading && !level.merged().contains(name)) {
            Relation first = having.get(0);
            findings.error("AMBIGUOUS_COLUMN", name + " is a column of " + String.join(" and ",
                    having.stream().map(relation -> String.valueOf(relation.alias())).toList()), column,
                    first.alias() + "." + name);
            return true;
        }
        if (!having.isEmpty()) {
            if (!heading) {
                spelling(column, having.get(0));
            }
            return true;
        }
        boolean wholeRow = level.relations().stream().anyMatch(relation -> name.equals(relation.alias()));
        return heading || level.unknownColumns() || wholeRow
                || !level.relations().isEmpty() && rules.hiddenColumns().contains(name);
    }

    private void spelling(Column column, Relation relation) {
        if (relation.table() != null) {
            relation.table().column(SqlNames.unquoted(column.getColumnName()))
                    .ifPresent(actual -> selects.spelling(column.getColumnName(), actual.name(), column));
        }
    }

    private void unknown(Column column, String qualifier, Collection<String> columns) {
        String name = SqlNames.unquoted(column.getColumnName());
        String near = Suggestions.nearest(name, columns);
        findings.error("UNKNOWN_COLUMN", "There is no column " + qualifier + name + NameResolver.didYouMean(near), column,
                near == null ? null : qualifier + near);
    }

    /** The relation of this level that a column belongs to; null when it is not exactly one. */
    Relation owner(Column column, NameScope scope) {
        String name = SqlNames.folded(column.getColumnName());
        if (column.getTable() != null && column.getTable().getName() != null) {
            Relation relation = scope.relation(SqlNames.folded(column.getTable().getName()));
            return scope.relations().contains(relation) ? relation : null;
        }
        List<Relation> having = scope.having(name);
        return having.isEmpty() ? null : having.get(0);
    }

    /** The type of a column, a constant or a cast; {@link DataType#OTHER} for all else. */
    DataType type(Expression expression, NameScope scope) {
        if (expression instanceof Column column) {
            return columnType(SqlNames.folded(column.getColumnName()), column.getTable(), scope);
        } else if (expression instanceof DateUnitExpression unit) {
            return columnType(unit.toString().toLowerCase(Locale.ROOT), null, scope);
        } else if (expression instanceof LongValue) {
            return DataType.INTEGER;
        } else if (expression instanceof DoubleValue) {
            return DataType.DECIMAL;
        } else if (expression instanceof SignedExpression signed) {
            return type(signed.getExpression(), scope);
        } else if (expression instanceof BooleanValue) {
            return DataType.BOOLEAN;
        } else if (expression instanceof StringValue) {
            return DataType.TEXT;
        } else if (expression instanceof CastExpression cast) {
            return DataType.of(cast.getColDataType().getDataType());
        }
        return DataType.OTHER;
    }

    private DataType columnType(String name, Table qualifier, NameScope scope) {
        if (qualifier != null && qualifier.getName() != null) {
            Relation relation = scope.relation(SqlNames.folded(qualifier.getName()));
            return relation == null || !relation.has(name) ? DataType.OTHER : relation.columns().get(name);
        }
        for (NameScope level = scope; level != null; level = level.outer()) {
            List<Relation> having = level.having(name);
            if (!having.isEmpty()) {
                return having.get(0).columns().get(name);
            }
            if (level.unknownColumns()) {
                return DataType.OTHER;
            }
        }
        return DataType.OTHER;
    }
}
