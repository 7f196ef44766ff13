package io.dragoman.feedback;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dragoman.dialect.Finding;
import io.dragoman.feedback.Feedback.Status;
import io.dragoman.security.Caller;
import io.dragoman.security.Role;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Feedback in the database. */
@Repository
class FeedbackStore {

    private static final int KEPT_CHANGES = 100;

    private static final String COLUMNS = """
            SELECT f.id, f.run_id, r.question, r.query, r.dialect, r.schema_group, r.datasource, r.engine, f.rating,
                f.corrected_query, f.comment, f.author, f.review, f.findings, f.reviewer, f.reviewed_at, f.review_comment,
                f.example_id, f.created_at, f.updated_at
            """;

    private static final String FROM = " FROM feedback f JOIN query_runs r ON r.id = f.run_id ";

    /** People see what they gave, curators what concerns the groups they see, administrators all. */
    private static final String SEEN = """
             (:everything OR f.user_id = :user AND (:unbounded OR r.schema_group IS NULL OR r.schema_group = ANY (:groups))
                 OR :curator AND (:unbounded OR r.schema_group = ANY (:groups)))
            """;

    private static final String FILTERED = """
             AND (CAST(:group AS text) IS NULL OR r.schema_group = :group)
             AND (CAST(:status AS text) IS NULL OR f.review = :status)
             AND (CAST(:rating AS int) IS NULL OR f.rating = :rating)
             AND (CAST(:since AS timestamptz) IS NULL OR f.updated_at >= CAST(:since AS timestamptz))
             AND (CAST(:run AS uuid) IS NULL OR f.run_id = :run)
            """;

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<Finding>> FINDINGS = new TypeReference<>() {
    };

    private final JdbcClient database;

    FeedbackStore(JdbcClient database) {
        this.database = database;
    }

    /** Keeps what a caller says of a run, in place of what the caller said before; its review begins anew. */
    UUID put(Submission given, Caller caller, List<Finding> findings) {
        database.sql("SELECT id FROM query_runs WHERE id = ? FOR UPDATE").param(given.queryId()).query(UUID.class).single();
        Optional<UUID> known = database.sql("""
                SELECT id FROM feedback WHERE run_id = :run AND (user_id = :user OR user_id IS NULL AND :user IS NULL
                    AND author = :author)
                """.replace(":user", "CAST(:user AS uuid)")).param("run", given.queryId()).param("user", caller.userId(), Types.OTHER)
                .param("author", caller.name()).query(UUID.class).optional();
        UUID id = known.orElseGet(UUID::randomUUID);
        database.sql("""
                INSERT INTO feedback (id, run_id, user_id, author, rating, corrected_query, comment, findings)
                VALUES (:id, :run, (SELECT id FROM users WHERE id = :user), :author, :rating, :correction, :comment,
                    CAST(:findings AS jsonb))
                ON CONFLICT (id) DO UPDATE SET rating = excluded.rating, corrected_query = excluded.corrected_query,
                    comment = excluded.comment, findings = excluded.findings, review = 'OPEN', reviewed_by = NULL,
                    reviewer = NULL, reviewed_at = NULL, review_comment = NULL, updated_at = now()
                """).param("id", id).param("run", given.queryId()).param("user", caller.userId(), Types.OTHER)
                .param("author", caller.name()).param("rating", given.rating(), Types.SMALLINT)
                .param("correction", given.correction(), Types.VARCHAR).param("comment", given.comment(), Types.VARCHAR)
                .param("findings", write(findings)).update();
        note(id, new Change(null, caller.name(), known.isPresent() ? "changed" : "given", given.rating(),
                given.correction(), given.comment()));
        return id;
    }

    /** That feedback, when the caller sees it. */
    Optional<Feedback> find(UUID id, Caller caller) {
        return seen(COLUMNS + FROM + "WHERE f.id = :id AND" + SEEN, caller).param("id", id).query(FeedbackStore::feedback)
                .optional();
    }

    /** That feedback, which nobody else changes until the transaction ends. */
    Optional<Feedback> lock(UUID id, Caller caller) {
        return seen(COLUMNS + FROM + "WHERE f.id = :id AND" + SEEN + " FOR UPDATE OF f", caller).param("id", id)
                .query(FeedbackStore::feedback).optional();
    }

    /** What the caller said of a run. */
    Optional<Feedback> own(UUID run, Caller caller) {
        return database.sql(COLUMNS + FROM + "WHERE f.run_id = ? AND f.user_id = CAST(? AS uuid)")
                .params(run, caller.userId()).query(FeedbackStore::feedback).optional();
    }

    /** Feedback that the caller sees, the latest first. */
    List<Feedback> list(Filter filter, Caller caller, int limit, int offset) {
        return filtered(COLUMNS + FROM + "WHERE" + SEEN + FILTERED + " ORDER BY f.updated_at DESC, f.id LIMIT :limit OFFSET :offset",
                filter, caller).param("limit", limit).param("offset", offset).query(FeedbackStore::feedback).list();
    }

