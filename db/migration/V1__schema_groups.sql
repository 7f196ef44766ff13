-- Schema groups: what the server knows of the databases it interprets to.

CREATE TABLE schema_groups (
    id          UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    name        VARCHAR(255) NOT NULL UNIQUE CHECK (name <> ''),
    description TEXT,
    -- Grows with every change of the group or of anything in it.
    version     BIGINT      NOT NULL DEFAULT 1,
    created_at  TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at  TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE TABLE schema_definitions (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    seq             BIGINT GENERATED ALWAYS AS IDENTITY,
    schema_group_id UUID         NOT NULL REFERENCES schema_groups (id) ON DELETE CASCADE,
    name            VARCHAR(255) NOT NULL CHECK (name <> ''),
    description     TEXT,
    dialect         VARCHAR(64),
    datasource      VARCHAR(255),
    created_at      TIMESTAMPTZ  NOT NULL DEFAULT now(),
    UNIQUE (schema_group_id, name)
);

CREATE TABLE table_definitions (
    id           UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    schema_id    UUID         NOT NULL REFERENCES schema_definitions (id) ON DELETE CASCADE,
    table_name   VARCHAR(255) NOT NULL CHECK (table_name <> ''),
    description  TEXT,
    synonyms     JSONB        NOT NULL DEFAULT '[]',
    -- An array in the table's order, each element as the wire format spells a column.
    columns      JSONB        NOT NULL DEFAULT '[]',
    row_count    BIGINT,
    -- SHA-256 in hexadecimal of name, description, synonyms and columns; row and distinct counts do not count.
    content_hash CHAR(64)     NOT NULL,
    -- Weights: A names and synonyms, B column names and their synonyms, C descriptions, D sample values.
    search_text  TSVECTOR     NOT NULL,
    created_at   TIMESTAMPTZ  NOT NULL DEFAULT now(),
    updated_at   TIMESTAMPTZ  NOT NULL DEFAULT now(),
    UNIQUE (schema_id, table_name)
);

CREATE INDEX table_definitions_search_text ON table_definitions USING gin (search_text);
CREATE INDEX table_definitions_content_hash ON table_definitions (content_hash);

CREATE TABLE table_relationships (
    id                UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    seq               BIGINT GENERATED ALWAYS AS IDENTITY,
    schema_group_id   UUID        NOT NULL REFERENCES schema_groups (id) ON DELETE CASCADE,
    source_table_id   UUID        NOT NULL REFERENCES table_definitions (id) ON DELETE CASCADE,
    target_table_id   UUID        NOT NULL REFERENCES table_definitions (id) ON DELETE CASCADE,
    relationship_type VARCHAR(50) NOT NULL
        CHECK (relationship_type IN ('many_to_one', 'one_to_many', 'one_to_one', 'many_to_many', 'as_of')),
    -- [{"source_key": "user_id", "target_key": "id"}, …]
    join_keys         JSONB       NOT NULL,
    created_at        TIMESTAMPTZ NOT NULL DEFAULT now(),
    UNIQUE (source_table_id, target_table_id, join_keys)
);

CREATE INDEX table_relationships_group ON table_relationships (schema_group_id);
CREATE INDEX table_relationships_target ON table_relationships (target_table_id);

CREATE TABLE schema_examples (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    seq             BIGINT GENERATED ALWAYS AS IDENTITY,
    schema_group_id UUID        NOT NULL REFERENCES schema_groups (id) ON DELETE CASCADE,
    question        TEXT        NOT NULL CHECK (question <> ''),
    query           TEXT        NOT NULL CHECK (query <> ''),
    dialect         VARCHAR(64),
    explanation     TEXT,
    created_at      TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE UNIQUE INDEX schema_examples_question
    ON schema_examples (schema_group_id, md5(question), coalesce(dialect, ''));

CREATE TABLE glossary_directives (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    seq             BIGINT GENERATED ALWAYS AS IDENTITY,
    schema_group_id UUID         NOT NULL REFERENCES schema_groups (id) ON DELETE CASCADE,
    directive_key   VARCHAR(255) NOT NULL CHECK (directive_key <> ''),
    directive_value TEXT         NOT NULL,
    context         TEXT,
    expression      TEXT,
    created_at      TIMESTAMPTZ  NOT NULL DEFAULT now(),
    UNIQUE (schema_group_id, directive_key)
);

CREATE TABLE synonyms (
    id              UUID PRIMARY KEY DEFAULT gen_random_uuid(),
    seq             BIGINT GENERATED ALWAYS AS IDENTITY,
    schema_group_id UUID          NOT NULL REFERENCES schema_groups (id) ON DELETE CASCADE,
    term            VARCHAR(255)  NOT NULL CHECK (term <> ''),
    target          VARCHAR(1024) NOT NULL CHECK (target <> ''),
    created_at      TIMESTAMPTZ   NOT NULL DEFAULT now(),
    UNIQUE (schema_group_id, term, target)
);
