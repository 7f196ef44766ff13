-- What mended a query once, shown to LLMs that are about to make the same mistake. Nothing wrote the table before.
DROP INDEX prior_fixes_by_code;
DELETE FROM prior_fixes;
ALTER TABLE prior_fixes
    DROP COLUMN schema_group,
    DROP COLUMN explanation,
    DROP COLUMN uses,
    ADD COLUMN schema_group_id uuid NOT NULL REFERENCES schema_groups (id) ON DELETE CASCADE,
    ADD COLUMN question text NOT NULL,
    ADD COLUMN message text NOT NULL;
CREATE INDEX prior_fixes_latest ON prior_fixes (schema_group_id, dialect, created_at DESC);
CREATE UNIQUE INDEX prior_fixes_once ON prior_fixes (schema_group_id, dialect, finding_code, md5(wrong_query));
