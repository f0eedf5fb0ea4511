-- Notes on a project's time line: releases, campaigns, whatever explains its figures.

CREATE TABLE annotations (
    id          TEXT   NOT NULL PRIMARY KEY,
    project_id  TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    occurred_at BIGINT NOT NULL,
    created_at  BIGINT NOT NULL
);

CREATE INDEX annotations_by_time ON annotations (project_id, occurred_at, id);
