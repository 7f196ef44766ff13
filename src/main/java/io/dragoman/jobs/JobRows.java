package io.dragoman.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dragoman.security.Caller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Jobs as rows. */
final class JobRows {

    /** The columns that {@link #read} reads. */
    static final String COLUMNS = "id, trace_id, caller, address, question, status, priority, attempts, fence, cancel_requested,"
            + " stages, error, submitted_at, started_at, finished_at";

    private static final ObjectMapper JSON = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private JobRows() {
    }

    static Job read(ResultSet row, int number) throws SQLException {
        return new Job(row.getObject("id", UUID.class), row.getString("trace_id"), caller(row.getString("caller")),
                row.getString("address"), row.getString("question"), Job.Status.valueOf(row.getString("status")),
                row.getInt("priority"), row.getInt("attempts"), row.getLong("fence"), row.getBoolean("cancel_requested"),
                row.getString("stages"), row.getString("error"), instant(row, "submitted_at"), instant(row, "started_at"),
                instant(row, "finished_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    static String write(Caller caller) {
        try {
            return JSON.writeValueAsString(caller);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Caller caller(String json) {
        try {
            return JSON.readValue(json, Caller.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** PostgreSQL's jsonb has no NUL character; what databases say may. */
    static String withoutNul(String json) {
        return json == null ? null : json.replace("\\u0000", "\\ufffd");
    }

    static byte[] compress(byte[] content) {
        if (content == null) {
            return null;
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    static InputStream open(byte[] compressed) {
        try {
            return new GZIPInputStream(new ByteArrayInputStream(compressed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
