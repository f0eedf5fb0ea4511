-- Source maps of a site's scripts, without their contents. `release_name` is empty where no release is known;
-- `uploaded_at` and `uploaded_by` are of the last upload, `uploaded_by` null for a program.

CREATE TABLE source_maps (
    id           TEXT   NOT NULL PRIMARY KEY,
    project_id   TEXT   NOT NULL,
    address      TEXT   NOT NULL,
    release_name TEXT   NOT NULL,
    digest       TEXT   NOT NULL,
    size_bytes   BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    uploaded_at  BIGINT NOT NULL,
    uploaded_by  TEXT,
    UNIQUE (project_id, address, release_name, digest)
);

CREATE INDEX source_maps_by_upload ON source_maps (project_id, uploaded_at, id);
