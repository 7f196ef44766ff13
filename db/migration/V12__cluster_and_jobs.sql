-- Several servers on one database: who runs, what changed, and the questions that are answered later.

-- A row a running server; one that stopped beating is dead.
CREATE TABLE nodes (
    id         uuid PRIMARY KEY,
    name       text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now()
);

-- What other servers have to read anew. A row is written in the transaction of its change and kept for an hour. Ids are given
-- before their transactions end, so servers read on by transaction and not by id.
CREATE TABLE changes (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    node uuid NOT NULL,
    kind text NOT NULL,
    key  text,
    at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX changes_by_xact ON changes (xact);
CREATE INDEX changes_by_time ON changes (at);

-- Which server works at the run that a checkpoint belongs to.
ALTER TABLE checkpoints ADD COLUMN node uuid;
CREATE INDEX checkpoints_by_time ON checkpoints (created_at);

-- A question that is answered later; its id is that of its run. The one who holds the lease works at it; the fence counts the
-- leases, and who comes with an earlier one writes nothing any more.
CREATE TABLE jobs (
    id               uuid PRIMARY KEY,
    trace_id         text NOT NULL,
    user_id          uuid REFERENCES users (id) ON DELETE CASCADE,
    caller           jsonb NOT NULL,
    address          text,
    idempotency_key  text,
    body_hash        bytea NOT NULL,
    question         jsonb NOT NULL,
    status           text NOT NULL DEFAULT 'QUEUED' CHECK (status IN ('QUEUED', 'RUNNING', 'COMPLETED', 'NEEDS_CLARIFICATION',
                         'AWAITING_APPROVAL', 'REJECTED', 'FAILED', 'CANCELLED')),
    priority         smallint NOT NULL CHECK (priority BETWEEN 0 AND 9),
    -- Callers take turns: the n-th job of each comes before the next of any.
    turn             bigint NOT NULL,
    attempts         int NOT NULL DEFAULT 0,
    fence            bigint NOT NULL DEFAULT 0,
    node             uuid,
    lease_until      timestamptz,
    available_at     timestamptz NOT NULL DEFAULT now(),
    cancel_requested boolean NOT NULL DEFAULT false,
    stages           jsonb NOT NULL DEFAULT '[]',
    -- The reply as JSON, compressed; the rows of the answer are in it until the job is cleaned up.
    result           bytea,
    error            jsonb,
    submitted_at     timestamptz NOT NULL DEFAULT now(),
    started_at       timestamptz,
    finished_at      timestamptz
);
CREATE UNIQUE INDEX jobs_by_idempotency_key ON jobs (user_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX jobs_queued ON jobs (turn, priority DESC, submitted_at) WHERE status = 'QUEUED';
CREATE INDEX jobs_queued_by_user ON jobs (user_id, turn) WHERE status = 'QUEUED';
CREATE INDEX jobs_running ON jobs (lease_until) WHERE status = 'RUNNING';
CREATE INDEX jobs_by_user ON jobs (user_id, submitted_at DESC);
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;
