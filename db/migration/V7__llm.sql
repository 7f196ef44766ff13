-- What is kept of each LLM call for the ledger: who caused it, which prompt, and how it went.
ALTER TABLE llm_calls
    ADD COLUMN caller text NOT NULL DEFAULT 'local',
    ADD COLUMN schema_group text,
    ADD COLUMN prompt text,
    ADD COLUMN prompt_hash text,
    ADD COLUMN cached_tokens bigint NOT NULL DEFAULT 0,
    ADD COLUMN outcome text NOT NULL DEFAULT 'ok';
ALTER TABLE llm_calls DROP COLUMN error;
