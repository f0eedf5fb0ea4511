-- The account of what was received: a projection of the journal.
--
-- No foreign keys: what was received is counted even when its project is gone.
--
-- Positions are those of a journal. Servers that share a catalog follow one each, named by its id;
-- the one journal of a catalog of its own is 'local'. A server on a shared catalog has a row from when it
-- first opens it, so that the others know of it.

CREATE TABLE projection_positions (
    journal  TEXT   NOT NULL,
    name     TEXT   NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (journal, name)
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
    journal     TEXT   NOT NULL,
    position    BIGINT NOT NULL,
    project_id  TEXT   NOT NULL,
    received_at BIGINT NOT NULL,
    contract    TEXT   NOT NULL,
    reason      TEXT   NOT NULL,
    detail      TEXT   NOT NULL,
    bytes       BYTEA  NOT NULL,
    resent_at   BIGINT,
    PRIMARY KEY (journal, position)
);

CREATE INDEX failed_events_by_project ON failed_events (project_id, received_at, position);
CREATE INDEX failed_events_by_age ON failed_events (received_at);
