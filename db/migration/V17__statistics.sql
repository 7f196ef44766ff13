-- What runs came to, by day (UTC) of their start. The rows of a day are written anew when a run of that day changed.

-- Milliseconds by stage, beside the state, which is too large to be read for a count.
ALTER TABLE query_runs ADD COLUMN stage_ms jsonb;
UPDATE query_runs SET stage_ms = (
    SELECT coalesce(jsonb_object_agg(stage, ms), '{}') FROM (
        SELECT one ->> 'name' AS stage, sum((one ->> 'elapsedMs')::double precision) AS ms
        FROM jsonb_array_elements(state -> 'stages') AS one GROUP BY 1) AS stages);
CREATE INDEX query_runs_by_finish ON query_runs (finished_at);

CREATE TABLE run_statistics (
    day          date   NOT NULL,
    -- Empty for runs that are about none; the like for error codes.
    schema_group text   NOT NULL,
    engine       text   NOT NULL,
    status       text   NOT NULL,
    error_code   text   NOT NULL,
    runs         bigint NOT NULL,
    refined      bigint NOT NULL,
    escalated    bigint NOT NULL,
    degraded     bigint NOT NULL,
    retried      bigint NOT NULL,
    PRIMARY KEY (day, schema_group, engine, status, error_code)
);

-- How many runs took how long. Bucket n holds what took up to 1.1 to the power of n milliseconds.
CREATE TABLE stage_statistics (
    day          date     NOT NULL,
    schema_group text     NOT NULL,
    stage        text     NOT NULL,
    bucket       smallint NOT NULL,
    runs         bigint   NOT NULL,
    PRIMARY KEY (day, schema_group, stage, bucket)
);

-- Up to when changes of runs are in the rows above.
CREATE TABLE statistics_progress (
    one   boolean PRIMARY KEY DEFAULT true CHECK (one),
    until timestamptz NOT NULL
);
INSERT INTO statistics_progress (until) VALUES ('1970-01-01T00:00:00Z');
