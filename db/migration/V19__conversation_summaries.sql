-- What was asked in a conversation before its latest questions, summed up by an LLM for the prompts of later ones. By schema
-- group, as whoever may not see a group any more is not told of what was asked of it.
CREATE TABLE conversation_summaries (
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    schema_group    text NOT NULL,
    summary         text NOT NULL,
    until           timestamptz NOT NULL,
    PRIMARY KEY (conversation_id, schema_group)
);
