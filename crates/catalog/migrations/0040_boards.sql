-- Boards: figures, charts and tables of any page, put together by a member. `cards` is a document.

CREATE TABLE boards (
    id         TEXT   NOT NULL PRIMARY KEY,
    project_id TEXT   NOT NULL,
    author_id  TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    visibility TEXT   NOT NULL,
    cards      TEXT   NOT NULL,
    card_count BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX boards_by_name ON boards (project_id, name, id);
