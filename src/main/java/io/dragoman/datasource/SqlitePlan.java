package io.dragoman.datasource;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What SQLite will do for a query, read from the loops of its bytecode, as its planner tells no cost: the unit is rows gone
 * through. See sqlite.org/opcode.html.
 */
final class SqlitePlan {

    private static final long LARGE_TABLE_ROWS = 50_000;
    private static final double MANY_PAIRS = 1_000_000;
    /** So many rows are assumed to be found by an index. */
    private static final double FOUND_BY_INDEX = 10;
    private static final int MOST_HINTS = 10;
    private static final Set<String> COMPARISONS = Set.of("Eq", "Ne", "Lt", "Le", "Gt", "Ge", "If", "IfNot");

    private final Statement statement;
    private final List<Step> steps;
    private final Map<Integer, Table> cursors = new HashMap<>();
    private final Deque<Loop> loops = new ArrayDeque<>();
    private final Set<String> hints = new LinkedHashSet<>();
    private double cost;

    private SqlitePlan(Statement statement, List<Step> steps) {
        this.statement = statement;
        this.steps = steps;
    }

    /** One instruction. */
    private record Step(int address, String opcode, int p1, int p2, int p3) {
    }

    /** A table that is read, and about how many rows it has. */
    private record Table(String name, long rows) {
    }

    /** A loop that is running: where it ends, how often its inside runs, and what is read as a whole by it. */
    private record Loop(int end, double runs, Table scanned) {
    }

    /** Reads the bytecode; the query is not run. */
    static Connector.Estimate of(Statement statement, String query) throws SQLException {
        List<Step> steps = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("EXPLAIN " + query)) {
            while (rows.next()) {
                steps.add(new Step(rows.getInt("addr"), rows.getString("opcode"), rows.getInt("p1"), rows.getInt("p2"),
                        rows.getInt("p3")));
            }
        }
        SqlitePlan plan = new SqlitePlan(statement, steps);
        for (Step step : steps) {
            plan.follow(step);
        }
        return new Connector.Estimate(plan.cost, null, null, plan.hints.stream().limit(MOST_HINTS).toList());
    }

    private void follow(Step step) throws SQLException {
        while (!loops.isEmpty() && loops.peek().end() <= step.address()) {
            loops.pop();
        }
        double runs = loops.isEmpty() ? 1 : loops.peek().runs();
        switch (step.opcode()) {
            case "OpenRead" -> cursors.put(step.p1(), table(step.p2()));
            case "Once" -> loops.push(new Loop(step.p2(), 1, null));
            case "Rewind", "Last" -> scan(step, runs);
            case "SeekGE", "SeekGT", "SeekLE", "SeekLT" -> {
                cost += runs * FOUND_BY_INDEX;
                loops.push(new Loop(step.p2(), runs * FOUND_BY_INDEX, null));
            }
            case "SeekRowid", "NotFound", "NotExists" -> cost += runs;
            case "Count" -> cost += cursors.containsKey(step.p1()) ? runs * cursors.get(step.p1()).rows() / 100.0 : 0;
            default -> {
                // It goes through no rows.
            }
        }
    }

    private void scan(Step step, double runs) {
        Table table = cursors.get(step.p1());
        if (table == null || step.p2() <= step.address()) {
            return;
        }
        double rows = runs * table.rows();
        cost += rows;
        Table outer = loops.stream().takeWhile(loop -> loop.runs() > 1).map(Loop::scanned).filter(found -> found != null)
                .findFirst().orElse(null);
        if (outer != null && rows >= MANY_PAIRS) {
            hints.add("All rows of " + table.name() + " (about " + PostgresqlPlan.count(table.rows())
                    + ") are read again for each row of " + outer.name() + " (about " + PostgresqlPlan.count(outer.rows())
                    + "): a join condition, or an index on its columns, is missing.");
        } else if (table.rows() >= LARGE_TABLE_ROWS && filtered(step)) {
            hints.add("All rows of " + table.name() + " (about " + PostgresqlPlan.count(table.rows())
                    + ") are read to find some of them: an index on the columns of the conditions would help.");
        }
        loops.push(new Loop(step.p2(), Math.max(1, rows), table));
    }

    /** Whether something in a loop goes on to the next row at once: that is a condition that no index answers. */
    private boolean filtered(Step start) {
        int next = steps.stream().filter(step -> step.address() > start.address() && step.address() < start.p2()
                && step.p1() == start.p1() && (step.opcode().equals("Next") || step.opcode().equals("Prev")))
                .mapToInt(Step::address).findFirst().orElse(-1);
        return next > 0 && steps.stream().anyMatch(step -> step.address() > start.address() && step.address() < next
                && step.p2() == next && COMPARISONS.contains(step.opcode()));
    }

    private Table table(int rootPage) throws SQLException {
        String name;
        try (PreparedStatement asked = statement.getConnection().prepareStatement(
                "select tbl_name from sqlite_schema where rootpage = ?")) {
            asked.setInt(1, rootPage);
            try (ResultSet found = asked.executeQuery()) {
                name = found.next() ? found.getString(1) : null;
            }
        }
        return name == null ? new Table("the schema", 0) : new Table(name, rows(name));
    }

    /** About how many rows a table has: its highest row id, which is found at once; 0 when it has none. */
    private long rows(String table) {
        try (Statement asked = statement.getConnection().createStatement();
                ResultSet found = asked.executeQuery("select max(rowid) from \"" + table.replace("\"", "\"\"") + '"')) {
            return found.next() ? Math.max(0, found.getLong(1)) : 0;
        } catch (SQLException e) {
            // A table without row ids.
            return 0;
        }
    }
}