    long count(Filter filter, Caller caller) {
        return filtered("SELECT count(*)" + FROM + "WHERE" + SEEN + FILTERED, filter, caller).query(Long.class).single();
    }

    /** Who gave it. */
    Optional<UUID> giver(UUID id) {
        return database.sql("SELECT user_id FROM feedback WHERE id = ?").param(id)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, UUID.class))).optional().flatMap(user -> user);
    }

    void reviewed(UUID id, Review review, String query, List<Finding> findings, Caller curator) {
        boolean decided = review.status() != Status.OPEN;
        database.sql("""
                UPDATE feedback SET review = :status, review_comment = :comment, reviewer = :reviewer,
                    reviewed_by = (SELECT id FROM users WHERE id = :user), reviewed_at = CASE WHEN :decided THEN now() END,
                    corrected_query = coalesce(:correction, corrected_query),
                    findings = CAST(:findings AS jsonb)
                WHERE id = :id
                """).param("status", review.status().name()).param("comment", review.comment(), Types.VARCHAR)
                .param("reviewer", decided ? curator.name() : null, Types.VARCHAR)
                .param("user", decided ? curator.userId() : null, Types.OTHER).param("decided", decided)
                .param("correction", query, Types.VARCHAR).param("findings", write(findings)).param("id", id).update();
    }

    void example(UUID id, UUID example) {
        database.sql("UPDATE feedback SET example_id = CAST(? AS uuid) WHERE id = ?").params(example, id).update();
    }

    boolean delete(UUID id) {
        return database.sql("DELETE FROM feedback WHERE id = ? AND example_id IS NULL").param(id).update() == 1;
    }

    void note(UUID id, Change change) {
        database.sql("""
                INSERT INTO feedback_history (feedback_id, actor, action, rating, correction, comment)
                VALUES (:id, :actor, :action, :rating, :correction, :comment)
                """).param("id", id).param("actor", change.actor()).param("action", change.action())
                .param("rating", change.rating(), Types.SMALLINT).param("correction", change.correction(), Types.VARCHAR)
                .param("comment", change.comment(), Types.VARCHAR).update();
        database.sql("""
                DELETE FROM feedback_history WHERE feedback_id = :id AND id <= (SELECT id FROM feedback_history
                    WHERE feedback_id = :id ORDER BY id DESC OFFSET :kept LIMIT 1)
                """).param("id", id).param("kept", KEPT_CHANGES).update();
    }

    /** How it came to be what it is, in order. */
    List<Change> history(UUID id) {
        return database.sql("""
                SELECT at, actor, action, rating, correction, comment FROM feedback_history WHERE feedback_id = ? ORDER BY id
                """).param(id).query((row, number) -> new Change(row.getTimestamp("at").toInstant(), row.getString("actor"),
                row.getString("action"), (Integer) row.getObject("rating"), row.getString("correction"),
                row.getString("comment"))).list();
    }

    private JdbcClient.StatementSpec filtered(String sql, Filter filter, Caller caller) {
        return seen(sql, caller).param("group", filter.schemaGroup(), Types.VARCHAR)
                .param("status", filter.status() == null ? null : filter.status().name(), Types.VARCHAR)
                .param("rating", filter.rating(), Types.INTEGER)
                .param("since", filter.since() == null ? null : filter.since().toString(), Types.VARCHAR)
                .param("run", filter.queryId(), Types.OTHER);
    }

    private JdbcClient.StatementSpec seen(String sql, Caller caller) {
        String[] groups = caller.schemaGroups() == null ? new String[0] : caller.schemaGroups().toArray(String[]::new);
        return database.sql(sql.replace(":user", "CAST(:user AS uuid)"))
                .param("everything", caller.is(Role.ADMIN) && caller.schemaGroups() == null)
                .param("user", caller.userId(), Types.OTHER).param("curator", caller.is(Role.CURATOR))
                .param("unbounded", caller.schemaGroups() == null).param("groups", groups, Types.ARRAY);
    }

    private static String write(List<Finding> findings) {
        try {
            return JSON.writeValueAsString(findings).replace("\\u0000", "\\ufffd");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Feedback feedback(ResultSet row, int number) throws SQLException {
        try {
            return new Feedback(row.getObject("id", UUID.class), row.getObject("run_id", UUID.class),
                    row.getString("question"), row.getString("query"), row.getString("dialect"), row.getString("schema_group"),
                    row.getString("datasource"), row.getString("engine").toLowerCase(Locale.ROOT),
                    (Integer) row.getObject("rating"), row.getString("corrected_query"), row.getString("comment"),
                    row.getString("author"), Status.valueOf(row.getString("review")),
                    JSON.readValue(row.getString("findings"), FINDINGS), row.getString("reviewer"), instant(row, "reviewed_at"),
                    row.getString("review_comment"), row.getObject("example_id", UUID.class), instant(row, "created_at"),
                    instant(row, "updated_at"));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
