-- What members decided about groups of errors. Nothing here is about a visitor.

CREATE TABLE error_triage (
    project_id      TEXT   NOT NULL,
    error_group     TEXT   NOT NULL,
    -- open, resolved or ignored; whether a resolved group has regressed follows from its events.
    decision        TEXT   NOT NULL,
    resolved_at     BIGINT,
    in_next_release BIGINT NOT NULL,
    assigned_to     TEXT,
    changed_by      TEXT,
    changed_at      BIGINT NOT NULL,
    PRIMARY KEY (project_id, error_group)
);
