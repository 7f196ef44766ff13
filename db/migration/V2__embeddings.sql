-- Vectors of texts, so that a text is embedded once per model however often the server starts.
CREATE TABLE embeddings (
    -- Provider, model and, where chosen, dimensions; vectors of different models cannot be compared.
    model        TEXT        NOT NULL,
    -- SHA-256 of the text, in hexadecimal.
    content_hash CHAR(64)    NOT NULL,
    -- 32-bit floats, little-endian.
    vector       BYTEA       NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL DEFAULT now(),
    PRIMARY KEY (model, content_hash)
);

-- The vector that each table has. The text that was embedded is names, descriptions and synonyms, not values.
CREATE TABLE table_embeddings (
    table_id     UUID PRIMARY KEY REFERENCES table_definitions (id) ON DELETE CASCADE,
    model        TEXT     NOT NULL,
    content_hash CHAR(64) NOT NULL
);

CREATE INDEX table_embeddings_vector ON table_embeddings (model, content_hash);
