package io.dragoman.datasource;

import com.zaxxer.hikari.HikariConfig;
import io.dragoman.config.DragomanProperties;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.core.Parser;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/**
 * PostgreSQL. Every query runs in a read-only transaction of a session whose default is read-only, and is rolled back, so
 * that neither data nor the session's settings can be changed.
 */
class PostgresqlConnector extends JdbcConnector {

    /** The server's own limit comes so much after ours, for when our cancellation does not arrive. */
    private static final long BACKSTOP_MS = 1_000;
    private static final int NETWORK_GRACE_MS = 10_000;
    private static final int CONNECT_TIMEOUT_S = 5;
    private static final int CANCEL_TIMEOUT_S = 2;
    private static final int FETCH_MEGABYTES = 16;
    private static final String TOO_MANY_CONNECTIONS = "53300";

    /** Types that have no order, also as elements of arrays. */
    private static final Set<String> UNSORTABLE = Set.of("json", "xml", "point", "line", "lseg", "box", "path", "polygon",
            "circle", "xid", "cid", "aclitem", "jsonpath", "unknown", "refcursor");

    private static final Set<Integer> PLAIN_ELEMENTS = Set.of(Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.NUMERIC,
            Types.VARCHAR, Types.CHAR, Types.BIT, Types.BOOLEAN);

    private final String schema;
    private final long defaultTimeoutMs;

    PostgresqlConnector(DataSourceDefinition definition, Secrets secrets, DragomanProperties properties,
            QueryWatchdog watchdog) {
        super(definition, properties, watchdog, source(definition, secrets, properties), pool());
        this.schema = definition.options().get(PostgresqlConnectorFactory.SCHEMA_OPTION);
        this.defaultTimeoutMs = properties.execution().timeout().toMillis();
    }

    private static HikariConfig pool() {
        HikariConfig config = new HikariConfig();
        config.setAutoCommit(false);
        return config;
    }

