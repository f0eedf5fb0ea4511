-- Saved segments: filters under a name, of one member or shared with the project.

CREATE TABLE segments (
    id         TEXT   NOT NULL PRIMARY KEY,
    project_id TEXT   NOT NULL,
    author_id  TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    -- How `filters` is written: 1 is the text that requests carry.
    version    BIGINT NOT NULL,
    filters    TEXT   NOT NULL,
    is_shared  BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX segments_by_name ON segments (project_id, name, id);
