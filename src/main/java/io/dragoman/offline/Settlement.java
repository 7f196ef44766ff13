package io.dragoman.offline;

import io.dragoman.offline.plan.Expression.Aggregate.Function;
import io.dragoman.offline.time.TimePhrase;
import java.util.List;
import java.util.Set;

/** What can only be decided when the whole question has been read. */
abstract class Settlement extends TimeClause {

    Settlement(List<Token> tokens, List<Link> units, Lexicon lexicon, List<TimePhrase> times) {
        super(tokens, units, lexicon, times);
    }

    void finish() {
        if (ranked && frame.orders.isEmpty()) {
            frame.targets.clear();
            return;
        }
        if (frame.subject == null && frame.mentioned.isEmpty() && !frame.conditions.isEmpty() && frame.conditions.get(0).left != null) {
            frame.subject = frame.conditions.get(0).left.table();
        }
        if (count && mode == Mode.ORDER) {
            frame.orders.add(new Frame.Order(Measure.count(null, false), direction != null && direction));
            direction = null;
        } else if (count) {
            frame.targets.add(new Frame.Target(Measure.count(frame.targets.isEmpty() ? frame.subject : null, distinct), null, false));
        }
        if (frame.targets.isEmpty() && !frame.groupColumns.isEmpty()) {
            frame.groupColumns.forEach(column -> frame.targets.add(new Frame.Target(Measure.of(column), null, false)));
        }
        if (frame.targets.isEmpty() && !frame.mentioned.isEmpty()) {
            frame.targets.add(new Frame.Target(null, frame.mentioned.iterator().next(), false));
            frame.penalty += 0.3;
        }
        boolean narrowed = frame.targets.isEmpty() && frame.mentioned.isEmpty() && frame.subject != null;
        if (narrowed && units.stream().anyMatch(unit -> unit.kind() == Link.Kind.VALUE && unit.table() == frame.subject)) {
            frame.targets.add(new Frame.Target(null, frame.subject, false));
            frame.penalty += 0.2;
        }
        if (frame.targets.stream().anyMatch(target -> target.everything())) {
            TableNode table = frame.subject != null ? frame.subject : frame.mentioned.isEmpty() ? null : frame.mentioned.iterator().next();
            frame.targets.removeIf(Frame.Target::everything);
            if (table != null) {
                frame.targets.add(0, new Frame.Target(null, table, true));
            }
        }
        if (direction != null && frame.orders.isEmpty() && !frame.targets.isEmpty()) {
            Frame.Target target = frame.targets.stream().filter(t -> t.measure() != null && t.measure().aggregate()).findFirst()
                    .orElse(frame.targets.get(0));
            Measure measure = target.measure();
            if (measure == null) {
                ColumnNode column = target.entity().display().stream().findFirst().orElse(target.entity().columns.get(0));
                measure = Measure.of(column);
            } else if (measure.column() != null && measure.column().identifier && alphabetical()) {
                measure = frame.targets.stream().map(Frame.Target::measure).filter(m -> m != null && m.column() != null && !m.column().identifier
                        && m.column().text()).findFirst().orElse(measure);
            }
            frame.orders.add(new Frame.Order(measure, direction));
        }
        frame.unmeasured = !aggregates.isEmpty();
        if (not) {
            frame.penalty += 0.5;
        }
        for (Frame.Target target : frame.targets) {
            Measure measure = target.measure();
            if (measure != null && measure.function() == Function.COUNT && measure.column() != null && (frame.groupColumns.contains(measure.column())
                    || frame.targets.stream().anyMatch(t -> t.measure() != null && t.measure().function() == null && t.measure().column() == measure.column()))) {
                frame.penalty += 0.5;
            }
        }
        if (ranked && !frame.groupColumns.isEmpty()) {
            frame.orders.replaceAll(order -> order.measure().function() == null && order.measure().column() != null && order.measure().column().measure()
                    ? new Frame.Order(Measure.of(Function.SUM, order.measure().column()), order.descending()) : order);
        }
        if (ranked) {
            frame.orders.replaceAll(order -> order.measure().function() == null && order.measure().column() != null
                    && order.measure().column().measure() && ofMany(order.measure().column())
                    ? new Frame.Order(Measure.of(Function.SUM, order.measure().column()), order.descending()) : order);
        }
        frame.keysSaid = tokens.stream().anyMatch(token -> Set.of("id", "code", "key", "number", "identifier").contains(token.stem()));
        settleTimes();
        frame.conditions.forEach(condition -> condition.ownRow = condition.left != null && frame.kinds.contains(condition.left.table()));
        StockValue.of(frame, units, tokens);
        Sides.of(frame, units, graph);
        AverageCounts.settle(frame, graph);
        GroupedAmounts.settle(frame, graph, tokens.stream().anyMatch(token -> token.is("total")));
        Regrouping.of(frame);
        settleCounts();
        countsOfGiven();
        picksForAggregates();
        narrowPicks();
        settleGroups();
        TableSets.of(frame, units, graph);
        countsUnique();
        asksForGiven();
    }

    /** Asking for nothing but what the question itself says is never meant: <i>the name of Smith Hall</i>. */
    void asksForGiven() {
        boolean given = !frame.targets.isEmpty() && frame.groupColumns.isEmpty() && frame.targets.stream().allMatch(target -> target.measure() != null
                && target.measure().function() == null && target.measure().column() != null && frame.conditions.stream().anyMatch(condition ->
                condition.kind == Condition.Kind.COMPARE && "=".equals(condition.operator) && !condition.negated && !condition.alternative
                        && !condition.intersect && condition.right == null && condition.column() == target.measure().column()));
        frame.penalty += given ? 0.6 : 0;
    }

