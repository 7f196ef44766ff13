package io.dragoman.pipeline;

import io.dragoman.cluster.Node;
import io.dragoman.storage.WriteBehind;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps the state before and after whatever waits on the outside, so that a run can be taken up again. It is in the database a
 * few milliseconds later at the latest (see {@link WriteBehind}), and before the run is. Of a run that has gone on by then only
 * the last state before a stage is written. Thread-safe.
 */
@Component("checkpoints")
class Checkpoints {

    private static final String KEEP = """
            INSERT INTO checkpoints (run_id, stage, moment, state, node)
            SELECT ?::uuid, ?::text, ?::text, ?::jsonb, ?::uuid""" + WriteBehind.WITHOUT_FLUSH;

    private final JdbcClient database;
    private final WriteBehind rows;
    private final StateJson json;
    private final Node here;

    Checkpoints(JdbcClient database, WriteBehind rows, StateJson json, Node here) {
        this.database = database;
        this.rows = rows;
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

    private record Before(UUID run) {
    }

    /**
     * Keeps the state before a stage. A state with rows is not kept: the rows would not be, so that the state that was kept
     * before them says as much.
     */
    public void before(QueryState state, String stage) {
        if (state.results() == null) {
            keep(new Before(state.id()), state, stage, "BEFORE");
        }
    }

    /** Keeps the state after a stage. */
    public void after(QueryState state, String stage) {
        keep(null, state, stage, "AFTER");
    }

    /** Returns when all that was to be kept is in the database. */
    void flush() {
        rows.flush();
    }

    /** The last state that was kept of a run; empty when none was. */
    Optional<Kept> last(UUID run) {
        rows.flush();
        return database.sql("SELECT state, node FROM checkpoints WHERE run_id = ? ORDER BY id DESC LIMIT 1").param(run)
                .query((row, number) -> new Kept(json.read(row.getString("state")), row.getObject("node", UUID.class)))
                .optional();
    }

    /** Forgets what is older than that. */
    void forget(Duration older) {
        database.sql("DELETE FROM checkpoints WHERE created_at < now() - ? * interval '1 millisecond'").param(older.toMillis())
                .update();
    }

    private void keep(Object key, QueryState state, String stage, String moment) {
        rows.later(key, KEEP, () -> new Object[] {state.id(), stage, moment, json.write(state), here.id()});
    }
}
