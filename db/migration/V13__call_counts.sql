-- How many calls each key and address made at all servers together, which add theirs a few times a second and so share the limits
-- of calls. Nothing is lost when it is: unlogged.
CREATE UNLOGGED TABLE call_counts (
    bucket     text PRIMARY KEY,
    calls      bigint NOT NULL,
    counted_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
