package io.dragoman.approval;

import io.dragoman.pipeline.QueryState.Decision;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Approvals in the database. */
@Repository
class ApprovalStore {

    private static final String PENDING = """
            FROM approvals a JOIN query_runs r ON r.id = a.run_id
            WHERE a.status = 'PENDING' AND (?::text[] IS NULL OR r.schema_group = ANY (?::text[]))
            """;

    private final JdbcClient database;

    ApprovalStore(JdbcClient database) {
        this.database = database;
    }

    /** A run that waits, and since when. */
    record Waiting(UUID run, Instant since) {
    }

    /** Somebody has to decide on a run; does nothing when that is known. */
    void request(UUID run, String query) {
        database.sql("INSERT INTO approvals (run_id, query) VALUES (?, ?) "
                        + "ON CONFLICT (run_id) WHERE status = 'PENDING' DO UPDATE SET query = excluded.query")
                .params(run, query).update();
    }

    /** Notes a decision; false when nobody has to decide on the run any more. */
    boolean decide(UUID run, Decision decision) {
        return database.sql("""
                UPDATE approvals SET status = ?, edited_query = ?, comment = ?, decided_by = ?, decided_at = ?
                WHERE run_id = ? AND status = 'PENDING'
                """).params(decision.approved() ? "APPROVED" : "REJECTED", decision.editedQuery(), decision.comment(),
                decision.userId(), Timestamp.from(decision.at()), run).update() == 1;
    }

    /**
     * The runs that wait, the longest waiting first.
     *
     * @param groups the schema groups that are looked at; null for all
     */
    List<Waiting> pending(Set<String> groups, int limit, int offset) {
        String[] names = names(groups);
        return database.sql("SELECT a.run_id, a.created_at " + PENDING + " ORDER BY a.created_at, a.id LIMIT ? OFFSET ?")
                .params(names, names, limit, offset)
                .query((row, number) -> new Waiting(row.getObject(1, UUID.class), row.getTimestamp(2).toInstant())).list();
    }

    /** How many runs wait. */
    long count(Set<String> groups) {
        String[] names = names(groups);
        return database.sql("SELECT count(*) " + PENDING).params(names, names).query(Long.class).single();
    }

    private static String[] names(Set<String> groups) {
        return groups == null ? null : groups.toArray(String[]::new);
    }
}
