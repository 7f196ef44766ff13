package io.dragoman.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.dialect.Dialect;
import io.dragoman.dialect.sql.DuckDbDialect;
import io.dragoman.dialect.sql.PostgreSqlDialect;
import io.dragoman.schema.SchemaGroup;
import io.dragoman.storage.TestDatabase;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@link ExecutionAccuracy} over PostgreSQL and DuckDB, and the share of unanswerable questions that are refused. Not part of
 * verify. Arguments: the questions (JSON lines), the folder of SQL scripts or DuckDB files, {@code dev}, {@code held} or
 * {@code all}, and optionally a file to list wrong answers in. Questions without a gold query count as right when refused.
 */
public final class ServerAccuracy {

    /** Gold queries order rows that no question asks the order of. */
    private static final java.util.regex.Pattern ORDERED = java.util.regex.Pattern.compile("(?i)order|sort|rank|alphabetical|first|last|top ");

    private final Path folder;
    private final OfflineEngine engine = new OfflineEngine();
    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<String, SchemaGroup> groups = new HashMap<>();
    private final PrintStream wrong;

    private ServerAccuracy(Path folder, PrintStream wrong) {
        this.folder = folder;
        this.wrong = wrong;
    }

    /** Runs the measurement and prints it. */
    public static void main(String[] arguments) throws Exception {
        ServerAccuracy run = new ServerAccuracy(Path.of(arguments[1]), arguments.length > 3 ? new PrintStream(arguments[3]) : null);
        Map<String, int[]> tally = new java.util.TreeMap<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            JsonNode node = new ObjectMapper().readTree(line);
            String database = node.get("db").asText();
            boolean held = Math.floorMod(database.replaceFirst("^sp_", "").hashCode(), 4) == 3;
            if (arguments[2].equals("all") || arguments[2].equals("held") == held) {
                int right = run.right(database, node) ? 1 : 0;
                for (String part : List.of("all", database.startsWith("df_") ? database : database.replaceFirst("_.*", "") + "_*")) {
                    int[] counts = tally.computeIfAbsent(part, key -> new int[2]);
                    counts[0] += right;
                    counts[1]++;
                }
            }
        }
        tally.forEach((part, counts) -> System.out.printf(Locale.ROOT, "%s %d/%d=%.3f%n", part, counts[0], counts[1],
                (double) counts[0] / counts[1]));
        System.exit(0);
    }

    private boolean right(String database, JsonNode node) throws Exception {
        if (!groups.containsKey(database)) {
            Connection connection = connect(database);
            connections.put(database, connection);
            groups.put(database, JdbcSchemas.read(connection, database, duck() ? "duckdb" : "postgresql"));
        }
        String query = null;
        String note;
        Interpretation read = engine.interpret(node.get("question").asText(), groups.get(database), List.of(), null, LocalDate.of(2024, 1, 1));
        note = read.toString();
        if (read instanceof Interpretation.Understood understood) {
            try {
                Dialect dialect = duck() ? new DuckDbDialect() : new PostgreSqlDialect();
                query = dialect.render(understood.plan());
            } catch (RuntimeException e) {
                note = "FAILED " + e;
            }
        }
        boolean right = node.get("gold_query").isNull() ? query == null : query != null && same(database, node, query);
        if (!right && wrong != null) {
            wrong.println(database + " [" + node.path("category").asText() + "] " + node.get("question").asText() + "\n  GOLD "
                    + node.get("gold_query").asText() + "\n  GOT  " + (query == null ? note : query));
        }
        return right;
    }

    private boolean same(String database, JsonNode node, String query) {
        List<String> golds = new ArrayList<>(List.of(node.get("gold_query").asText()));
        node.path("gold_alternatives").forEach(other -> golds.add(other.asText()));
        for (String gold : golds) {
            try {
                List<List<Object>> expected = ExecutionAccuracy.rows(connections.get(database), gold);
                if (ExecutionAccuracy.same(expected, ExecutionAccuracy.rows(connections.get(database), query),
                        ORDERED.matcher(node.get("question").asText()).find() && gold.toLowerCase(Locale.ROOT).contains("order by"))) {
                    return true;
                }
            } catch (SQLException e) {
                if (wrong != null) {
                    wrong.println("  FAILED " + e.getMessage().lines().findFirst().orElse("") + " in " + query.replaceAll("\\s+", " "));
                }
            }
        }
        return false;
    }

    private boolean duck() {
        return folder.endsWith("duckdb");
    }

    private Connection connect(String database) throws Exception {
        if (duck()) {
            return DriverManager.getConnection("jdbc:duckdb:" + Files.copy(folder.resolve(database + ".duckdb"),
                    Files.createTempDirectory("accuracy").resolve(database + ".duckdb")));
        }
        Connection connection = TestDatabase.empty().dataSource().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(folder.resolve(database + ".sql")));
        }
        return connection;
    }
}