    private static DataSource source(DataSourceDefinition definition, Secrets secrets, DragomanProperties properties) {
        String session = "set default_transaction_read_only = on; set intervalstyle = 'iso_8601'; set search_path = "
                + quote(definition.options().getOrDefault(PostgresqlConnectorFactory.SCHEMA_OPTION, "public"))
                + "; set statement_timeout = " + (properties.execution().timeout().toMillis() + BACKSTOP_MS);
        PGSimpleDataSource source = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                try (Statement statement = connection.createStatement()) {
                    statement.execute(session);
                    return connection;
                } catch (SQLException e) {
                    connection.close();
                    throw e;
                }
            }
        };
        source.setURL(definition.url());
        source.setUser(definition.user());
        source.setPassword(secrets.password());
        source.setApplicationName("dragoman");
        source.setConnectTimeout(CONNECT_TIMEOUT_S);
        source.setLoginTimeout(2 * CONNECT_TIMEOUT_S);
        source.setCancelSignalTimeout(CANCEL_TIMEOUT_S);
        // Rows are fetched in portions, as many at a time as fit.
        source.setAdaptiveFetch(true);
        source.setAdaptiveFetchMaximum(1_000);
        source.setMaxResultBuffer(properties.execution().maxBytes().toMegabytes() + FETCH_MEGABYTES + "M");
        return source;
    }

    @Override
    void begin(Connection connection, long timeoutMs) throws SQLException {
        connection.setNetworkTimeout(Runnable::run,
                (int) Math.min(Integer.MAX_VALUE, timeoutMs + BACKSTOP_MS + NETWORK_GRACE_MS));
        if (timeoutMs > defaultTimeoutMs) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local statement_timeout = " + (timeoutMs + BACKSTOP_MS));
            }
        }
    }

    @Override
    void end(Connection connection) throws SQLException {
        connection.rollback();
    }

    /** The driver splits a text at semicolons and would run the parts one after another; here there may be one only. */
    @Override
    void requireOneStatement(Connection connection, String query) throws SQLException {
        if (Parser.parseJdbcSql(query, true, false, true, false, false).size() != 1) {
            throw new SQLException("Only one statement may be run at a time");
        }
    }

    @Override
    ValueReader valueReader(ResultSetMetaData head, int column) throws SQLException {
        return switch (head.getColumnType(column)) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> (rows, i) -> {
                long value = rows.getLong(i);
                return rows.wasNull() ? null : value;
            };
            case Types.NUMERIC, Types.DECIMAL -> PostgresqlConnector::decimal;
            case Types.REAL -> (rows, i) -> {
                float value = rows.getFloat(i);
                return rows.wasNull() ? null : Double.valueOf(Float.toString(value));
            };
            case Types.DOUBLE -> head.getColumnTypeName(column).equals("money") ? ResultSet::getString : (rows, i) -> {
                double value = rows.getDouble(i);
                return rows.wasNull() ? null : value;
            };
            case Types.BIT, Types.BOOLEAN -> head.getColumnTypeName(column).equals("bool") ? (rows, i) -> {
                boolean value = rows.getBoolean(i);
                return rows.wasNull() ? null : value;
            } : ResultSet::getString;
            case Types.DATE -> temporal(LocalDate.class);
            case Types.TIMESTAMP -> head.getColumnTypeName(column).equals("timestamptz")
                    ? temporal(OffsetDateTime.class) : temporal(LocalDateTime.class);
            case Types.TIME -> head.getColumnTypeName(column).equals("timetz")
                    ? ResultSet::getString : temporal(LocalTime.class);
            case Types.ARRAY -> PostgresqlConnector::array;
            case Types.BINARY -> (rows, i) -> CellValues.of(rows.getBytes(i));
            default -> ResultSet::getString;
        };
    }

    /** A number; the texts NaN and Infinity, which no decimal can be, stay texts. */
    private static Object decimal(ResultSet rows, int column) throws SQLException {
        String text = rows.getString(column);
        return text == null || Character.isLetter(text.charAt(text.length() - 1)) ? text : new BigDecimal(text);
    }

    /** An array as JSON, where its elements are numbers, texts or truth values; else as PostgreSQL writes it. */
    private static Object array(ResultSet rows, int column) throws SQLException {
        Array array = rows.getArray(column);
        if (array == null) {
            return null;
        }
        return PLAIN_ELEMENTS.contains(array.getBaseType()) ? CellValues.json(array.getArray()) : rows.getString(column);
    }

    /** A point in time; infinity stays a text. */
    private static ValueReader temporal(Class<?> type) {
        return (rows, column) -> {
            String text = rows.getString(column);
            return text == null || text.endsWith("infinity") ? text : rows.getObject(column, type);
        };
    }

    @Override
    Estimate estimate(Statement statement, String query) throws SQLException {
        return PostgresqlPlan.of(statement, query);
    }

    @Override
    boolean sortable(String type) {
        return !UNSORTABLE.contains(type.startsWith("_") ? type.substring(1) : type);
    }

    @Override
    Catalogue read(CatalogueSession session) throws SQLException {
        session.connection().setAutoCommit(true);
        return new PostgresqlCatalogue(session, schema).read();
    }

    @Override
    boolean connectionFailed(SQLException failure) {
        String state = failure.getSQLState();
        if (tooLarge(failure)) {
            return false;
        }
        return PSQLState.isConnectionError(state) || state != null && state.startsWith("57P")
                || TOO_MANY_CONNECTIONS.equals(state);
    }

    @Override
    String message(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException fromServer
                ? fromServer.getServerErrorMessage() : null;
        if (tooLarge(failure)) {
            return "The rows are too large to be fetched; select fewer or shorter columns";
        }
        if (server == null) {
            return failure.getMessage();
        }
        return server.getHint() == null ? server.getMessage() : server.getMessage() + "\nHint: " + server.getHint();
    }

    /** The driver has no other sign of it. */
    private static boolean tooLarge(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("maxResultBuffer");
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
