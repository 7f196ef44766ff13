package io.dragoman.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.annotation.PreDestroy;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Who asked, saw, changed and approved what; the database refuses to change or delete an entry. A change is logged in its
 * own transaction, so that there is neither without the other. Calls are logged right after their reply: in batches, within
 * {@value #BATCH_MS} ms; when they come faster than that, the call waits for the log. What was not yet written when the
 * server is killed is lost, which concerns calls alone. Thread-safe.
 */
@Service
public class AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int BATCH_MS = 100;
    private static final int BATCH = 1_000;
    private static final int WAITING = 20_000;
    private static final int LONGEST_TEXT = 500;
    private static final String INSERT = """
            INSERT INTO audit_log (at, user_id, actor, credential, address, action, subject, status, trace_id, details)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)""";
    private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();

    private final JdbcTemplate database;
    private final JdbcClient reader;
    private final BlockingQueue<Row> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread writer = new Thread(this::write, "audit-log");
    private volatile boolean closing;

    /** Keeps the log in that database. */
    public AuditLog(JdbcTemplate database) {
        this.database = database;
        this.reader = JdbcClient.create(database);
        writer.setDaemon(true);
        writer.start();
    }

    private record Row(Instant at, CurrentCall call, String action, String subject, Integer status,
            Map<String, Object> details) {
    }

    /** Logs a change with the change: in the transaction of the present thread, when there is one. */
    public void changed(String action, String subject, Map<String, Object> details) {
        insert(List.of(new Row(Instant.now(), CurrentCall.get(), action, subject, null, details)));
    }

    /** Logs a call that was answered, soon. */
    public void called(CurrentCall call, String subject, Integer status, Map<String, Object> details) {
        try {
            waiting.put(new Row(Instant.now(), call, call.operation(), subject, status, details));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            insert(List.of(new Row(Instant.now(), call, call.operation(), subject, status, details)));
        }
    }

    /** What to look for; null is anything. */
    public record Filter(String actor, String action, String subject, Instant from, Instant until) {
    }

    /** Entries, the latest first. */
    public List<AuditEntry> list(Filter filter, int limit, int offset) {
        return filtered("SELECT id, at, actor, credential, address, action, subject, status, trace_id, details FROM audit_log",
                " ORDER BY id DESC LIMIT :limit OFFSET :offset", filter).param("limit", limit).param("offset", offset)
                .query(AuditLog::entry).list();
    }

    /** How many entries there are. */
    public long count(Filter filter) {
        return filtered("SELECT count(*) FROM audit_log", "", filter).query(Long.class).single();
    }

    private JdbcClient.StatementSpec filtered(String select, String end, Filter filter) {
        return reader.sql(select + " " + """
                WHERE (CAST(:actor AS text) IS NULL OR actor = :actor)
                AND (CAST(:action AS text) IS NULL OR starts_with(action, :action))
                AND (CAST(:subject AS text) IS NULL OR subject = :subject)
                AND (CAST(:from AS timestamptz) IS NULL OR at >= CAST(:from AS timestamptz))
                AND (CAST(:until AS timestamptz) IS NULL OR at < CAST(:until AS timestamptz))""" + end)
                .param("actor", filter.actor(), Types.VARCHAR).param("action", filter.action(), Types.VARCHAR)
                .param("subject", filter.subject(), Types.VARCHAR)
                .param("from", filter.from() == null ? null : filter.from().toString(), Types.VARCHAR)
                .param("until", filter.until() == null ? null : filter.until().toString(), Types.VARCHAR);
    }

    private void write() {
        List<Row> batch = new ArrayList<>();
        while (!closing || !waiting.isEmpty()) {
            try {
                Row first = waiting.poll(BATCH_MS, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                if (!closing) {
                    TimeUnit.MILLISECONDS.sleep(BATCH_MS);
                }
            } catch (InterruptedException e) {
                closing = true;
            }
            waiting.drainTo(batch, BATCH);
            keep(batch);
            batch.clear();
        }
    }

    /**
     * Writes a batch; while that fails it is tried again, and calls wait once the queue is full. Whatever is thrown, as the
     * driver asserts that a lost connection is there, must not end the thread.
     */
    private void keep(List<Row> batch) {
        boolean told = false;
        while (!batch.isEmpty()) {
            try {
                insert(batch);
                if (told) {
                    LOG.info("The audit log is written again");
                }
                return;
            } catch (RuntimeException | Error e) {
                if (!told || closing) {
                    LOG.error("The audit log cannot be written{}", closing ? "; " + batch.size() + " entries are lost" : "", e);
                    told = true;
                }
                if (closing || !pause()) {
                    return;
                }
            }
        }
    }

    private boolean pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
            return true;
        } catch (InterruptedException e) {
            closing = true;
            return false;
        }
    }

    private void insert(List<Row> rows) {
        database.batchUpdate(INSERT, rows, rows.size(), AuditLog::fill);
    }

    private static void fill(PreparedStatement insert, Row row) throws SQLException {
        CurrentCall call = row.call();
        insert.setTimestamp(1, Timestamp.from(row.at()));
        insert.setObject(2, call.caller().userId(), Types.OTHER);
        insert.setString(3, call.caller().name());
        insert.setString(4, call.caller().credential());
        insert.setString(5, call.address());
        insert.setString(6, row.action() == null ? "unknown" : row.action());
        insert.setString(7, shortened(row.subject()));
        insert.setObject(8, row.status(), Types.INTEGER);
        insert.setString(9, call.traceId());
        try {
            insert.setString(10, JSON.writeValueAsString(row.details()).replace("\\u0000", "\\ufffd"));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text as the log keeps it: not endless, and without the one character that PostgreSQL has not. */
    public static String shortened(String text) {
        if (text == null) {
            return null;
        }
        String plain = text.replace('\0', '\ufffd');
        return plain.length() <= LONGEST_TEXT ? plain : plain.substring(0, LONGEST_TEXT) + "…";
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        try {
            return new AuditEntry(row.getLong("id"), row.getTimestamp("at").toInstant(), row.getString("actor"),
                    row.getString("credential"), row.getString("address"), row.getString("action"),
                    row.getString("subject"), (Integer) row.getObject("status"), row.getString("trace_id"),
                    JSON.readValue(row.getString("details"), new TypeReference<>() {
                    }));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @PreDestroy
    void close() throws InterruptedException {
        closing = true;
        writer.join(TimeUnit.SECONDS.toMillis(5));
    }
}
