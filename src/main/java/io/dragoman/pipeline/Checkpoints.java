package io.dragoman.pipeline;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the state before and after whatever waits on the outside, so that a run can be taken up again. */
@Component("checkpoints")
class Checkpoints {

    private final JdbcClient database;
    private final StateJson json;

    Checkpoints(JdbcClient database, StateJson json) {
        this.database = database;
        this.json = json;
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
    Optional<QueryState> last(UUID run) {
        return database.sql("SELECT state FROM checkpoints WHERE run_id = ? ORDER BY id DESC LIMIT 1").param(run)
                .query(String.class).optional().map(json::read);
    }

    private void keep(QueryState state, String stage, String moment) {
        database.sql("INSERT INTO checkpoints (run_id, stage, moment, state) VALUES (?, ?, ?, ?::jsonb)")
                .params(state.id(), stage, moment, json.write(state)).update();
    }
}
