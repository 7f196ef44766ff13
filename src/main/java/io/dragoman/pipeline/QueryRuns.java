package io.dragoman.pipeline;

import io.dragoman.cluster.Nodes;
import io.dragoman.pipeline.QueryState.Engine;
import io.dragoman.pipeline.QueryState.Status;
import io.dragoman.security.Caller;
import io.dragoman.security.CurrentCall;
import io.dragoman.security.Role;
import java.sql.Timestamp;
import java.util.Optional;
import java.util.UUID;
import org.apache.camel.ExchangeProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The runs that ended or wait for somebody, as they can be read back. Thread-safe. */
@Service("runs")
public class QueryRuns {

    private final JdbcClient database;
    private final StateJson json;
    private final Checkpoints checkpoints;
    private final Cancellations cancellations;
    private final Nodes nodes;
    private final TransactionTemplate transaction;

    QueryRuns(JdbcClient database, StateJson json, Checkpoints checkpoints, Cancellations cancellations, Nodes nodes,
            TransactionTemplate transaction) {
        this.cancellations = cancellations;
        this.database = database;
        this.json = json;
        this.checkpoints = checkpoints;
        this.nodes = nodes;
        this.transaction = transaction;
    }

    /**
     * The run of that id, without the rows of its result; empty when there is none that the present caller sees. One that goes
     * on is as it was when it began to wait on the outside; one whose server is gone is {@link Status#INTERRUPTED}.
     */
    public Optional<QueryState> find(UUID id) {
        Optional<QueryState> kept = kept(id);
        if (kept.isPresent() && kept.get().status() != Status.RUNNING) {
            return kept;
        }
        Optional<Checkpoints.Kept> last = checkpoints.last(id);
        QueryState run = kept.or(() -> last.map(Checkpoints.Kept::state).filter(QueryRuns::asked)).orElse(null);
        if (run == null) {
            return Optional.empty();
        }
        boolean goesOn = cancellations.going(id)
                || last.map(Checkpoints.Kept::node).filter(nodes::elsewhere).isPresent();
        return Optional.of(run.revise().status(goesOn ? Status.RUNNING : Status.INTERRUPTED).done());
    }

    /** Whether the present caller asked that, or sees what everybody asked; within what groups the caller sees. */
    private static boolean asked(QueryState state) {
        return CurrentCall.current().owns(state.question().caller().userId()) && withinSight(state);
    }

    /**
     * Whether the present caller sees the schema group of a run, or when it came to none, all those that its caller saw: why it
     * came to none can name them.
     */
    static boolean withinSight(QueryState state) {
        Caller caller = CurrentCall.current();
        return state.retrieval() == null ? caller.seesAllOf(state.question().caller())
                : caller.sees(state.retrieval().group());
    }

    private record Row(UUID owner, QueryState state) {
    }

    private Optional<QueryState> kept(UUID id) {
        return database.sql("SELECT user_id, state FROM query_runs WHERE id = ?").param(id)
                .query((row, number) -> new Row(row.getObject("user_id", UUID.class), json.read(row.getString("state"))))
                .optional().filter(QueryRuns::sees).map(Row::state);
    }

    /** People see their own runs, approvers those that wait for one, administrators all; within what groups they see. */
    private static boolean sees(Row run) {
        Caller caller = CurrentCall.current();
        return withinSight(run.state()) && (caller.owns(run.owner())
                || run.state().status() == Status.AWAITING_APPROVAL && caller.is(Role.APPROVER));
    }

    /** Ends a run that did not fail, unless somebody is asked. */
    public QueryState complete(QueryState state) {
        return state.status() == Status.RUNNING ? state.revise().status(Status.COMPLETED).done() : state;
    }

    /** The run waits for somebody to approve its query; what was kept of it on its way is in the database. */
    public QueryState await(QueryState state) {
        checkpoints.flush();
        return state.revise().status(Status.AWAITING_APPROVAL).done();
    }

    /**
     * Keeps a run, and before it what was kept of it on its way; one that was resumed takes the place of what it was. A caller
     * with a transaction has the other brought to the database before it.
     *
     * @param listener of the run; when that is a {@link LeasedRun}, the run is kept only while its lease is held
     */
    public void keep(QueryState state, @ExchangeProperty(QueryPipeline.LISTENER) ProgressListener listener) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            checkpoints.flush();
        }
        if (listener instanceof LeasedRun leased) {
            transaction.executeWithoutResult(status -> {
                leased.requireLease();
                write(state);
            });
        } else {
            write(state);
        }
    }

    private void write(QueryState state) {
        boolean drafted = state.draft() != null;
        database.sql("""
                INSERT INTO query_runs (id, trace_id, conversation_id, user_id, question, schema_group, datasource, dialect, query,
                    status, error_code, engine, degraded, refinements, escalations, confidence, row_count, total_ms, state,
                    started_at, retry_of, stage_ms)
                VALUES (?, ?, (SELECT id FROM conversations WHERE id = ?), (SELECT id FROM users WHERE id = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb)
                ON CONFLICT (id) DO UPDATE SET trace_id = excluded.trace_id, status = excluded.status,
                    error_code = excluded.error_code, schema_group = excluded.schema_group, datasource = excluded.datasource,
                    dialect = excluded.dialect, query = excluded.query, engine = excluded.engine, degraded = excluded.degraded,
                    refinements = excluded.refinements, escalations = excluded.escalations,
                    confidence = excluded.confidence, row_count = excluded.row_count,
                    total_ms = excluded.total_ms, state = excluded.state, stage_ms = excluded.stage_ms,
                    finished_at = now()
                """)
                .params(state.id(), state.traceId(), state.question().conversationId(), state.question().caller().userId(),
                        state.question().text(),
                        state.retrieval() == null ? null : state.retrieval().group(),
                        state.analysis() == null ? null : state.analysis().datasource(),
                        drafted ? state.draft().dialect() : null, drafted ? state.draft().query() : null,
                        state.status().name(), state.failure() == null ? null : state.failure().code().name(),
                        (drafted ? state.draft().engine() : Engine.OFFLINE).name(), state.degradation() != null,
                        state.refinements(), state.escalations(), drafted ? state.draft().confidence() : null,
                        state.results() == null ? null : state.results().rowCount(), state.totalMs(), json.write(state),
                        Timestamp.from(state.startedAt()), state.retry() == null ? null : state.retry().run(),
                        json.write(state.stageMs()))
                .update();
    }
}
