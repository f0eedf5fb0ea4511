-- What a project's members decide for all that it takes in: JSON, versioned.

CREATE TABLE project_settings (
    project_id TEXT   NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    version    BIGINT NOT NULL,
    settings   TEXT   NOT NULL,
    updated_at BIGINT NOT NULL
);
