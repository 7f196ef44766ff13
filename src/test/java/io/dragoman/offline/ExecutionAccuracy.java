package io.dragoman.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dragoman.dialect.sql.SqliteDialect;
import io.dragoman.offline.plan.LogicalPlan;
import io.dragoman.schema.SchemaGroup;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Execution accuracy of the offline engine over a folder of questions with gold queries. Not part of verify. Arguments:
 * the questions (JSON lines), the folder of SQLite databases, and optionally {@code dev} (three quarters of the databases) or
 * {@code held} (the others, never looked at while developing) and a file to list wrong answers in. With {@code -Dtypos=true}
 * every question is asked with one slip of the keyboard ({@link Typist}), with {@code -Dlower=true} in lower case.
 */
public final class ExecutionAccuracy {

    private final Path databases;
    private final Map<String, SchemaGroup> groups = new HashMap<>();
    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<String, int[]> tally = new TreeMap<>();
    private final OfflineEngine engine = new OfflineEngine();
    private final SqliteDialect dialect = new SqliteDialect();
    private long nanos;
    private int refused;
    private int asked;
    private int failed;

    private ExecutionAccuracy(Path databases) {
        this.databases = databases;
    }

    /** Runs the measurement and prints it. */
    public static void main(String[] arguments) throws Exception {
        ExecutionAccuracy run = new ExecutionAccuracy(Path.of(arguments[1]));
        String part = arguments.length > 2 ? arguments[2] : "all";
        PrintStream wrong = arguments.length > 3 ? new PrintStream(arguments[3]) : null;
        ObjectMapper mapper = new ObjectMapper();
        int total = 0;
        int right = 0;
        String only = System.getProperty("db");
        List<JsonNode> questions = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            JsonNode question = mapper.readTree(line);
            String database = question.get("db").asText();
            int slice = Math.floorMod(database.hashCode(), 4);
            boolean wanted = part.equals("all") || part.equals(slice == 3 ? "held" : "dev")
                    || part.equals("slice" + slice);
            if (wanted && question.path("gold_rows").asInt(1) > 0 && (only == null || only.equals(database))) {
                questions.add(question);
            }
        }
        questions.sort((a, b) -> a.get("db").asText().compareTo(b.get("db").asText()));
        for (JsonNode question : questions) {
            boolean good = run.evaluate(question, wrong);
            total++;
            right += good ? 1 : 0;
        }
        StringBuilder out = new StringBuilder();
        run.tally.forEach((hardness, counts) -> out.append(String.format(Locale.ROOT, "%s %d/%d=%.3f  ", hardness, counts[0],
                counts[1], (double) counts[0] / counts[1])));
        System.out.println(out);
        System.out.printf(Locale.ROOT, "%s: accuracy %.4f (%d of %d), refused %d, asked back %d, failed %d, %.2f ms a question%n",
                part, (double) right / total, right, total, run.refused, run.asked, run.failed, run.nanos / 1e6 / total);
    }

    private boolean evaluate(JsonNode node, PrintStream wrong) throws Exception {
        String database = node.get("db").asText();
        String question = Boolean.getBoolean("typos") ? Typist.slip(node.get("question").asText()) : node.get("question").asText();
        question = Boolean.getBoolean("lower") ? question.toLowerCase(Locale.ROOT) : question;
        String hardness = node.path("hardness").asText("none");
        SchemaGroup group = groups.get(database);
        if (group == null) {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + databases.resolve(database + ".sqlite") + "?open_mode=1");
            connections.put(database, connection);
            group = SqliteSchemas.read(connection, database);
            groups.put(database, group);
        }
        String query = null;
        String note = "";
        LogicalPlan plan = null;
        long start = System.nanoTime();
        try {
            Interpretation result = engine.interpret(question, group, List.of(), null, LocalDate.of(2024, 1, 1));
            nanos += System.nanoTime() - start;
            if (result instanceof Interpretation.Understood understood) {
                plan = understood.plan();
                query = dialect.render(plan);
            } else if (result instanceof Interpretation.Ambiguous ambiguous) {
                asked++;
                note = "ASKED " + ambiguous;
            } else {
                refused++;
                note = "REFUSED " + result;
            }
        } catch (RuntimeException e) {
            failed++;
            note = "FAILED " + e + " " + Arrays.stream(e.getStackTrace()).limit(4).toList();
        }
        String gold = node.get("gold_query").asText();
        boolean good = false;
        if (query != null) {
            try {
                List<List<Object>> expected = rows(connections.get(database), gold);
                List<List<Object>> got = rows(connections.get(database), query);
                good = same(expected, got, gold.toLowerCase(Locale.ROOT).contains("order by"));
                note = "rows " + got.size() + " gold " + expected.size();
            } catch (SQLException e) {
                failed++;
                note = "FAILED " + e.getMessage();
            }
        }
        int[] counts = tally.computeIfAbsent(hardness, key -> new int[2]);
        counts[0] += good ? 1 : 0;
        counts[1]++;
        if (!good && wrong != null) {
            wrong.println(database + " [" + hardness + "] " + question + "\n  GOLD " + gold + "\n  GOT  " + query + "\n  " + note);
        } else if (good && wrong != null && Boolean.getBoolean("right")) {
            wrong.println("RIGHT " + database + " " + question + "\n  GOT  " + query);
        }
        return good;
    }

    static List<List<Object>> rows(Connection connection, String query) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(5);
            try (ResultSet result = statement.executeQuery(query)) {
                int columns = result.getMetaData().getColumnCount();
                while (result.next() && rows.size() < 20_000) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(norm(result.getObject(i)));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static Object norm(Object value) {
        if (value == null) {
            return "\0null";
        }
        try {
            return Math.round(Double.parseDouble(value.toString().trim()) * 1e4) / 1e4;
        } catch (NumberFormatException e) {
            return value.toString().trim();
        }
    }

    static boolean same(List<List<Object>> gold, List<List<Object>> got, boolean ordered) {
        if (gold.size() != got.size()) {
            return false;
        }
        if (gold.isEmpty()) {
            return true;
        }
        int n = gold.get(0).size();
        int m = got.get(0).size();
        return m >= n && m <= n + 4 && assign(gold, got, ordered, new int[n], 0);
    }

    private static boolean assign(List<List<Object>> gold, List<List<Object>> got, boolean ordered, int[] columns, int at) {
        if (at == columns.length) {
            List<List<Object>> picked = new ArrayList<>();
            for (List<Object> row : got) {
                List<Object> values = new ArrayList<>();
                for (int column : columns) {
                    values.add(row.get(column));
                }
                picked.add(values);
            }
            return ordered ? picked.equals(gold) : counts(picked).equals(counts(gold));
        }
        for (int c = 0; c < got.get(0).size(); c++) {
            boolean used = false;
            for (int k = 0; k < at; k++) {
                used |= columns[k] == c;
            }
            int column = c;
            int index = at;
            if (!used && counts(got.stream().map(row -> List.of(row.get(column))).toList())
                    .equals(counts(gold.stream().map(row -> List.of(row.get(index))).toList()))) {
                columns[at] = c;
                if (assign(gold, got, ordered, columns, at + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Map<List<Object>, Integer> counts(List<List<Object>> rows) {
        Map<List<Object>, Integer> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }
}
