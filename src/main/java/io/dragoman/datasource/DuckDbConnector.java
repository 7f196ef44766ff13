package io.dragoman.datasource;

import com.zaxxer.hikari.HikariConfig;
import io.dragoman.config.DragomanProperties;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import javax.sql.DataSource;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * DuckDB. The file is opened read-only by an engine that can reach no other file and no network, loads no extension, has its
 * memory and threads limited and its configuration locked. Every query runs in a session of its own, so that nothing that a
 * session can still hold (variables, temporary tables, prepared statements) outlives it; and DuckDB's own parser has to find
 * that it is one SELECT. See duckdb.org/docs/stable/operations_manual/securing_duckdb/overview.
 */
class DuckDbConnector extends JdbcConnector {

    private static final String COUNT_OF_SELECTS = """
            select case when json_extract_string(parsed, '$.error') = 'true' then -1
                        else json_array_length(parsed, '$.statements') end, json_extract_string(parsed, '$.error_message')
            from (select json_serialize_sql(?) as parsed)""";

    /** All that the driver says of a query that fails while its rows are streamed. */
    private static final String NO_REASON = "Invalid result set";
    private static final int LONGEST_SECOND_LOOK_S = 5;

    private static final int FAR_YEAR = 290_000;

    private final DataSource collecting;

    DuckDbConnector(DataSourceDefinition definition, DragomanProperties properties, QueryWatchdog watchdog) {
        super(definition, properties, watchdog, source(definition, properties.duckdb(), true), new HikariConfig());
        collecting = source(definition, properties.duckdb(), false);
    }

    static DataSource source(DataSourceDefinition definition, DragomanProperties.Duckdb limits, boolean streaming) {
        Properties settings = new Properties();
        settings.put(DuckDBDriver.DUCKDB_READONLY_PROPERTY, "true");
        settings.put(DuckDBDriver.JDBC_STREAM_RESULTS, String.valueOf(streaming));
        settings.put(DuckDBDriver.JDBC_INSTANCE_CACHE, String.valueOf(streaming));
        settings.put("enable_external_access", "false");
        settings.put("autoinstall_known_extensions", "false");
        settings.put("autoload_known_extensions", "false");
        settings.put("allow_community_extensions", "false");
        settings.put("allow_unsigned_extensions", "false");
        settings.put("allow_persistent_secrets", "false");
        settings.put("memory_limit", limits.memory().toMegabytes() + "MB");
        settings.put("threads", String.valueOf(limits.threads()));
        settings.put("temp_directory", "");
        settings.put("max_temp_directory_size", "0B");
        settings.put("lock_configuration", "true");
        return new SimpleDriverDataSource(new DuckDBDriver(),
                DuckDbConnectorFactory.PREFIX + DuckDbConnectorFactory.file(definition), settings);
    }

    @Override
    Connection session(Connection pooled) throws SQLException {
        return pooled.unwrap(DuckDBConnection.class).duplicate();
    }

    @Override
    void begin(Connection connection, long timeoutMs) {
        // A new session needs nothing more.
    }

    @Override
    void end(Connection connection) {
        // The session is closed.
    }

    @Override
    void requireOneStatement(Connection connection, String query) throws SQLException {
        try (PreparedStatement counted = connection.prepareStatement(COUNT_OF_SELECTS)) {
            counted.setString(1, query);
            try (ResultSet row = counted.executeQuery()) {
                row.next();
                if (row.getInt(1) < 0) {
                    throw new SQLException(row.getString(2).startsWith("Only SELECT")
                            ? "Only a SELECT may be run" : row.getString(2));
                }
                if (row.getInt(1) != 1) {
                    throw new SQLException("Only one statement may be run at a time");
                }
            }
        }
    }

    /** As the driver loses the reason of a failure when it streams, the query is then run again up to its failure. */
    @Override
    ResultSet send(Statement statement, String query, QueryWatchdog.Watch watch) throws SQLException {
        try {
            return super.send(statement, query, watch);
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).endsWith(NO_REASON) && !watch.expired() && !watch.cancelled()) {
                try (Connection again = collecting.getConnection(); Statement second = again.createStatement()) {
                    second.setQueryTimeout(LONGEST_SECOND_LOOK_S);
                    second.executeQuery(query).close();
                }
            }
            throw e;
        }
    }

    @Override
    Estimate estimate(Statement statement, String query) throws SQLException {
        return DuckDbPlan.of(statement, query);
    }

    @Override
    ValueReader valueReader(ResultSetMetaData head, int column) throws SQLException {
        return switch (head.getColumnType(column)) {
            case Types.DATE -> DuckDbConnector::date;
            case Types.TIMESTAMP -> DuckDbConnector::timestamp;
            case Types.TIMESTAMP_WITH_TIMEZONE -> DuckDbConnector::timestampWithZone;
            case Types.TIME -> (rows, i) -> rows.getObject(i, LocalTime.class);
            default -> DuckDbConnector::value;
        };
    }

    /** A day; the last and the first that there are stand for infinity. */
    private static Object date(ResultSet rows, int column) throws SQLException {
        LocalDate day = rows.getObject(column, LocalDate.class);
        return day == null ? null : infinite(day, day.toEpochDay(), Integer.MAX_VALUE);
    }

    private static Object timestamp(ResultSet rows, int column) throws SQLException {
        LocalDateTime time = rows.getObject(column, LocalDateTime.class);
        return time == null || Math.abs(time.getYear()) < FAR_YEAR ? time : infinite(time, micros(time), Long.MAX_VALUE);
    }

    private static Object timestampWithZone(ResultSet rows, int column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null || Math.abs(time.getYear()) < FAR_YEAR ? time
                : infinite(time, micros(time.toLocalDateTime()), Long.MAX_VALUE);
    }

    private static Object infinite(Object value, long units, long most) {
        return units == most ? "infinity" : units == -most ? "-infinity" : value;
    }

    private static long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
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
        return new DuckDbCatalogue(session).read();
    }

    /** The driver has no codes for it. */
    @Override
    boolean connectionFailed(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("IO Error:") || message.startsWith("Connection Error:");
    }

    /** The first line without the kind of the error, and its hint. */
    @Override
    String message(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int where = message.indexOf("\nLINE ");
        String said = (where < 0 ? message : message.substring(0, where)).strip();
        int kind = said.indexOf(" Error: ");
        return kind > 0 && kind < 30 ? said.substring(kind + " Error: ".length()) : said;
    }
}
