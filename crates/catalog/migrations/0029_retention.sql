-- What is removed for its age: the runs that do it, the instants before which it stays removed, and what the
-- removed facts of contacts had made of them.

-- Rows of a kind that are older than this stay removed: none is stored again.
CREATE TABLE retention_floors (
    project_id     TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    removed_before BIGINT NOT NULL,
    PRIMARY KEY (project_id, kind)
);

-- One run of a project's kind a UTC day (days since 1970-01-01). `journal` names the server whose lake a run of
-- events is about; it is empty for what servers share. What a run removes is null until it was counted.
CREATE TABLE retention_runs (
    project_id     TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    journal        TEXT   NOT NULL,
    day            BIGINT NOT NULL,
    removes_before BIGINT NOT NULL,
    started_at     BIGINT NOT NULL,
    finished_at    BIGINT,
    leased_by      TEXT   NOT NULL,
    leased_until   BIGINT NOT NULL,
    removed_rows   BIGINT,
    removed_bytes  BIGINT,
    PRIMARY KEY (project_id, kind, journal, day)
);

CREATE INDEX retention_runs_by_day ON retention_runs (day);

-- The fold of a contact's facts that are no longer stored, as JSON, with the sessions they named.
CREATE TABLE crm_checkpoints (
    project_id TEXT NOT NULL,
    contact_id TEXT NOT NULL,
    checkpoint TEXT NOT NULL,
    PRIMARY KEY (project_id, contact_id)
);

-- Age is asked for by project now.
DROP INDEX user_sessions_by_age;
DROP INDEX session_threads_by_age;
DROP INDEX session_recordings_by_age;
DROP INDEX friction_screenshots_by_age;

CREATE INDEX user_sessions_by_age ON user_sessions (project_id, last_activity_at);
CREATE INDEX session_threads_by_age ON session_threads (project_id, first_at);
CREATE INDEX session_recordings_by_end ON session_recordings (project_id, ended_at);
CREATE INDEX session_recordings_by_age ON session_recordings (project_id, received_at);
CREATE INDEX friction_screenshots_by_age ON friction_screenshots (project_id, received_at);
CREATE INDEX lead_signals_by_age ON lead_signals (project_id, occurred_at);
