-- What a project lets the browser SDK do on its pages: JSON, versioned.

CREATE TABLE sdk_settings (
    project_id TEXT   NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    version    BIGINT NOT NULL,
    settings   TEXT   NOT NULL,
    updated_at BIGINT NOT NULL
);
