-- The requests that were taken from queues, so that each is answered once. The reply is kept until it was sent; the rest is
-- removed some time later.
CREATE TABLE jms_requests (
    key       bytea PRIMARY KEY,
    broker_id bigint NOT NULL,
    reply     bytea,
    taken_at  timestamptz NOT NULL DEFAULT now(),
    sent_at   timestamptz
);

CREATE INDEX jms_requests_taken ON jms_requests (taken_at);
