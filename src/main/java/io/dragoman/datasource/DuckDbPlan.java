package io.dragoman.datasource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashSet;
import java.util.Set;

/** What DuckDB's planner expects of a query. As it tells no cost, that is the rows that all operators give together. */
final class DuckDbPlan {

    private static final double MANY_PAIRS = 1_000_000;
    private static final int MOST_HINTS = 10;
    private static final Set<String> COMBINING = Set.of("CROSS_PRODUCT", "NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> hints = new LinkedHashSet<>();
    private double cost;

    private DuckDbPlan() {
    }

    /** Asks the planner; the query is not run. */
    static Connector.Estimate of(Statement statement, String query) throws SQLException {
        JsonNode root;
        try (ResultSet rows = statement.executeQuery("EXPLAIN (FORMAT JSON) " + query)) {
            rows.next();
            root = JSON.readTree(rows.getString(2)).path(0);
        } catch (JsonProcessingException e) {
            throw new SQLException("The database's plan cannot be read", e);
        }
        DuckDbPlan plan = new DuckDbPlan();
        plan.look(root);
        return new Connector.Estimate(plan.cost, (long) rows(root), null, plan.hints.stream().limit(MOST_HINTS).toList());
    }

    private void look(JsonNode node) {
        cost += node.path("extra_info").has("Estimated Cardinality") ? rows(node) : 0;
        if (COMBINING.contains(node.path("name").asText())) {
            JsonNode left = node.path("children").path(0);
            JsonNode right = node.path("children").path(1);
            double pairs = rows(left) * rows(right);
            cost += pairs;
            if (pairs >= MANY_PAIRS) {
                String sides = "Each row of " + table(left) + " (" + PostgresqlPlan.count(rows(left)) + " rows) is ";
                String other = " each row of " + table(right) + " (" + PostgresqlPlan.count(rows(right)) + " rows): ";
                hints.add(node.path("name").asText().equals("CROSS_PRODUCT")
                        ? sides + "combined with" + other + "a join condition seems to be missing."
                        : sides + "compared with" + other + "an equality in the join would help.");
            }
        }
        node.path("children").forEach(this::look);
    }

    /** The rows that a node is expected to give: its own figure, else that of what it reads. */
    private static double rows(JsonNode node) {
        JsonNode figure = node.path("extra_info").path("Estimated Cardinality");
        if (!figure.isMissingNode()) {
            try {
                return Double.parseDouble(figure.asText());
            } catch (NumberFormatException e) {
                return 0;
            }
        }
        double most = 0;
        double product = 1;
        for (JsonNode child : node.path("children")) {
            most = Math.max(most, rows(child));
            product *= rows(child);
        }
        return node.path("name").asText().equals("CROSS_PRODUCT") ? product : most;
    }

    /** The table that a part of a plan reads. */
    private static String table(JsonNode node) {
        String name = node.path("extra_info").path("Table").asText();
        if (!name.isEmpty()) {
            return name.substring(name.lastIndexOf('.') + 1);
        }
        for (JsonNode child : node.path("children")) {
            String found = table(child);
            if (!found.equals("rows")) {
                return found;
            }
        }
        return "rows";
    }
}