    /** There is one result in <i>how many tests have the result "Fail"</i>: the rows are counted. */
    private void countsOfGiven() {
        frame.targets.replaceAll(target -> {
            Measure measure = target.measure();
            boolean given = measure != null && measure.function() == Function.COUNT && measure.distinct() && measure.column() != null
                    && frame.conditions.stream().anyMatch(condition -> condition.kind == Condition.Kind.COMPARE && "=".equals(condition.operator)
                    && !condition.negated && !condition.alternative && !condition.intersect && condition.right == null
                    && condition.column() == measure.column())
                    && frame.conditions.stream().noneMatch(condition -> condition.alternative || condition.intersect);
            return given ? new Frame.Target(Measure.count(measure.table(), false), null, false) : target;
        });
    }

    /**
     * One number over the rows of <i>the dorm with the largest capacity</i>: the superlative chooses whose rows are taken, as there is
     * nothing to order.
     */
    private void picksForAggregates() {
        boolean one = frame.orders.size() == 1 && frame.limit != null && frame.groupColumns.isEmpty() && frame.groupTables.isEmpty()
                && !frame.targets.isEmpty() && frame.targets.stream().allMatch(target -> target.measure() != null && target.measure().aggregate())
                && frame.times.stream().noneMatch(use -> use.phrase().groups());
        Frame.Order order = one ? frame.orders.get(0) : null;
        if (order == null || order.measure().aggregate() || order.measure().column() == null || order.measure().table().key() == null) {
            return;
        }
        Measure key = Measure.of(order.measure().table().key());
        Condition condition = new Condition(Condition.Kind.SUBQUERY, key, "=");
        condition.right = key;
        condition.pick = order;
        condition.picked = frame.limit;
        frame.orders.clear();
        frame.limit = null;
        frame.superlative = false;
        frame.conditions.add(condition);
    }

    /** What narrows the rows that a superlative chooses among narrows them before it chooses: <i>the oldest singer from France</i>. */
    private void narrowPicks() {
        for (Condition pick : frame.conditions) {
            if (pick.pick == null || pick.pick.measure().aggregate()) {
                continue;
            }
            List<Condition> own = frame.conditions.stream().filter(other -> other.column() != null && other.column().table == pick.column().table
                    && other.pick == null && other.right == null && other.kind != Condition.Kind.TIME && !other.left.aggregate()).toList();
            boolean plain = frame.conditions.stream().noneMatch(other -> other.alternative || other.intersect);
            if (plain && pick.inner.isEmpty()) {
                pick.inner.addAll(own);
            }
        }
    }

    /** Counting rows for each value of a key of the only table is never meant: every count would be one. */
    void countsUnique() {
        boolean counts = frame.countsRows();
        Set<TableNode> tables = new java.util.LinkedHashSet<>(frame.mentioned);
        boolean key = false;
        for (Frame.Target target : frame.targets) {
            if (target.entity() != null) {
                tables.add(target.entity());
                key = true;
            } else if (target.measure() != null && target.measure().column() != null) {
                tables.add(target.measure().table());
                key |= target.measure().column() == target.measure().table().key();
            }
        }
        frame.groupColumns.forEach(column -> tables.add(column.table));
        if (counts && key && tables.size() == 1) {
            frame.penalty += 0.6;
        }
    }

    /**
     * Rows that are counted or summed by a column of theirs are not shown one by one as well: <i>for each type of store, how many are
     * there</i>.
     */
    private void settleGroups() {
        Set<TableNode> measured = new java.util.LinkedHashSet<>();
        for (Frame.Target target : frame.targets) {
            if (target.measure() != null && target.measure().aggregate()) {
                measured.add(target.measure().table());
            }
        }
        Set<TableNode> own = new java.util.LinkedHashSet<>();
        frame.eachColumns.stream().filter(column -> column != column.table.key() && !column.table.display().contains(column))
                .filter(column -> measured.contains(column.table) || measured.contains(null) && frame.mentioned.stream().allMatch(column.table::equals))
                .forEach(column -> own.add(column.table));
        frame.targets.removeIf(target -> own.contains(target.entity()) || target.measure() != null && !target.measure().aggregate()
                && own.contains(target.measure().table()) && target.measure().table().display().contains(target.measure().column()));
        frame.targets.removeIf(target -> plainColumn(target) && frame.targets.stream().anyMatch(other -> other.measure() != null
                && other.measure().function() == Function.COUNT && other.measure().column() == target.measure().column())
                && frame.targets.stream().anyMatch(other -> plainColumn(other) && other.measure().column() != target.measure().column()));
        frame.groupTables.removeIf(own::contains);
        frame.groupTables.removeIf(table -> measured.contains(table) && frame.targets.stream().anyMatch(target -> target.measure() != null
                && !target.measure().aggregate() && target.measure().table() == table && target.measure().column() != table.key()
                && target.measure().column().foreign));
    }

    private static boolean plainColumn(Frame.Target target) {
        return target.measure() != null && !target.measure().aggregate() && target.measure().column() != null;
    }

    /** What is ordered by a count of rows that is shown anyway is ordered by what is shown. */
    void settleCounts() {
        for (int k = 0; k < frame.orders.size(); k++) {
            Frame.Order order = frame.orders.get(k);
            if (order.measure().function() == Function.COUNT && order.measure().table() == null) {
                for (Frame.Target target : frame.targets) {
                    if (target.measure() != null && target.measure().function() == Function.COUNT) {
                        frame.orders.set(k, new Frame.Order(target.measure(), order.descending()));
                        break;
                    }
                }
            }
        }
    }

    boolean alphabetical() {
        return tokens.stream().anyMatch(token -> token.lower().startsWith("alphabetic") || token.lower().startsWith("lexicographic"));
    }
}
