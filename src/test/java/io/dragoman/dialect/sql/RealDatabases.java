package io.dragoman.dialect.sql;

import io.dragoman.storage.TestDatabase;
import io.dragoman.testing.MariaDbServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL server, and SQLite and DuckDB databases in memory, with the same rows. */
final class RealDatabases {

    private final Connection postgresql;
    private final Connection sqlite;
    private final Connection duckdb;

    private RealDatabases(Connection postgresql, Connection sqlite, Connection duckdb) {
        this.postgresql = postgresql;
        this.sqlite = sqlite;
        this.duckdb = duckdb;
    }

    static RealDatabases start(String script) {
        try {
            Connection postgresql = TestDatabase.empty().dataSource().getConnection();
            Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
            try (Statement statement = postgresql.createStatement()) {
                statement.execute("SET TIME ZONE 'UTC'; " + script);
            }
            try (Statement statement = sqlite.createStatement()) {
                statement.executeUpdate(script);
            }
            Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
            try (Statement statement = duckdb.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'; " + script);
            }
            return new RealDatabases(postgresql, sqlite, duckdb);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> postgresql(String query) {
        return rows(postgresql, query);
    }

    List<String> sqlite(String query) {
        return rows(sqlite, query);
    }

    List<String> duckdb(String query) {
        return rows(duckdb, query);
    }

    /** A MariaDB with the same rows; only where there is one. */
    static Connection mariaDb(String script) {
        String url = MariaDbServer.url() + "?allowMultiQueries=true";
        String own = script.replace('"', '`').replace("\\", "\\\\").replace(" timestamp,", " datetime,");
        try {
            Connection connection = DriverManager.getConnection(url, "root", "");
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE renderer CHARACTER SET utf8mb4; USE renderer; SET time_zone = '+00:00'; "
                        + own);
            }
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<String> rows(Connection connection, String query) {
        try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                StringBuilder text = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    text.append(i == 1 ? "" : "|").append(value(rows.getObject(i), rows.getString(i)));
                }
                texts.add(text.toString());
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(query + ": " + e.getMessage(), e);
        }
    }

    private static String value(Object value, String text) {
        return value instanceof Number ? new BigDecimal(text).stripTrailingZeros().toPlainString() : text;
    }
}
