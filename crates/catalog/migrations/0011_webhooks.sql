-- Who is told of changes of contacts and tasks, and the messages.

CREATE TABLE webhooks (
    id              TEXT   NOT NULL PRIMARY KEY,
    project_id      TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    url             TEXT   NOT NULL,
    description     TEXT   NOT NULL,
    -- A JSON list of types.
    kinds           TEXT   NOT NULL,
    is_active       BIGINT NOT NULL CHECK (is_active IN (0, 1)),
    -- What messages are signed with, which must be known to sign.
    secret          TEXT   NOT NULL,
    previous_secret TEXT,
    previous_until  BIGINT,
    created_at      BIGINT NOT NULL,
    failing_since   BIGINT,
    last_failed_at  BIGINT,
    disabled_at     BIGINT,
    disabled_reason TEXT
);

CREATE INDEX webhooks_by_project ON webhooks (project_id, created_at);

-- Messages, in the transaction of the change they tell of. No foreign key to webhooks: a webhook that
-- is deleted at that moment must not keep the change from being stored. Messages without a webhook are
-- never sent, and removed in time.
CREATE TABLE webhook_deliveries (
    id              TEXT   NOT NULL PRIMARY KEY,
    webhook_id      TEXT   NOT NULL,
    project_id      TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    occurred_at     BIGINT NOT NULL,
    -- Counts the changes of the project's contacts.
    revision        BIGINT NOT NULL,
    body            TEXT   NOT NULL,
    status          TEXT   NOT NULL,
    attempts        BIGINT NOT NULL,
    -- Attempts made before it was last asked to be sent again.
    earlier_rounds  BIGINT NOT NULL,
    due_at          BIGINT NOT NULL,
    -- Until when somebody is trying to send it.
    lease_until     BIGINT NOT NULL,
    last_attempt_at BIGINT,
    duration_ms     BIGINT,
    answered_status BIGINT,
    answer          TEXT,
    trouble         TEXT,
    finished_at     BIGINT
);

CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, revision, id);
CREATE INDEX webhook_deliveries_by_time ON webhook_deliveries (status, due_at);
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (finished_at);
