-- Projects and who belongs to them.
--
-- All migrations run on SQLite and PostgreSQL: TEXT, BIGINT and BYTEA are the only column types (ids
-- and JSON are text, times are microseconds UTC, booleans are 0 and 1), and constraints whose
-- violation is told to the caller carry the name PostgreSQL reports.

CREATE TABLE members (
    id            TEXT   NOT NULL CONSTRAINT members_id_unique PRIMARY KEY,
    email         TEXT   NOT NULL CONSTRAINT members_email_unique UNIQUE,
    name          TEXT   NOT NULL,
    password_hash TEXT   NOT NULL,
    created_at    BIGINT NOT NULL
);

CREATE TABLE projects (
    id             TEXT   NOT NULL CONSTRAINT projects_id_unique PRIMARY KEY,
    name           TEXT   NOT NULL,
    retention_days BIGINT NOT NULL,
    created_at     BIGINT NOT NULL
);

CREATE TABLE memberships (
    member_id  TEXT   NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    project_id TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    role       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (member_id, project_id)
);

CREATE INDEX memberships_by_project ON memberships (project_id);

-- Its one row says that set-up was completed. It refers to nobody, so that it outlives everybody.
CREATE TABLE setup (
    only_row     BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
    completed_at BIGINT NOT NULL
);
