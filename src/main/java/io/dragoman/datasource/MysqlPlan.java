package io.dragoman.datasource;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What MySQL's optimizer expects of a query: the unit of cost is rows gone through, as MariaDB tells no other. See
 * dev.mysql.com/doc/refman/8.4/en/explain-output.html.
 */
final class MysqlPlan {

    private static final double LARGE_TABLE_ROWS = 50_000;
    private static final double MANY_PAIRS = 1_000_000;
    private static final int MOST_HINTS = 10;

    private final Map<String, Double> found = new LinkedHashMap<>();
    private final Map<String, String> before = new LinkedHashMap<>();
    private final Set<String> hints = new LinkedHashSet<>();
    private double cost;

    private MysqlPlan() {
    }

    /** Asks the optimizer; the query is not run. The comment is read by MySQL only, where another format can be the default. */
    static Connector.Estimate of(Statement statement, String query) throws SQLException {
        MysqlPlan plan = new MysqlPlan();
        try (ResultSet rows = statement.executeQuery("EXPLAIN /*!50708 FORMAT=TRADITIONAL */ " + query)) {
            boolean filters = rows.getMetaData().getColumnLabel(rows.getMetaData().getColumnCount() - 1).equals("filtered");
            while (rows.next()) {
                plan.look(rows, filters);
            }
        }
        Double rows = plan.found.isEmpty() ? null : plan.found.values().iterator().next();
        return new Connector.Estimate(plan.cost, rows == null ? null : Math.round(rows), null,
                plan.hints.stream().limit(MOST_HINTS).toList());
    }

    /** One table, which is read once for each row that the tables before it in the same SELECT gave. */
    private void look(ResultSet row, boolean filters) throws SQLException {
        String select = String.valueOf(row.getString("id"));
        String table = row.getString("table");
        String extra = String.valueOf(row.getString("Extra"));
        if (table == null) {
            return;
        }
        double rows = row.getDouble("rows");
        double outer = found.getOrDefault(select, 1.0);
        double read = outer * rows;
        cost += read;
        boolean whole = "ALL".equals(row.getString("type"));
        if (whole && before.containsKey(select) && read >= MANY_PAIRS) {
            hints.add("All rows of " + table + " (about " + PostgresqlPlan.count(rows) + ") are read for each of about "
                    + PostgresqlPlan.count(outer) + " rows of " + before.get(select)
                    + ": a join condition, or an index on its columns, is missing.");
        } else if (whole && rows >= LARGE_TABLE_ROWS && extra.contains("Using where")) {
            hints.add("All rows of " + table + " (about " + PostgresqlPlan.count(rows)
                    + ") are read to find some of them: an index on the columns of the conditions would help.");
        }
        found.put(select, Math.max(1, read * (filters ? row.getDouble("filtered") / 100 : 1)));
        before.put(select, table);
    }
}
