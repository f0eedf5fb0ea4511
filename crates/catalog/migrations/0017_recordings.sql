-- Recordings of visits, their parts, and pictures of pages. They themselves are blobs, named by these ids. Times
-- are by our clock; `clock_offset` is what was added to the browser's, in microseconds.

CREATE TABLE session_recordings (
    project_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    session_id   TEXT   NOT NULL,
    visitor_id   TEXT,
    user_id      TEXT,
    page_url     TEXT,
    clock_offset BIGINT NOT NULL,
    started_at   BIGINT NOT NULL,
    ended_at     BIGINT NOT NULL,
    chunks       BIGINT NOT NULL,
    events       BIGINT NOT NULL,
    bytes        BIGINT NOT NULL,
    received_at  BIGINT NOT NULL,
    PRIMARY KEY (project_id, id)
);

CREATE INDEX session_recordings_by_start ON session_recordings (project_id, started_at, id);
CREATE INDEX session_recordings_by_session ON session_recordings (project_id, session_id);
CREATE INDEX session_recordings_by_visitor ON session_recordings (project_id, visitor_id);
CREATE INDEX session_recordings_by_user ON session_recordings (project_id, user_id);
CREATE INDEX session_recordings_by_age ON session_recordings (received_at);

CREATE TABLE recording_chunks (
    project_id   TEXT   NOT NULL,
    recording_id TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    started_at   BIGINT NOT NULL,
    ended_at     BIGINT NOT NULL,
    events       BIGINT NOT NULL,
    bytes        BIGINT NOT NULL,
    PRIMARY KEY (project_id, recording_id, seq)
);

CREATE TABLE friction_screenshots (
    project_id        TEXT   NOT NULL,
    id                TEXT   NOT NULL,
    friction_event_id TEXT,
    session_id        TEXT   NOT NULL,
    visitor_id        TEXT,
    user_id           TEXT,
    page_url          TEXT,
    width             BIGINT NOT NULL,
    height            BIGINT NOT NULL,
    bytes             BIGINT NOT NULL,
    received_at       BIGINT NOT NULL,
    PRIMARY KEY (project_id, id)
);

CREATE INDEX friction_screenshots_by_event ON friction_screenshots (project_id, friction_event_id);
CREATE INDEX friction_screenshots_by_session ON friction_screenshots (project_id, session_id);
CREATE INDEX friction_screenshots_by_visitor ON friction_screenshots (project_id, visitor_id);
CREATE INDEX friction_screenshots_by_user ON friction_screenshots (project_id, user_id);
CREATE INDEX friction_screenshots_by_age ON friction_screenshots (received_at);
