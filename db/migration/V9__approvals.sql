-- A run whose query a person rejected ends as that; and nobody is asked twice at a time.
ALTER TABLE query_runs DROP CONSTRAINT query_runs_status_check;
ALTER TABLE query_runs ADD CONSTRAINT query_runs_status_check
    CHECK (status IN ('RUNNING', 'COMPLETED', 'AWAITING_APPROVAL', 'NEEDS_CLARIFICATION', 'REJECTED', 'FAILED'));
CREATE UNIQUE INDEX approvals_one_pending ON approvals (run_id) WHERE status = 'PENDING';
