package io.dragoman.dialect.sql;

import io.dragoman.dialect.ExpressionTypes;
import io.dragoman.offline.plan.Expression;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.offline.plan.LogicalPlan.OutputColumn;
import io.dragoman.offline.plan.LogicalPlan.SetOperation;
import io.dragoman.offline.plan.LogicalPlan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes logical plans as SQL, in the spelling of one database. */
final class SqlRenderer {

    /** Subqueries up to this length stay on the line. */
    private static final int INLINE = 72;
    private static final int LINE = 100;

    private final SqlSyntax syntax;

    SqlRenderer(SqlSyntax syntax) {
        this.syntax = syntax;
    }

    SqlSyntax syntax() {
        return syntax;
    }

    String render(LogicalPlan plan) {
        return String.join("\n", statement(plan, null, ""));
    }

    /** A plan in parentheses, on its own lines when it is long. */
    String nested(LogicalPlan plan, RenderScope outer, String indent) {
        return block(statement(plan, outer, indent + "  "), indent);
    }

    /** The same without the rows that are null in the only column. */
    String nestedWithoutNulls(LogicalPlan plan, RenderScope outer, String indent) {
        OutputColumn output = plan.select().get(0);
        LogicalPlan named = new LogicalPlan(plan.from(), plan.where(), plan.groupBy(), plan.having(),
                List.of(new OutputColumn(output.expression(), "item")), plan.distinct(), plan.setOperation(),
                plan.orderBy(), plan.limit());
        return "(SELECT item FROM " + nested(named, outer, indent + "  ") + " items WHERE item IS NOT NULL)";
    }

    /** Lines in parentheses. */
    static String block(List<String> lines, String indent) {
        String inline = "(" + lines.stream().map(String::strip).collect(Collectors.joining(" ")) + ")";
        if (inline.length() <= INLINE && inline.indexOf('\n') < 0) {
            return inline;
        }
        String inner = "\n" + indent + "  ";
        return "(" + inner + String.join(inner, lines) + "\n" + indent + ")";
    }

    private List<String> statement(LogicalPlan plan, RenderScope outer, String indent) {
        List<String> lines = new ArrayList<>();
        if (plan.setOperation() == null) {
            RenderScope scope = new RenderScope(plan, outer);
            SqlExpressions expressions = new SqlExpressions(this, scope, indent);
            lines.addAll(select(plan, expressions, indent));
            orderBy(plan, expressions, lines);
        } else {
            setOperation(plan, outer, indent, lines);
        }
        if (plan.limit() != null) {
            lines.add("LIMIT " + plan.limit());
        }
        return lines;
    }

    private List<String> select(LogicalPlan plan, SqlExpressions expressions, String indent) {
        List<String> source = source(plan, expressions);
        if (syntax.median("") == null && GroupMedians.in(plan)) {
            source = GroupMedians.derive(plan, source, expressions, indent);
        }
        List<String> lines = new ArrayList<>();
        lines.add("SELECT " + (plan.distinct() ? "DISTINCT " : "") + outputs(plan, expressions, indent));
        lines.addAll(source);
        List<String> groups = plan.groupBy().stream().filter(key -> !(key instanceof Expression.Literal))
                .map(expressions::write).toList();
        if (!groups.isEmpty()) {
            lines.add("GROUP BY " + String.join(", ", groups));
        }
        if (plan.having() != null) {
            conjunction("HAVING ", new SqlPredicates(this, expressions).conjuncts(plan.having()), lines);
        }
        return lines;
    }

    /** FROM, joins and WHERE. */
    private List<String> source(LogicalPlan plan, SqlExpressions expressions) {
        List<String> lines = new ArrayList<>();
        for (Source source : plan.from()) {
            lines.add(lines.isEmpty() ? "FROM " + table(source, expressions.scope()) : join(source, expressions));
        }
        if (plan.where() != null) {
            conjunction("WHERE ", new SqlPredicates(this, expressions).conjuncts(plan.where()), lines);
        }
        return lines;
    }

    private static void conjunction(String keyword, List<String> terms, List<String> lines) {
        String line = keyword + String.join(" AND ", terms);
        if (line.length() <= LINE) {
            lines.add(line);
            return;
        }
        lines.add(keyword + terms.get(0));
        terms.subList(1, terms.size()).forEach(term -> lines.add("  AND " + term));
    }

    private String table(Source source, RenderScope scope) {
        String table = syntax.identifiers().table(source.table());
        String alias = syntax.identifiers().name(source.alias());
        return scope.qualified() && !alias.equals(table) ? table + " " + alias : table;
    }

