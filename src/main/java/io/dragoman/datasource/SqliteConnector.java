package io.dragoman.datasource;

import com.zaxxer.hikari.HikariConfig;
import io.dragoman.config.DragomanProperties;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteLimits;

/**
 * SQLite. The file is opened read-only, no other can be attached, no extension loaded, and the schema's own functions are
 * not trusted. See sqlite.org/security.html.
 */
class SqliteConnector extends JdbcConnector {

    private static final int BUSY_TIMEOUT_MS = 2_000;

    SqliteConnector(DataSourceDefinition definition, DragomanProperties properties, QueryWatchdog watchdog) {
        super(definition, properties, watchdog, source(definition, properties), new HikariConfig());
    }

    private static DataSource source(DataSourceDefinition definition, DragomanProperties properties) {
        SQLiteConfig settings = new SQLiteConfig();
        settings.setReadOnly(true);
        settings.enableLoadExtension(false);
        settings.setBusyTimeout(BUSY_TIMEOUT_MS);
        int longestValue = (int) Math.min(Integer.MAX_VALUE, properties.execution().maxBytes().toBytes());
        SQLiteDataSource source = new SQLiteDataSource(settings) {
            @Override
            public SQLiteConnection getConnection(String user, String password) throws SQLException {
                SQLiteConnection connection = super.getConnection(user, password);
                connection.setLimit(SQLiteLimits.SQLITE_LIMIT_ATTACHED, 0);
                connection.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, longestValue);
                return connection;
            }
        };
        source.setUrl(definition.url());
        return source;
    }

    /** The guards are set again before every query, in case the one before found a way to change them. */
    @Override
    void begin(Connection connection, long timeoutMs) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
        }
    }

    @Override
    void end(Connection connection) {
        // Each query is a transaction of its own, over when its rows are closed.
    }

    /** SQLite compiles the first statement of a text only, which makes the rest harmless but is never what was meant. */
    @Override
    void requireOneStatement(Connection connection, String query) throws SQLException {
        if (query.indexOf('\0') >= 0) {
            throw new SQLException("The query has a NUL character");
        }
    }

    @Override
    ValueReader valueReader(ResultSetMetaData head, int column) {
        return SqliteConnector::value;
    }

    /** SQLite's values have types of their own, whatever their column's declaration says. */
    private static Object value(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof byte[] bytes) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
        return value;
    }

    @Override
    Estimate estimate(Statement statement, String query) throws SQLException {
        return SqlitePlan.of(statement, query);
    }

    @Override
    Catalogue read(CatalogueSession session) throws SQLException {
        begin(session.connection(), 0);
        return new SqliteCatalogue(session).read();
    }

    @Override
    boolean connectionFailed(SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return false;
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return switch (code) {
            case SQLITE_CANTOPEN, SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_NOTADB, SQLITE_PROTOCOL -> true;
            default -> code.name().startsWith("SQLITE_IOERR") || code.name().startsWith("SQLITE_CANTOPEN")
                    || code.name().startsWith("SQLITE_BUSY");
        };
    }

    /** The message without the driver's {@code [CODE] }, and without its gloss on the code. */
    @Override
    String message(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int open = message.indexOf('(');
        return message.startsWith("[SQLITE_") && open > 0 && message.endsWith(")")
                ? message.substring(open + 1, message.length() - 1) : message;
    }
}
