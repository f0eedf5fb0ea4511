-- Links that show one page of the dashboard to whoever has them: the digest of the token, the hash of the password.
CREATE TABLE share_links (
    id            TEXT   NOT NULL PRIMARY KEY,
    project_id    TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name          TEXT   NOT NULL,
    digest        BYTEA  NOT NULL UNIQUE,
    page          TEXT   NOT NULL,
    search        TEXT   NOT NULL,
    password_hash TEXT,
    can_embed     BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    expires_at    BIGINT,
    last_used_at  BIGINT
);

CREATE INDEX share_links_by_project ON share_links (project_id, created_at, id);
