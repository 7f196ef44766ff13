-- Who may call and what they see; keys as they are recognised, scoped, revoked; an audit log that only grows.

ALTER TABLE users
    -- Names of the schema groups and datasources that the user sees; null for all.
    ADD COLUMN schema_groups        text[],
    ADD COLUMN data_sources         text[],
    ADD COLUMN must_change_password boolean NOT NULL DEFAULT false,
    -- Issuer and subject of a user who signs in by OpenID Connect.
    ADD COLUMN external_id          text UNIQUE,
    ADD COLUMN last_sign_in_at      timestamptz,
    ADD COLUMN updated_at           timestamptz NOT NULL DEFAULT now();

ALTER TABLE api_keys
    -- The first characters, by which people recognise a key.
    ADD COLUMN prefix        text NOT NULL DEFAULT '',
    -- What of the user's sight the key has; null for all of it.
    ADD COLUMN schema_groups text[],
    ADD COLUMN data_sources  text[],
    ADD COLUMN loopback_only boolean NOT NULL DEFAULT false,
    ADD COLUMN revoked_at    timestamptz;

CREATE INDEX query_runs_by_user ON query_runs (user_id, started_at DESC);
CREATE INDEX conversations_by_user ON conversations (user_id, updated_at DESC);

-- The log keeps who it was when the user is gone.
ALTER TABLE audit_log DROP CONSTRAINT audit_log_user_id_fkey;
ALTER TABLE audit_log
    ADD COLUMN actor      text NOT NULL DEFAULT 'server',
    ADD COLUMN credential text,
    ADD COLUMN address    text,
    ADD COLUMN status     int;
CREATE INDEX audit_log_by_actor ON audit_log (actor, id DESC);
CREATE INDEX audit_log_by_action ON audit_log (action, id DESC);

CREATE FUNCTION refuse_change_of_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit log only grows: % is not possible', TG_OP;
END
$$;
CREATE TRIGGER audit_log_only_grows BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit_log();
CREATE TRIGGER audit_log_is_not_emptied BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_log();
