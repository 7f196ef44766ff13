-- What people asked and what came of it: conversations, runs, checkpoints, approvals, feedback; what LLMs consumed;
-- evaluations; who may call, and what they did.

CREATE TABLE users (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name          text NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 200),
    password_hash text,
    roles         text[] NOT NULL DEFAULT '{}',
    enabled       boolean NOT NULL DEFAULT true,
    created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_keys (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id      uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name         text NOT NULL,
    key_hash     bytea NOT NULL UNIQUE,
    roles        text[] NOT NULL DEFAULT '{}',
    expires_at   timestamptz,
    last_used_at timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX api_keys_by_user ON api_keys (user_id);

CREATE TABLE conversations (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    title      text,
    user_id    uuid REFERENCES users (id) ON DELETE SET NULL,
    metadata   jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX conversations_by_update ON conversations (updated_at DESC);

-- One row a finished (or waiting) run. The state is the whole QueryState but for the rows of the result.
CREATE TABLE query_runs (
    id              uuid PRIMARY KEY,
    trace_id        text NOT NULL,
    conversation_id uuid REFERENCES conversations (id) ON DELETE SET NULL,
    user_id         uuid REFERENCES users (id) ON DELETE SET NULL,
    question        text NOT NULL,
    schema_group    text,
    datasource      text,
    dialect         text,
    query           text,
    status          text NOT NULL
        CHECK (status IN ('RUNNING', 'COMPLETED', 'AWAITING_APPROVAL', 'NEEDS_CLARIFICATION', 'FAILED')),
    error_code      text,
    engine          text NOT NULL CHECK (engine IN ('LLM', 'OFFLINE')),
    degraded        boolean NOT NULL DEFAULT false,
    refinements     int NOT NULL DEFAULT 0,
    escalations     int NOT NULL DEFAULT 0,
    confidence      double precision,
    row_count       int,
    total_ms        double precision NOT NULL,
    state           jsonb NOT NULL,
    started_at      timestamptz NOT NULL,
    finished_at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX query_runs_by_start ON query_runs (started_at DESC);
CREATE INDEX query_runs_by_conversation ON query_runs (conversation_id, started_at) WHERE conversation_id IS NOT NULL;

-- The state before and after whatever waits on the outside. A checkpoint is written while its run has no row yet.
CREATE TABLE checkpoints (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id     uuid NOT NULL,
    stage      text NOT NULL,
    moment     text NOT NULL CHECK (moment IN ('BEFORE', 'AFTER')),
    state      jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX checkpoints_by_run ON checkpoints (run_id, id);

CREATE TABLE approvals (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    run_id       uuid NOT NULL REFERENCES query_runs (id) ON DELETE CASCADE,
    query        text NOT NULL,
    status       text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED', 'EXPIRED')),
    edited_query text,
    comment      text,
    decided_by   uuid REFERENCES users (id) ON DELETE SET NULL,
    decided_at   timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX approvals_by_run ON approvals (run_id);
CREATE INDEX approvals_pending ON approvals (created_at) WHERE status = 'PENDING';

CREATE TABLE messages (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    number          bigint GENERATED ALWAYS AS IDENTITY,
    conversation_id uuid NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    role            text NOT NULL CHECK (role IN ('user', 'assistant')),
    content         text NOT NULL,
    run_id          uuid REFERENCES query_runs (id) ON DELETE SET NULL,
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX messages_by_conversation ON messages (conversation_id, number);

CREATE TABLE feedback (
    id              uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    run_id          uuid NOT NULL REFERENCES query_runs (id) ON DELETE CASCADE,
    user_id         uuid REFERENCES users (id) ON DELETE SET NULL,
    rating          smallint CHECK (rating IN (-1, 1)),
    corrected_query text,
    comment         text,
    review          text NOT NULL DEFAULT 'OPEN' CHECK (review IN ('OPEN', 'ACCEPTED', 'REJECTED')),
    reviewed_by     uuid REFERENCES users (id) ON DELETE SET NULL,
    reviewed_at     timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX feedback_by_run ON feedback (run_id);
CREATE INDEX feedback_open ON feedback (created_at) WHERE review = 'OPEN';

-- Mistakes that were made once and how they were mended, for prompts and for the offline refiner.
CREATE TABLE prior_fixes (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    schema_group text,
    dialect      text NOT NULL,
    finding_code text NOT NULL,
    wrong_query  text NOT NULL,
    right_query  text NOT NULL,
    explanation  text,
    uses         int NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX prior_fixes_by_code ON prior_fixes (dialect, finding_code);

CREATE TABLE llm_calls (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    run_id        uuid,
    stage         text NOT NULL,
    provider      text NOT NULL,
    model         text NOT NULL,
    input_tokens  bigint NOT NULL DEFAULT 0,
    output_tokens bigint NOT NULL DEFAULT 0,
    cost_usd      numeric(14, 8) NOT NULL DEFAULT 0,
    latency_ms    double precision NOT NULL,
    error         text,
    created_at    timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX llm_calls_by_run ON llm_calls (run_id);
CREATE INDEX llm_calls_by_time ON llm_calls (created_at);

CREATE TABLE evaluations (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    name         text NOT NULL,
    schema_group text NOT NULL,
    engine       text NOT NULL,
    total        int NOT NULL,
    correct      int NOT NULL,
    report       jsonb NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE audit_log (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT now(),
    user_id    uuid REFERENCES users (id) ON DELETE SET NULL,
    action     text NOT NULL,
    subject    text,
    trace_id   text,
    details    jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_by_time ON audit_log (at DESC);
