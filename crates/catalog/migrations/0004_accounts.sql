-- The account of what was received: a projection of the journal.
--
-- No foreign keys: what was received is counted even when its project is gone.

CREATE TABLE projection_positions (
    name     TEXT   NOT NULL PRIMARY KEY,
    position BIGINT NOT NULL
);

CREATE TABLE outcomes (
    project_id TEXT   NOT NULL,
    day        BIGINT NOT NULL,
    outcome    TEXT   NOT NULL,
    reason     TEXT   NOT NULL,
    count      BIGINT NOT NULL,
    PRIMARY KEY (project_id, day, outcome, reason)
);

CREATE TABLE failed_events (
    position    BIGINT NOT NULL PRIMARY KEY,
    project_id  TEXT   NOT NULL,
    received_at BIGINT NOT NULL,
    contract    TEXT   NOT NULL,
    reason      TEXT   NOT NULL,
    detail      TEXT   NOT NULL,
    bytes       BYTEA  NOT NULL,
    resent_at   BIGINT
);

CREATE INDEX failed_events_by_project ON failed_events (project_id, position);
CREATE INDEX failed_events_by_age ON failed_events (received_at);
