package io.dragoman.dialect.sql;

import io.dragoman.schema.ColumnDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnalyticType;
import net.sf.jsqlparser.expression.DateUnitExpression;
import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.LambdaExpression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SelectItem;

/** Finds columns that stand beside aggregates without being grouped by. */
final class GroupCheck {

    private static final Set<String> AGGREGATES = Set.of("count", "sum", "total", "avg", "min", "max", "array_agg",
            "string_agg", "group_concat", "bool_and", "bool_or", "every", "json_agg", "jsonb_agg", "json_object_agg",
            "jsonb_object_agg", "json_group_array", "json_group_object", "stddev", "stddev_pop", "stddev_samp",
            "variance", "var_pop", "var_samp", "percentile_cont", "percentile_disc", "mode", "median", "corr",
            "covar_pop", "covar_samp", "any_value", "bit_and", "bit_or", "bit_xor", "list", "first", "last", "arg_max",
            "arg_min", "max_by", "min_by", "quantile", "quantile_cont", "quantile_disc", "approx_quantile", "count_if",
            "countif", "approx_count_distinct", "product", "histogram", "mean", "std", "logical_and", "logical_or",
            "approx_quantiles", "approx_top_count", "array_concat_agg", "json_arrayagg", "json_objectagg", "listagg");

    private final NameRules rules;
    private final NameFindings findings;
    private final ColumnResolver columns;

    GroupCheck(NameRules rules, NameFindings findings, ColumnResolver columns) {
        this.rules = rules;
        this.findings = findings;
        this.columns = columns;
    }

    void check(PlainSelect select, NameScope scope) {
        boolean grouped = select.getGroupBy() != null;
        if (grouped && select.getGroupBy().getGroupingSets() != null && !select.getGroupBy().getGroupingSets().isEmpty()) {
            return;
        }
        boolean aggregates = select.getSelectItems().stream().anyMatch(item -> aggregates(item.getExpression()))
                || select.getHaving() != null;
        if (!grouped && !aggregates) {
            return;
        }
        Texts texts = new Texts();
        Set<String> keys = new HashSet<>();
        if (grouped && select.getGroupBy().getGroupByExpressionList() != null) {
            for (Object key : select.getGroupBy().getGroupByExpressionList()) {
                if (key instanceof AllValue) {
                    return;
                }
                key((Expression) key, select, scope, texts, keys);
            }
        }
        for (SelectItem<?> item : select.getSelectItems()) {
            item(item.getExpression(), scope, texts, keys);
        }
    }

    private void key(Expression key, PlainSelect select, NameScope scope, Texts texts, Set<String> keys) {
        Expression meant = key;
        if (key instanceof LongValue number && number.getValue() >= 1 && number.getValue() <= select.getSelectItems().size()) {
            meant = select.getSelectItem((int) number.getValue() - 1).getExpression();
        }
        texts.add(meant);
        if (meant instanceof Column column) {
            keys.add(id(column, scope));
        }
        String heading = meant instanceof Column column && column.getTable() == null
                ? SqlNames.folded(column.getColumnName()) : meant instanceof DateUnitExpression ? text(meant) : null;
        select.getSelectItems().stream().filter(item -> heading != null && item.getAlias() != null
                && SqlNames.folded(item.getAlias().getName()).equals(heading)).forEach(item -> {
                    texts.add(item.getExpression());
                    if (item.getExpression() instanceof Column same) {
                        keys.add(id(same, scope));
                    }
                });
    }

    private void item(Expression expression, NameScope scope, Texts texts, Set<String> keys) {
        Deque<Object> open = new ArrayDeque<>(List.of(expression));
        while (!open.isEmpty()) {
            Object value = open.pop();
            if (value instanceof Select || value instanceof AllColumns || aggregate(value) || value instanceof LambdaExpression
                    || value instanceof Expression part && texts.has(part)) {
                continue;
            }
            if (value instanceof Column column) {
                column(column, scope, keys);
            } else if (SyntaxTree.isNode(value)) {
                ColumnResolver.children(value).forEach(open::push);
            } else if (value instanceof List<?> elements) {
                elements.stream().filter(Objects::nonNull).forEach(open::push);
            }
        }
    }

    private void column(Column column, NameScope scope, Set<String> keys) {
        Relation owner = columns.owner(column, scope);
        if (owner == null || keys.contains(id(column, scope))) {
            return;
        }
        List<ColumnDefinition> primary = owner.table() == null ? List.of()
                : owner.table().columns().stream().filter(ColumnDefinition::primaryKey).toList();
        boolean determined = !primary.isEmpty() && primary.stream().allMatch(key ->
                keys.contains(owner.alias() + "." + key.name().toLowerCase(Locale.ROOT)));
        if (determined) {
            return;
        }
        String message = column + " stands beside aggregates but is not grouped by";
        boolean certain = !rules.lenient() && (owner.table() == null || !primary.isEmpty());
        if (certain) {
            findings.error("MISSING_GROUP_BY", message, column, "GROUP BY " + column);
        } else {
            findings.warning("MISSING_GROUP_BY", message, column, "GROUP BY " + column);
        }
    }

    private String id(Column column, NameScope scope) {
        Relation owner = columns.owner(column, scope);
        return (owner == null ? "" : owner.alias()) + "." + SqlNames.folded(column.getColumnName());
    }

    private static String text(Expression expression) {
        return expression.toString().toLowerCase(Locale.ROOT);
    }

    /** The expressions that are grouped by. What is of none of their kinds is not spelled out to be compared. */
    private static final class Texts {

        private final Set<Class<?>> kinds = new HashSet<>();
        private final Set<String> texts = new HashSet<>();

        void add(Expression key) {
            kinds.addAll(key instanceof DateUnitExpression || key instanceof Column
                    ? List.of(DateUnitExpression.class, Column.class) : List.of(key.getClass()));
            texts.add(text(key));
        }

        boolean has(Expression part) {
            return kinds.contains(part.getClass()) && texts.contains(text(part));
        }
    }

    private static boolean aggregates(Expression expression) {
        Deque<Object> open = new ArrayDeque<>(List.of(expression));
        while (!open.isEmpty()) {
            Object value = open.pop();
            if (aggregate(value)) {
                return true;
            }
            if (SyntaxTree.isNode(value) && !(value instanceof Select)) {
                ColumnResolver.children(value).forEach(open::push);
            } else if (value instanceof List<?> elements) {
                elements.stream().filter(Objects::nonNull).forEach(open::push);
            }
        }
        return false;
    }

    private static boolean aggregate(Object value) {
        if (value instanceof Function function && function.getName() != null) {
            String name = SqlNames.folded(function.getName());
            boolean scalar = (name.equals("min") || name.equals("max")) && function.getParameters() != null
                    && function.getParameters().size() > 1;
            return AGGREGATES.contains(name) && !scalar;
        }
        return value instanceof AnalyticExpression analytic && analytic.getType() != AnalyticType.OVER
                && AGGREGATES.contains(SqlNames.folded(analytic.getName()));
    }
}
