-- Feedback as curators work on it: who gave it, what became of it, and the example that came of it.
ALTER TABLE feedback
    -- The name of who gave it, which stays when the user is gone.
    ADD COLUMN author         text NOT NULL DEFAULT '',
    ADD COLUMN updated_at     timestamptz NOT NULL DEFAULT now(),
    -- What the checks said of the correction when it was last looked at, as an array of findings.
    ADD COLUMN findings       jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN reviewer       text,
    ADD COLUMN review_comment text,
    -- The example that says the same; null while it is not promoted.
    ADD COLUMN example_id     uuid REFERENCES schema_examples (id) ON DELETE SET NULL;

-- Of what was given twice for a run before, the last counts.
DELETE FROM feedback f USING feedback later
    WHERE f.run_id = later.run_id AND f.user_id = later.user_id AND (f.created_at, f.id) < (later.created_at, later.id);
CREATE UNIQUE INDEX feedback_one_a_caller ON feedback (run_id, user_id) WHERE user_id IS NOT NULL;
CREATE INDEX feedback_by_time ON feedback (created_at DESC);
CREATE INDEX feedback_by_example ON feedback (example_id) WHERE example_id IS NOT NULL;

-- How feedback came to be what it is, the last 100 changes of each.
CREATE TABLE feedback_history (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    feedback_id uuid NOT NULL REFERENCES feedback (id) ON DELETE CASCADE,
    at          timestamptz NOT NULL DEFAULT now(),
    actor       text NOT NULL,
    action      text NOT NULL CHECK (action IN ('given', 'changed', 'accepted', 'rejected', 'reopened', 'promoted', 'demoted')),
    rating      smallint,
    correction  text,
    comment     text
);
CREATE INDEX feedback_history_by_feedback ON feedback_history (feedback_id, id);

-- The feedback that an example was made of; null for one that a curator wrote or changed.
ALTER TABLE schema_examples ADD COLUMN feedback_id uuid REFERENCES feedback (id) ON DELETE SET NULL;
CREATE INDEX schema_examples_by_feedback ON schema_examples (feedback_id) WHERE feedback_id IS NOT NULL;

-- A run that writes the query of another anew, with what was said of it.
ALTER TABLE query_runs ADD COLUMN retry_of uuid;
CREATE INDEX query_runs_by_retry ON query_runs (retry_of) WHERE retry_of IS NOT NULL;
