package io.dragoman.pipeline;

import io.dragoman.cluster.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the state before and after whatever waits on the outside, so that a run can be taken up again. */
@Component("checkpoints")
class Checkpoints {

    private static final String KEEP = """
            INSERT INTO checkpoints (run_id, stage, moment, state, node)
            SELECT ?::uuid, ?::text, ?::text, ?::jsonb, ?::uuid
            """;
    /** The setting holds for this statement, which is a transaction of its own. */
    private static final String KEEP_WITH_NEXT = KEEP + "WHERE set_config('synchronous_commit', 'off', true) = 'off'";

    private final JdbcClient database;
    private final StateJson json;
    private final Node here;

    Checkpoints(JdbcClient database, StateJson json, Node here) {
        this.database = database;
        this.json = json;
        this.here = here;
    }

    /**
     * A state that was kept.
     *
     * @param node the server that worked at the run; null when it is not known
     */
    record Kept(QueryState state, UUID node) {
    }

    /**
     * Keeps the state before a stage, on the database's disk when this returns. A state with rows is not kept: the rows
     * would not be, so that the state that was kept before them says as much.
     */
    public void before(QueryState state, String stage) {
        if (state.results() == null) {
            keep(KEEP, state, stage, "BEFORE");
        }
    }

    /**
     * Keeps the state before a stage that an LLM does, which asks for no flush of its own: the call is written into the ledger
     * before its reply is used, and that flushes all that was written before.
     */
    public void beforeCall(QueryState state, String stage) {
        if (state.results() == null) {
            keep(KEEP_WITH_NEXT, state, stage, "BEFORE");
        }
    }

    /** Keeps the state after a stage; it is flushed with what is written next. */
    public void after(QueryState state, String stage) {
        keep(KEEP_WITH_NEXT, state, stage, "AFTER");
    }

    /** The last state that was kept of a run; empty when none was. */
    Optional<Kept> last(UUID run) {
        return database.sql("SELECT state, node FROM checkpoints WHERE run_id = ? ORDER BY id DESC LIMIT 1").param(run)
                .query((row, number) -> new Kept(json.read(row.getString("state")), row.getObject("node", UUID.class)))
                .optional();
    }

    /** Forgets what is older than that. */
    void forget(Duration older) {
        database.sql("DELETE FROM checkpoints WHERE created_at < now() - ? * interval '1 millisecond'").param(older.toMillis())
                .update();
    }

    private void keep(String insert, QueryState state, String stage, String moment) {
        database.sql(insert).params(state.id(), stage, moment, json.write(state), here.id()).update();
    }
}
