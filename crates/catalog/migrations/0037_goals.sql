-- Goals of projects: what their owners want visitors to do.

CREATE TABLE goals (
    id             TEXT   NOT NULL PRIMARY KEY,
    project_id     TEXT   NOT NULL,
    version        BIGINT NOT NULL,
    name           TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    target         TEXT   NOT NULL,
    value_minor    BIGINT,
    value_currency TEXT,
    created_at     BIGINT NOT NULL
);

CREATE INDEX goals_by_project ON goals (project_id, created_at, id);
