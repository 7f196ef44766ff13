package io.dragoman.datasource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What PostgreSQL's planner expects of a query, and what in its plan is slow. See postgresql.org/docs/current/using-explain.html.
 */
final class PostgresqlPlan {

    /** Reading a smaller table as a whole is quick. */
    private static final long LARGE_TABLE_ROWS = 50_000;
    /** Comparing or combining fewer pairs of rows is quick. */
    private static final double MANY_PAIRS = 1_000_000;
    private static final double MANY_SORTED_BYTES = 64L << 20;
    private static final int LONGEST_CONDITION = 120;
    private static final int MOST_HINTS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Statement statement;
    private final Set<String> hints = new LinkedHashSet<>();

    private PostgresqlPlan(Statement statement) {
        this.statement = statement;
    }

    /** Asks the planner; the query is not run. */
    static Connector.Estimate of(Statement statement, String query) throws SQLException {
        JsonNode root = explain(statement, query);
        PostgresqlPlan plan = new PostgresqlPlan(statement);
        plan.look(root);
        return new Connector.Estimate(root.path("Total Cost").doubleValue(), root.path("Plan Rows").longValue(), null,
                plan.hints.stream().limit(MOST_HINTS).toList());
    }

    private static JsonNode explain(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery("EXPLAIN (VERBOSE, FORMAT JSON) " + query)) {
            rows.next();
            return JSON.readTree(rows.getString(1)).path(0).path("Plan");
        } catch (JsonProcessingException e) {
            throw new SQLException("The database's plan cannot be read", e);
        }
    }

    private void look(JsonNode node) throws SQLException {
        switch (node.path("Node Type").asText()) {
            case "Seq Scan" -> lookAtScan(node);
            case "Nested Loop" -> lookAtLoop(node);
            case "Sort" -> lookAtSort(node);
            default -> {
                // Nothing is known to be slow about it.
            }
        }
        for (JsonNode child : node.path("Plans")) {
            look(child);
        }
    }

    private void lookAtScan(JsonNode node) throws SQLException {
        if (!node.has("Filter")) {
            return;
        }
        long size = size(node.path("Schema").asText(), node.path("Relation Name").asText());
        if (size >= LARGE_TABLE_ROWS && node.path("Plan Rows").doubleValue() < size / 10.0) {
            hints.add("All " + count(size) + " rows of " + node.path("Relation Name").asText() + " are read to find about "
                    + count(node.path("Plan Rows").doubleValue()) + ": an index would help on the columns of "
                    + condition(node.path("Filter").asText()) + ".");
        }
    }

    private void lookAtLoop(JsonNode node) {
        List<JsonNode> sides = List.of(node.path("Plans").path(0), node.path("Plans").path(1));
        double pairs = sides.get(0).path("Plan Rows").doubleValue() * sides.get(1).path("Plan Rows").doubleValue();
        if (pairs < MANY_PAIRS || looksUp(sides.get(1))) {
            return;
        }
        String tables = table(sides.get(0)) + " (" + count(sides.get(0).path("Plan Rows").doubleValue()) + " rows) and "
                + table(sides.get(1)) + " (" + count(sides.get(1).path("Plan Rows").doubleValue()) + " rows)";
        if (node.has("Join Filter")) {
            hints.add("Each pair of rows of " + tables + " is compared: an equality in the join, or an index on the columns of "
                    + condition(node.path("Join Filter").asText()) + ", would help.");
        } else {
            hints.add("Each row of one is combined with each row of the other, of " + tables
                    + ": a join condition seems to be missing.");
        }
    }

    /** Whether the inner side of a loop finds its rows by what the outer side gives, rather than giving all of them. */
    private static boolean looksUp(JsonNode node) {
        if (node.has("Index Cond") || node.has("Recheck Cond") || node.has("TID Cond")) {
            return true;
        }
        for (JsonNode child : node.path("Plans")) {
            if (looksUp(child)) {
                return true;
            }
        }
        return false;
    }

    private void lookAtSort(JsonNode node) {
        double rows = node.path("Plan Rows").doubleValue();
        if (rows * node.path("Plan Width").doubleValue() > MANY_SORTED_BYTES) {
            hints.add("About " + count(rows) + " rows are sorted, which may go to disk: fewer rows or columns, or an index in"
                    + " that order, would help.");
        }
    }

    private long size(String schema, String table) throws SQLException {
        try (PreparedStatement asked = statement.getConnection().prepareStatement("select c.reltuples::bigint from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace where n.nspname = ? and c.relname = ?")) {
            asked.setString(1, schema);
            asked.setString(2, table);
            try (ResultSet found = asked.executeQuery()) {
                return found.next() ? found.getLong(1) : 0;
            }
        }
    }

    /** The table that a part of a plan reads. */
    private static String table(JsonNode node) {
        if (node.has("Relation Name")) {
            return node.path("Relation Name").asText();
        }
        for (JsonNode child : node.path("Plans")) {
            String found = table(child);
            if (!found.equals("rows")) {
                return found;
            }
        }
        return node.has("Alias") ? node.path("Alias").asText() : "rows";
    }

    private static String condition(String text) {
        return text.length() <= LONGEST_CONDITION ? text : text.substring(0, LONGEST_CONDITION) + "…";
    }

    static String count(double rows) {
        return String.format(Locale.ROOT, "%,.0f", rows);
    }
}
