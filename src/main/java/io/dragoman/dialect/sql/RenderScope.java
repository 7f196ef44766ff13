package io.dragoman.dialect.sql;

import io.dragoman.dialect.PlanWalk;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** How the columns of one SELECT are written: with their source's alias only where a reader or the database needs it. */
final class RenderScope {

    private final RenderScope outer;
    private final Set<String> aliases = new HashSet<>();
    private final boolean qualified;
    private final Map<Expression.Column, String> replaced = new HashMap<>();

    RenderScope(LogicalPlan plan, RenderScope outer) {
        this.outer = outer;
        plan.from().forEach(source -> aliases.add(source.alias()));
        this.qualified = plan.from().size() > 1 || correlated(plan) || headingHidesColumn(plan);
    }

    /** Whether column references carry the alias of their source. */
    boolean qualified() {
        return qualified;
    }

    /** From now on the column is written by a name of a derived table. */
    void replace(Expression.Column column, String name) {
        replaced.put(key(column), name);
    }

    String column(Expression.Column column, Identifiers identifiers) {
        RenderScope owner = this;
        while (owner != null && !owner.aliases.contains(column.alias())) {
            owner = owner.outer;
        }
        if (owner == null) {
            return qualified(column, identifiers);
        }
        String other = owner.replaced.get(key(column));
        if (other != null) {
            return identifiers.name(other);
        }
        return owner.qualified ? qualified(column, identifiers) : identifiers.name(column.column());
    }

    private static Expression.Column key(Expression.Column column) {
        return new Expression.Column(column.alias(), column.column(), null);
    }

    private static String qualified(Expression.Column column, Identifiers identifiers) {
        String alias = column.alias() == null ? "" : identifiers.name(column.alias()) + ".";
        return alias + identifiers.name(column.column());
    }

    private boolean correlated(LogicalPlan plan) {
        AtomicBoolean found = new AtomicBoolean();
        PlanWalk.all(plan, expression -> {
            if (expression instanceof Expression.Column column && !aliases.contains(column.alias())
                    && outerHas(column.alias())) {
                found.set(true);
            }
        });
        return found.get() || subqueryRefersHere(plan);
    }

    private boolean outerHas(String alias) {
        for (RenderScope scope = outer; scope != null; scope = scope.outer) {
            if (scope.aliases.contains(alias)) {
                return true;
            }
        }
        return false;
    }

    private boolean subqueryRefersHere(LogicalPlan plan) {
        return SubqueryPlans.of(plan).stream().anyMatch(subquery -> {
            AtomicBoolean refers = new AtomicBoolean();
            PlanWalk.all(subquery, expression -> {
                if (expression instanceof Expression.Column column && aliases.contains(column.alias())
                        && subquery.from().stream().noneMatch(source -> source.alias().equals(column.alias()))) {
                    refers.set(true);
                }
            });
            return refers.get();
        });
    }

    /** Whether a heading is spelled like a column that the plan also uses by itself. */
    private static boolean headingHidesColumn(LogicalPlan plan) {
        AtomicBoolean hides = new AtomicBoolean();
        PlanWalk.own(plan, expression -> {
            if (expression instanceof Expression.Column column) {
                plan.select().stream()
                        .filter(output -> output.name() != null && output.name().equalsIgnoreCase(column.column()))
                        .filter(output -> !output.expression().equals(column))
                        .forEach(output -> hides.set(true));
            }
        });
        return hides.get();
    }
}
