package io.dragoman.dialect.q;

import io.dragoman.dialect.CannotRenderException;
import io.dragoman.dialect.PlanWalk;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.Expression.Aggregate;
import io.dragoman.offline.plan.Expression.Column;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.Ordering;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.Predicate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes logical plans as q, in its idiom: qSQL templates, sorted and limited around them. */
final class QRenderer {

    private final QColumnTypes types;

    /** @param types the native types of the columns */
    QRenderer(QColumnTypes types) {
        this.types = types;
    }

    QColumnTypes types() {
        return types;
    }

    static CannotRenderException cannot(String what) {
        return new CannotRenderException("q has no way to say " + what);
    }

    /** The plan with another filter and one output. */
    static LogicalPlan with(LogicalPlan plan, Predicate where, Expression output) {
        return new LogicalPlan(plan.from(), where, List.of(), null, List.of(new OutputColumn(output, null)), false, null,
                List.of(), null);
    }

    String render(LogicalPlan plan) {
        types.read(plan);
        if (plan.setOperation() != null) {
            return combined(plan);
        }
        return has(plan, Expression.Window.class) ? windowed(plan) : new Select(plan).write();
    }

    /** A plan of one output column as a list, or as one value. */
    String values(LogicalPlan plan) {
        types.read(plan);
        Expression output = plan.select().get(0).expression();
        boolean plain = plan.setOperation() == null && plan.groupBy().isEmpty() && plan.orderBy().isEmpty()
                && plan.limit() == null && plan.having() == null;
        if (plain) {
            QExpressions expressions = new QExpressions(this);
            QSources sources = new QSources(this, plan, expressions);
            String from = sources.write();
            return "exec " + expressions.write(output) + " from " + from
                    + new QPredicates(this, expressions).where(sources.rest());
        }
        String name = plan.select().get(0).name() != null ? plan.select().get(0).name()
                : output instanceof Column column ? column.column() : "x";
        LogicalPlan named = new LogicalPlan(plan.from(), plan.where(), plan.groupBy(), plan.having(),
                List.of(new OutputColumn(output, name)), plan.distinct(), plan.setOperation(), plan.orderBy(), plan.limit());
        return "exec " + name + " from " + render(named);
    }

    private static boolean has(LogicalPlan plan, Class<?> kind) {
        boolean[] found = {false};
        PlanWalk.own(plan, expression -> found[0] |= kind.isInstance(expression));
        return found[0];
    }

    private String combined(LogicalPlan plan) {
        LogicalPlan other = plan.setOperation().other();
        List<OutputColumn> names = new ArrayList<>();
        for (int i = 0; i < other.select().size(); i++) {
            names.add(new OutputColumn(other.select().get(i).expression(), heading(plan.select().get(i))));
        }
        String left = "(" + render(bare(plan, plan.select(), null)) + ")";
        String right = render(new LogicalPlan(other.from(), other.where(), other.groupBy(), other.having(), names,
                other.distinct(), other.setOperation(), other.orderBy(), other.limit()));
        String both = switch (plan.setOperation().kind()) {
            case UNION -> left + " union " + right;
            case UNION_ALL -> left + "," + right;
            case INTERSECT -> left + " inter " + right;
            case EXCEPT -> left + " except " + right;
        };
        return limited(plan, sorted(plan, both));
    }

    private static LogicalPlan bare(LogicalPlan plan, List<OutputColumn> select, List<Ordering> orderBy) {
        return new LogicalPlan(plan.from(), plan.where(), plan.groupBy(), plan.having(), select, plan.distinct(), null,
                orderBy, null);
    }

    private static String heading(OutputColumn output) {
        if (output.name() != null) {
            return assignable(output.name());
        }
        if (output.expression() instanceof Column column) {
            return column.column();
        }
        return output.expression() instanceof Aggregate aggregate && aggregate.argument() instanceof Column column
                ? column.column() : "x";
    }

