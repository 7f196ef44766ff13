package io.dragoman.datasource;

import com.mysql.cj.jdbc.Driver;
import com.mysql.cj.jdbc.JdbcConnection;
import com.zaxxer.hikari.HikariConfig;
import io.dragoman.config.DragomanProperties;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * MySQL and MariaDB. Every query is one statement in a read-only transaction of a read-only session, which is rolled back and
 * reset. What the driver could do at a server's bidding (send local files, run code) is off. See
 * dev.mysql.com/doc/connector-j/en/connector-j-reference-configuration-properties.html.
 */
class MysqlConnector extends JdbcConnector {

    /** The server's own limit comes so much after ours, for when our cancellation does not arrive. */
    private static final long BACKSTOP_MS = 1_000;
    private static final int NETWORK_GRACE_MS = 10_000;
    private static final int SLOW_READER_S = 600;

    private static final Map<String, String> DRIVER = Map.ofEntries(Map.entry("allowMultiQueries", "false"),
            Map.entry("allowLoadLocalInfile", "false"), Map.entry("allowUrlInLocalInfile", "false"),
            Map.entry("autoDeserialize", "false"), Map.entry("tinyInt1isBit", "false"), Map.entry("yearIsDateType", "false"),
            Map.entry("preserveInstants", "false"), Map.entry("netTimeoutForStreamingResults", "0"),
            Map.entry("characterEncoding", "UTF-8"), Map.entry("connectTimeout", "5000"),
            Map.entry("connectionAttributes", "program_name:dragoman"),
            Map.entry("disabledAuthenticationPlugins", "authentication_oci_client,authentication_kerberos_client,"
                    + "authentication_ldap_sasl_client,authentication_webauthn_client,"
                    + "authentication_openid_connect_client"));

    /** Too many connections, the server shuts down, or the connection was killed. */
    private static final Set<Integer> CONNECTION_ERRORS = Set.of(1040, 1053, 1077, 1079, 1080, 1203, 1226, 1927);

    MysqlConnector(DataSourceDefinition definition, Secrets secrets, DragomanProperties properties, QueryWatchdog watchdog) {
        super(definition, properties, watchdog, source(definition, secrets, properties), new HikariConfig());
    }

    static DataSource source(DataSourceDefinition definition, Secrets secrets, DragomanProperties properties) {
        Properties settings = new Properties();
        settings.putAll(DRIVER);
        settings.put("socketTimeout", String.valueOf(Math.min(Integer.MAX_VALUE,
                properties.execution().timeout().toMillis() + BACKSTOP_MS + NETWORK_GRACE_MS)));
        if (definition.user() != null) {
            settings.put("user", definition.user());
        }
        if (secrets.password() != null) {
            settings.put("password", secrets.password());
        }
        try {
            return new SimpleDriverDataSource(new Driver(), definition.url(), settings);
        } catch (SQLException e) {
            throw new IllegalStateException("MySQL's driver does not start", e);
        }
    }

    /** The comments hold what one of the two servers does not know: it takes them for comments. */
    @Override
    void begin(Connection connection, long timeoutMs) throws SQLException {
        long limitMs = timeoutMs + BACKSTOP_MS;
        connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, limitMs + NETWORK_GRACE_MS));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION /*!50708 max_execution_time = " + limitMs + ", */ /*M!100101 max_statement_time = "
                    + BigDecimal.valueOf(limitMs, 3).toPlainString() + ", */ net_write_timeout = " + SLOW_READER_S
                    + ", time_zone = '+00:00'");
            statement.execute("SET SESSION TRANSACTION READ ONLY");
            statement.execute("START TRANSACTION READ ONLY");
        }
    }

    @Override
    void end(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        }
        connection.unwrap(JdbcConnection.class).resetServerState();
    }

    /** The server takes one statement a call. */
    @Override
    void requireOneStatement(Connection connection, String query) throws SQLException {
        if (query.isBlank() || query.indexOf('\0') >= 0) {
            throw new SQLException("The query is empty or has a NUL character");
        }
    }

    /** So the driver streams rows as they come, see its "implementation notes". */
    @Override
    int fetchSize(Limits limits) {
        return Integer.MIN_VALUE;
    }

    /** The driver reads a result to its end before it closes it: killing the query makes that soon. */
    @Override
    void abandon(Statement statement) throws SQLException {
        statement.cancel();
    }

    @Override
    Estimate estimate(Statement statement, String query) throws SQLException {
        return MysqlPlan.of(statement, query);
    }

    @Override
    ValueReader valueReader(ResultSetMetaData head, int column) throws SQLException {
        String name = head.getColumnTypeName(column);
        return switch (head.getColumnType(column)) {
            case Types.DATE -> (rows, i) -> temporal(rows.getString(i), LocalDate::parse);
            case Types.TIMESTAMP -> name.equals("TIMESTAMP")
                    ? (rows, i) -> temporal(rows.getString(i), text -> time(text).atOffset(ZoneOffset.UTC))
                    : (rows, i) -> temporal(rows.getString(i), MysqlConnector::time);
            case Types.TIME -> (rows, i) -> temporal(rows.getString(i), LocalTime::parse);
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> ResultSet::getString;
            default -> MysqlConnector::value;
        };
    }

    private static LocalDateTime time(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }

    /** Reads a point in time; what is none in Java (0000-00-00, times beyond a day) stays a text. */
    private static Object temporal(String text, Function<String, Object> parse) {
        try {
            return text == null ? null : parse.apply(text);
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static Object value(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        if (value instanceof Float real) {
            return Double.valueOf(real.toString());
        }
        return CellValues.of(value);
    }

    @Override
    Catalogue read(CatalogueSession session) throws SQLException {
        return new MysqlCatalogue(session).read();
    }

    @Override
    boolean connectionFailed(SQLException failure) {
        String state = failure.getSQLState();
        return state != null && state.startsWith("08") || CONNECTION_ERRORS.contains(failure.getErrorCode());
    }

    @Override
    String message(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int more = message.indexOf("\n\n");
        return more < 0 ? message : message.substring(0, more);
    }
}
