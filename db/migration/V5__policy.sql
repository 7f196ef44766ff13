-- The policy as it was edited, one row a version; while there is none, the file's counts.
CREATE TABLE policy_versions (
    version    bigint PRIMARY KEY CHECK (version > 0),
    content    text NOT NULL,
    changed_by text NOT NULL,
    user_id    uuid REFERENCES users (id) ON DELETE SET NULL,
    comment    text,
    -- The earlier version whose content was put in force again; 0 is the file's.
    restored   bigint,
    changed_at timestamptz NOT NULL DEFAULT now()
);
