package io.dragoman.dialect.sql;

import io.dragoman.schema.Relationship;
import io.dragoman.schema.SchemaGroup;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;

/** Warns of joins that follow no relationship of the schema, and of tables that are not joined at all. */
final class JoinCheck {

    private final SchemaGroup schema;
    private final NameFindings findings;
    private final ColumnResolver columns;

    JoinCheck(SchemaGroup schema, NameFindings findings, ColumnResolver columns) {
        this.schema = schema;
        this.findings = findings;
        this.columns = columns;
    }

    void check(PlainSelect select, NameScope scope) {
        if (scope.relations().size() < 2) {
            return;
        }
        List<Object> conditions = new ArrayList<>();
        boolean natural = false;
        for (Join join : select.getJoins() == null ? List.<Join>of() : select.getJoins()) {
            conditions.addAll(join.getOnExpressions());
            natural |= join.isNatural() || !join.getUsingColumns().isEmpty();
        }
        if (select.getWhere() != null) {
            conditions.add(select.getWhere());
        }
        Groups groups = new Groups(scope.relations());
        conditions.forEach(condition -> connect(condition, scope, groups));
        if (!natural) {
            cartesian(select, scope, groups);
        }
    }

    private void connect(Object condition, NameScope scope, Groups groups) {
        Deque<Object> open = new ArrayDeque<>(List.of(condition));
        Set<Relation> together = new HashSet<>();
        while (!open.isEmpty()) {
            Object value = open.pop();
            if (value instanceof EqualsTo equal && equal.getLeftExpression() instanceof Column left
                    && equal.getRightExpression() instanceof Column right) {
                relationship(equal, left, right, scope);
            }
            if (value instanceof Column column) {
                Relation owner = columns.owner(column, scope);
                if (owner != null) {
                    together.add(owner);
                }
            } else if (value instanceof AndExpression and) {
                connect(and.getLeftExpression(), scope, groups);
                connect(and.getRightExpression(), scope, groups);
            } else if (SyntaxTree.isNode(value) && !(value instanceof Select)) {
                ColumnResolver.children(value).forEach(open::push);
            } else if (value instanceof List<?> elements) {
                elements.stream().filter(Objects::nonNull).forEach(open::push);
            }
        }
        groups.join(together);
    }

    private void relationship(EqualsTo equal, Column left, Column right, NameScope scope) {
        Relation a = columns.owner(left, scope);
        Relation b = columns.owner(right, scope);
        if (a == null || b == null || a == b || a.table() == null || b.table() == null || a.table() == b.table()
                || schema.relationships().isEmpty()) {
            return;
        }
        String leftName = SqlNames.folded(left.getColumnName());
        String rightName = SqlNames.folded(right.getColumnName());
        boolean direct = direct(a.table().name(), leftName, b.table().name(), rightName)
                || direct(b.table().name(), rightName, a.table().name(), leftName);
        if (!direct && !commonTarget(a.table().name(), leftName, b.table().name(), rightName)) {
            findings.warning("JOIN_WITHOUT_RELATIONSHIP", left + " = " + right + " follows no known relationship", equal, null);
        }
    }

    private boolean direct(String table, String column, String target, String targetColumn) {
        return schema.relationshipsFrom(table).anyMatch(known -> links(known, table, column, target, targetColumn));
    }

    private static boolean links(Relationship known, String table, String column, String target, String targetColumn) {
        for (int i = 0; i < Math.min(known.sourceColumns().size(), known.targetColumns().size()); i++) {
            if (known.sourceTable().equalsIgnoreCase(table) && known.sourceColumns().get(i).equalsIgnoreCase(column)
                    && known.targetTable().equalsIgnoreCase(target)
                    && known.targetColumns().get(i).equalsIgnoreCase(targetColumn)) {
                return true;
            }
        }
        return false;
    }

    /** Two columns that refer to the same column of a third table. */
    private boolean commonTarget(String table, String column, String other, String otherColumn) {
        return schema.relationshipsFrom(table)
                .filter(first -> !first.targetColumns().isEmpty()
                        && links(first, table, column, first.targetTable(), first.targetColumns().get(0)))
                .anyMatch(first -> direct(other, otherColumn, first.targetTable(), first.targetColumns().get(0)));
    }

    private void cartesian(PlainSelect select, NameScope scope, Groups groups) {
        Set<Relation> first = null;
        for (Relation relation : scope.relations()) {
            if (relation.table() == null) {
                continue;
            }
            Set<Relation> group = groups.of(relation);
            if (group.stream().anyMatch(member -> member.table() == null)) {
                continue;
            }
            if (first == null) {
                first = group;
            } else if (!first.equals(group)) {
                findings.warning("CARTESIAN_PRODUCT", relation.alias()
                        + " is joined to the other tables by no condition: every row is paired with every row", select, null);
                return;
            }
        }
    }

    /** Relations that conditions connect. */
    private static final class Groups {

        private final List<Set<Relation>> groups = new ArrayList<>();

        Groups(List<Relation> relations) {
            relations.forEach(relation -> groups.add(new LinkedHashSet<>(List.of(relation))));
        }

        Set<Relation> of(Relation relation) {
            return groups.stream().filter(group -> group.contains(relation)).findFirst().orElseThrow();
        }

        void join(Set<Relation> relations) {
            Set<Relation> whole = null;
            for (Relation relation : relations) {
                Set<Relation> group = of(relation);
                if (whole != null && whole != group) {
                    groups.remove(group);
                    whole.addAll(group);
                } else {
                    whole = group;
                }
            }
        }
    }
}
