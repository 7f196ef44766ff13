package io.dragoman.dialect.q;

import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.schema.TableDefinition;
import java.util.HashMap;
import java.util.Map;

/** What a plan's columns are in kdb+: a plan knows only of text, where q tells symbols from strings. */
final class QColumnTypes {

    private final SchemaGroup schema;
    private final Map<String, TableDefinition> tables = new HashMap<>();

    /** @param schema null when the tables are not known; then all text is taken for symbols */
    QColumnTypes(SchemaGroup schema) {
        this.schema = schema;
    }

    /** Learns which tables the plan's aliases stand for. */
    void read(LogicalPlan plan) {
        if (schema != null) {
            plan.from().forEach(source -> schema.table(source.definition(), source.table()).or(() -> schema.table(source.table()))
                    .ifPresent(table -> tables.put(source.alias(), table)));
        }
    }

    /** Whether the expression's values are strings. */
    boolean string(Expression expression) {
        if (expression instanceof Expression.Call call && (call.function() == Expression.Call.Function.LOWER
                || call.function() == Expression.Call.Function.UPPER)) {
            return string(call.arguments().get(0));
        }
        return expression instanceof Expression.Column column && tables.containsKey(column.alias())
                && tables.get(column.alias()).column(column.column()).filter(one -> QTypes.string(one.type())).isPresent();
    }
}
