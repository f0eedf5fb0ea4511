-- Scheduled questions: when each is asked next, and what was answered. `answer` is a document; null while a run goes
-- on, when it failed, and after an erasure.

ALTER TABLE saved_questions ADD COLUMN next_run_at BIGINT;

CREATE INDEX saved_questions_by_next_run ON saved_questions (next_run_at) WHERE next_run_at IS NOT NULL;

CREATE TABLE question_runs (
    id           TEXT   NOT NULL PRIMARY KEY,
    project_id   TEXT   NOT NULL,
    question_id  TEXT   NOT NULL,
    due_at       BIGINT NOT NULL,
    started_at   BIGINT NOT NULL,
    -- 1 while it goes on; another server takes over a run whose server ended.
    is_running   BIGINT NOT NULL,
    duration_ms  BIGINT,
    row_count    BIGINT,
    is_truncated BIGINT NOT NULL,
    error        TEXT,
    answer       TEXT,
    UNIQUE (question_id, due_at)
);

CREATE INDEX question_runs_running ON question_runs (started_at) WHERE is_running = 1;
