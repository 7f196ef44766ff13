-- Connections to the databases that queries run on. Secrets are encrypted by the application (AES-GCM); the rest is shown.
create table datasources (
    id          uuid primary key,
    name        text        not null unique,
    dialect     text        not null,
    url         text        not null,
    username    text,
    options     jsonb       not null default '{}'::jsonb,
    secrets     bytea,
    description text,
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now()
);

-- Sample worlds that were loaded once; a removed one stays recorded, so that it does not come back.
create table sample_worlds (
    name      text primary key,
    loaded_at timestamptz not null default now()
);
