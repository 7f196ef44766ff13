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

    /** Keeps the state before a stage. */
    public void before(QueryState state, String stage) {
        keep(state, stage, "BEFORE");
    }

    /** Keeps the state after a stage. */
    public void after(QueryState state, String stage) {
        keep(state, stage, "AFTER");
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

    private void keep(QueryState state, String stage, String moment) {
        database.sql("INSERT INTO checkpoints (run_id, stage, moment, state, node) VALUES (?, ?, ?, ?::jsonb, ?)")
                .params(state.id(), stage, moment, json.write(state), here.id()).update();
    }
}