    /** A heading that q lets a column have: not one of its own words, and of letters, digits and underscores. */
    private static String assignable(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "");
        String started = plain.isEmpty() || !Character.isLetter(plain.charAt(0)) ? "x" + plain : plain;
        if (!QSafety.reserved(started)) {
            return started;
        }
        return started.equals("count") ? "n" : started + "1";
    }

    private String sorted(LogicalPlan plan, String text) {
        Map<String, Boolean> keys = new LinkedHashMap<>();
        for (Ordering ordering : plan.orderBy()) {
            String name = plan.select().stream().filter(output -> output.expression().equals(ordering.expression()))
                    .findFirst().map(QRenderer::heading).orElseThrow(() -> cannot("an order by what is not shown"));
            keys.put(name, ordering.descending());
        }
        return sort(keys, text);
    }

    /** Sorts by keys with their directions: neighbours of one direction together, the last first, as q's sort is stable. */
    private static String sort(Map<String, Boolean> keys, String text) {
        String sorted = "";
        String run = "";
        Boolean direction = null;
        for (Map.Entry<String, Boolean> key : keys.entrySet()) {
            if (direction != null && !direction.equals(key.getValue())) {
                sorted += run + verb(direction);
                run = "";
            }
            direction = key.getValue();
            run += "`" + key.getKey();
        }
        return direction == null ? text : sorted + run + verb(direction) + text;
    }

    private static String verb(boolean descending) {
        return descending ? " xdesc " : " xasc ";
    }

    private static String limited(LogicalPlan plan, String text) {
        return plan.limit() == null ? text : plan.limit() + " sublist " + text;
    }

    /** Values of other rows are taken in a second select over the sorted first. */
    private String windowed(LogicalPlan plan) {
        Map<Expression, String> names = new LinkedHashMap<>();
        List<OutputColumn> inner = new ArrayList<>();
        List<Ordering> order = new ArrayList<>();
        for (OutputColumn output : plan.select()) {
            PlanWalk.expression(output.expression(), false, expression -> {
                if (expression instanceof Expression.Window window && window.orderBy() != null && order.isEmpty()) {
                    order.addAll(window.orderBy());
                }
            });
            if (!within(output.expression(), Expression.Window.class)) {
                names.put(output.expression(), heading(output));
                inner.add(new OutputColumn(output.expression(), heading(output)));
            }
        }
        for (OutputColumn output : plan.select()) {
            PlanWalk.expression(output.expression(), false, expression -> {
                if (expression instanceof Aggregate && !names.containsKey(expression)) {
                    names.put(expression, "x" + names.size());
                    inner.add(new OutputColumn(expression, names.get(expression)));
                }
            });
        }
        String first = new Select(bare(plan, inner, order)).write();
        QExpressions expressions = new QExpressions(this);
        names.forEach(expressions::name);
        String outputs = plan.select().stream().map(output -> {
            String text = expressions.write(output.expression());
            return text.equals(heading(output)) ? text : heading(output) + ":" + text;
        }).collect(Collectors.joining(", "));
        String text = "select " + outputs + " from " + first;
        boolean sameOrder = plan.orderBy().equals(order);
        return limited(plan, sameOrder ? text : sorted(plan, text));
    }

    private static boolean within(Expression expression, Class<?> kind) {
        boolean[] found = {false};
        PlanWalk.expression(expression, false, part -> found[0] |= kind.isInstance(part));
        return found[0];
    }

    /** One select with what is around it. */
    private final class Select {

        private final LogicalPlan plan;
        private final QExpressions expressions = new QExpressions(QRenderer.this);
        private final List<String> columns = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
        private final Set<String> shown = new LinkedHashSet<>();
        private final Map<Expression, String> headings = new LinkedHashMap<>();

        Select(LogicalPlan plan) {
            this.plan = plan;
        }

        String write() {
            QSources sources = new QSources(QRenderer.this, plan, expressions);
            String from = sources.write();
            String where = new QPredicates(QRenderer.this, expressions).where(sources.rest());
            groups();
            plan.select().forEach(output -> column(output.expression(), heading(output)));
            shown.addAll(headings.values());
            shown.retainAll(plan.select().stream().map(output -> headings.get(output.expression())).toList());
            hidden();
            Map<String, Boolean> order = new LinkedHashMap<>();
            plan.orderBy().forEach(ordering -> order.put(headings.get(ordering.expression()), ordering.descending()));
            String top = topRows(order);
            if (columns.isEmpty() && !keys.isEmpty()) {
                columns.addAll(keys);
                keys.clear();
                return around(order, "select distinct " + String.join(", ", columns) + " from " + from + where);
            }
            String text = "select" + top + (plan.distinct() && keys.isEmpty() ? " distinct" : "")
                    + (columns.isEmpty() ? "" : " " + String.join(", ", columns))
                    + (keys.isEmpty() ? "" : " by " + String.join(", ", keys)) + " from " + from + where;
            return top.isEmpty() ? around(order, text) : shown(text);
        }

        private String around(Map<String, Boolean> order, String select) {
            String text = plan.having() == null ? select : "select from (" + select + ")" + having();
            return shown(limited(plan, sort(order, text)));
        }

        private String shown(String text) {
            return shown.size() < headings.size() ? "select " + String.join(", ", shown) + " from " + text : text;
        }

        private void groups() {
            for (Expression key : plan.groupBy()) {
                String name = plan.select().stream().filter(output -> output.expression().equals(key)).findFirst()
                        .map(QRenderer::heading).orElse(key instanceof Column column ? column.column() : "k" + keys.size());
                keys.add(named(name, expressions.write(key)));
                headings.put(key, name);
            }
        }

        private void column(Expression expression, String heading) {
            if (headings.containsKey(expression)) {
                return;
            }
            String name = heading;
            while (headings.containsValue(name)) {
                name += "1";
            }
            columns.add(named(name, expressions.write(expression)));
            headings.put(expression, name);
        }

        private String named(String name, String text) {
            boolean own = text.equals(name) || text.equals("count " + name);
            return own ? text : name + ":" + text;
        }

        /** Columns that only the order and the condition on groups need. */
        private void hidden() {
            plan.orderBy().forEach(ordering -> column(ordering.expression(), ordering.expression() instanceof Column column
                    ? expressions.column(column) : "x"));
            if (plan.having() != null) {
                PlanWalk.condition(plan.having(), false, expression -> {
                    if (expression instanceof Aggregate && !headings.containsKey(expression)) {
                        column(expression, "x");
                    }
                });
            }
        }

        private String having() {
            QExpressions outer = new QExpressions(QRenderer.this);
            headings.forEach(outer::name);
            QGroupRank rank = QGroupRank.of(plan.having(), plan);
            if (rank != null) {
                return " where " + rank.write(outer);
            }
            return new QPredicates(QRenderer.this, outer).where(QPredicates.terms(plan.having()));
        }

        /** The first rows by one shown column can be asked of select itself. */
        private String topRows(Map<String, Boolean> order) {
            boolean possible = plan.limit() != null && keys.isEmpty() && plan.having() == null && !plan.distinct()
                    && order.size() == 1 && plan.orderBy().get(0).expression() instanceof Column column
                    && expressions.column(column).equals(headings.get(column))
                    && plan.select().stream().noneMatch(output -> within(output.expression(), Aggregate.class));
            if (!possible) {
                return "";
            }
            Map.Entry<String, Boolean> key = order.entrySet().iterator().next();
            return "[" + plan.limit() + ";" + (key.getValue() ? ">" : "<") + key.getKey() + "]";
        }
    }
}
