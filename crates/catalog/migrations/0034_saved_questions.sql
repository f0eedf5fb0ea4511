-- Statements of SQL that members keep, for themselves or for the project. `details` is a document: parameters and
-- chart.

CREATE TABLE saved_questions (
    id          TEXT   NOT NULL PRIMARY KEY,
    project_id  TEXT   NOT NULL,
    author_id   TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    description TEXT   NOT NULL,
    statement   TEXT   NOT NULL,
    visibility  TEXT   NOT NULL,
    details     TEXT   NOT NULL,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);

CREATE INDEX saved_questions_by_name ON saved_questions (project_id, name, id);