    private String join(Source source, SqlExpressions expressions) {
        String table = table(source, expressions.scope());
        return switch (source.join() == null ? LogicalPlan.JoinType.INNER : source.join()) {
            case AS_OF -> throw syntax.cannot("an as-of join");
            case INNER -> source.on().isEmpty() ? "CROSS JOIN " + table
                    : "JOIN " + table + " ON " + pairs(source, expressions);
            case LEFT -> "LEFT JOIN " + table + " ON "
                    + (source.on().isEmpty() ? "1 = 1" : pairs(source, expressions));
        };
    }

    private String pairs(Source source, SqlExpressions expressions) {
        return source.on().stream().map(pair -> {
            String left = expressions.write(pair.left());
            String right = expressions.write(pair.right());
            return Coercion.clash(pair) ? syntax.asText(left) + " = " + syntax.asText(right) : left + " = " + right;
        }).collect(Collectors.joining(" AND "));
    }

    private String outputs(LogicalPlan plan, SqlExpressions expressions, String indent) {
        List<String> outputs = plan.select().stream().map(column -> {
            String written = expressions.write(column.expression());
            String text = column.expression() instanceof Expression.ScalarSubquery ? "(" + written + ")" : written;
            boolean ownName = column.name() == null
                    || column.expression() instanceof Expression.Column same && same.column().equals(column.name());
            return ownName ? text : text + " AS " + syntax.identifiers().name(column.name());
        }).toList();
        String line = String.join(", ", outputs);
        return line.length() <= LINE ? line : String.join(",\n" + indent + "       ", outputs);
    }

    private void orderBy(LogicalPlan plan, SqlExpressions expressions, List<String> lines) {
        List<String> keys = Stream.concat(plan.orderBy().stream(), tieBreak(plan).stream())
                .filter(ordering -> !(ordering.expression() instanceof Expression.Literal))
                .map(ordering -> expressions.sortKey(plan.select().stream()
                        .filter(output -> output.name() != null && output.expression().equals(ordering.expression()))
                        .findFirst().map(output -> syntax.identifiers().name(output.name()))
                        .orElseGet(() -> expressions.write(ordering.expression())), ordering))
                .toList();
        if (!keys.isEmpty()) {
            lines.add("ORDER BY " + String.join(", ", keys));
        }
    }

    /** Of groups that are equal in what they are ranked by, the same come first every time: those of the last, or of the first, key. */
    private static Optional<LogicalPlan.Ordering> tieBreak(LogicalPlan plan) {
        boolean ranked = plan.limit() != null && plan.groupBy().size() > 1 && plan.orderBy().size() == 1 && !plan.distinct()
                && plan.orderBy().get(0).expression() instanceof Expression.Aggregate;
        return ranked ? plan.groupBy().stream().filter(Expression.Column.class::isInstance).findFirst()
                .map(key -> new LogicalPlan.Ordering(key, plan.orderBy().get(0).descending())) : Optional.empty();
    }

    private void setOperation(LogicalPlan plan, RenderScope outer, String indent, List<String> lines) {
        RenderScope scope = new RenderScope(plan, outer);
        SqlExpressions expressions = new SqlExpressions(this, scope, indent);
        lines.addAll(select(plan, expressions, indent));
        SetOperation.Kind kind = plan.setOperation().kind();
        LogicalPlan other = plan.setOperation().other();
        lines.add(syntax.setOperation(kind));
        boolean plain = other.orderBy().isEmpty() && other.limit() == null;
        boolean chain = kind != SetOperation.Kind.EXCEPT && other.setOperation() != null
                && other.setOperation().kind() == kind;
        if (plain && (other.setOperation() == null || chain)) {
            lines.addAll(statement(other, outer, indent));
        } else {
            String member = nested(other, outer, indent);
            lines.add(syntax.parenthesisesSetMembers() ? member : "SELECT * FROM " + member);
        }
        List<String> keys = plan.orderBy().stream().map(ordering -> {
            String heading = heading(plan, ordering);
            return syntax.sortKey(heading, heading, ordering.descending(), ExpressionTypes.nullable(ordering.expression()));
        }).toList();
        if (!keys.isEmpty()) {
            lines.add("ORDER BY " + String.join(", ", keys));
        }
    }

    private String heading(LogicalPlan plan, LogicalPlan.Ordering ordering) {
        for (int i = 0; i < plan.select().size(); i++) {
            OutputColumn output = plan.select().get(i);
            if (output.expression().equals(ordering.expression())) {
                return output.name() != null ? syntax.identifiers().name(output.name())
                        : output.expression() instanceof Expression.Column column
                        ? syntax.identifiers().name(column.column()) : String.valueOf(i + 1);
            }
        }
        throw syntax.cannot("an order of combined rows by what they do not have");
    }
}
