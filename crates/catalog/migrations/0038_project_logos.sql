-- The picture that stands for a project in the dashboard: a PNG or JPEG of at most 200 KiB.
CREATE TABLE project_logos (
    project_id TEXT   NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    format     TEXT   NOT NULL,
    image      BYTEA  NOT NULL,
    updated_at BIGINT NOT NULL
);
