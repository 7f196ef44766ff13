package io.dragoman.schema.format;

import io.dragoman.failure.ErrorCode;
import io.dragoman.failure.FailureException;
import io.dragoman.schema.Rejection;
import io.dragoman.schema.SchemaDocument;
import io.dragoman.schema.SchemaLimits;
import io.dragoman.schema.format.SqlScript.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.comment.Comment;
import net.sf.jsqlparser.statement.create.table.CreateTable;

/**
 * Reads a script of {@code CREATE TABLE}, {@code ALTER TABLE … ADD} and {@code COMMENT ON} in the dialects of PostgreSQL,
 * SQLite, MySQL and DuckDB. Other statements are passed over and counted.
 */
final class DdlReader {

    private static final int MAX_NESTING = 40;
    private static final int MAX_STATEMENT = 1_000_000;
    private static final int STATEMENT_TIMEOUT_MS = 5_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Set<String> TABLE_KINDS = Set.of("OR", "REPLACE", "TEMP", "TEMPORARY", "GLOBAL", "LOCAL",
            "UNLOGGED", "FOREIGN", "EXTERNAL");

    private final DdlTables tables;
    private final List<Rejection> rejected = new ArrayList<>();
    private int skipped;

    private DdlReader(boolean foldsNames) {
        tables = new DdlTables(foldsNames);
    }

    /** @param dialect the script's; null when unknown. PostgreSQL folds names without quotes to lower case. */
    static SchemaDocument read(String script, String dialect) {
        DdlReader reader = new DdlReader("postgresql".equals(dialect));
        List<Statement> statements = SqlScript.split(script);
        ExecutorService parsers = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "ddl-parser");
            thread.setDaemon(true);
            return thread;
        });
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        try {
            for (int i = 0; i < statements.size(); i++) {
                if (System.nanoTime() > deadline) {
                    throw new FailureException(ErrorCode.TIMEOUT, "Reading the script took longer than "
                            + TIMEOUT.toSeconds() + " seconds.", Map.of("stage", "upload"));
                }
                reader.read(statements.get(i), i + 1, parsers);
            }
        } finally {
            parsers.shutdownNow();
        }
        if (statements.isEmpty()) {
            reader.rejected.add(new Rejection(1, 1, "body", "has no statement"));
        }
        return new SchemaDocument(null, List.of(), reader.tables.tables(), reader.tables.relationships(), List.of(),
                List.of(), List.of(), reader.rejected, reader.skipped);
    }

    private void read(Statement statement, int number, ExecutorService parsers) {
        if (!definesSchema(statement)) {
            skipped++;
            return;
        }
        String path = "statement " + number;
        if (statement.text().length() > MAX_STATEMENT || statement.nesting() > MAX_NESTING) {
            rejected.add(new Rejection(statement.line(), 1, path, "is too long or too deeply nested"));
            return;
        }
        try {
            if (!apply(parse(statement.text(), parsers), statement, path)) {
                skipped++;
            }
        } catch (JSQLParserException e) {
            rejected.add(rejection(statement, path, e));
        } catch (DdlTables.RefusedException e) {
            rejected.add(new Rejection(statement.line(), 1, path, e.getMessage()));
        }
        if (tables.size() > SchemaLimits.TABLES) {
            throw FailureException.invalid("body", "The script has more than " + SchemaLimits.TABLES + " tables.");
        }
    }

    /** Says whether the statement said anything of the schema. */
    private boolean apply(net.sf.jsqlparser.statement.Statement parsed, Statement statement, String path) {
        if (parsed instanceof CreateTable create) {
            return tables.create(create, statement.line(), path);
        }
        if (parsed instanceof Alter alter) {
            return tables.alter(alter, statement.line(), path);
        }
        if (parsed instanceof Comment comment) {
            return tables.comment(comment);
        }
        throw new DdlTables.RefusedException("cannot be read");
    }

    /** A text that does not parse as it is may do so without what the parser does not know of SQLite and DuckDB. */
    private static net.sf.jsqlparser.statement.Statement parse(String text, ExecutorService parsers)
            throws JSQLParserException {
        try {
            return CCJSqlParserUtil.parse(text, parsers, parser -> parser.withTimeOut(STATEMENT_TIMEOUT_MS));
        } catch (JSQLParserException e) {
            String plain = PlainDdl.of(text);
            if (plain.equals(text)) {
                throw e;
            }
            try {
                return CCJSqlParserUtil.parse(plain, parsers, parser -> parser.withTimeOut(STATEMENT_TIMEOUT_MS));
            } catch (JSQLParserException again) {
                throw e;
            }
        }
    }

    private static boolean definesSchema(Statement statement) {
        List<String> words = statement.words();
        if (statement.begins("COMMENT", "ON", "TABLE") || statement.begins("COMMENT", "ON", "COLUMN")) {
            return true;
        }
        if (statement.begins("ALTER", "TABLE")) {
            return words.contains("ADD");
        }
        int word = 1;
        while (word < words.size() && TABLE_KINDS.contains(words.get(word))) {
            word++;
        }
        return statement.begins("CREATE") && word < words.size() && words.get(word).equals("TABLE");
    }

    private static Rejection rejection(Statement statement, String path, JSQLParserException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ParseException parse && parse.currentToken != null
                    && parse.currentToken.next != null) {
                int line = statement.line() + parse.currentToken.next.beginLine - 1;
                String found = parse.currentToken.next.image;
                String near = found == null || found.isEmpty() ? "its end" : "'" + abbreviated(found) + "'";
                return new Rejection(line, parse.currentToken.next.beginColumn, path, "cannot be read at " + near);
            }
        }
        return new Rejection(statement.line(), 1, path, "cannot be read");
    }

    private static String abbreviated(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
