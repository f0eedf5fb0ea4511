-- Who is asked to join a project, the keys programs read with, and the account of what was done.
--
-- Of tokens and secret keys only the SHA-256 is kept.

CREATE TABLE invitations (
    id           TEXT   NOT NULL PRIMARY KEY,
    project_id   TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    email        TEXT   NOT NULL,
    role         TEXT   NOT NULL,
    token_digest BYTEA  NOT NULL UNIQUE,
    -- The member or the secret key that invites; no foreign key, for it is either.
    invited_by   TEXT   NOT NULL,
    inviter_name TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    -- Inviting an address again replaces the earlier invitation.
    UNIQUE (project_id, email)
);

CREATE INDEX invitations_by_expiry ON invitations (expires_at);

CREATE TABLE secret_keys (
    id           TEXT   NOT NULL PRIMARY KEY,
    project_id   TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    key_name     TEXT   NOT NULL,
    key_digest   BYTEA  NOT NULL UNIQUE,
    role         TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT,
    last_used_at BIGINT
);

CREATE INDEX secret_keys_by_project ON secret_keys (project_id, created_at);

-- No foreign keys: what was done is told when who did it, and to what, are gone. Rows without a
-- project are of operations outside any, such as a sign-in.
CREATE TABLE audit_log (
    request_id  TEXT   NOT NULL PRIMARY KEY,
    project_id  TEXT,
    at          BIGINT NOT NULL,
    actor_kind  TEXT   NOT NULL,
    actor_id    TEXT   NOT NULL,
    actor_label TEXT   NOT NULL,
    operation   TEXT   NOT NULL,
    target      TEXT   NOT NULL,
    status      BIGINT NOT NULL,
    address     TEXT   NOT NULL
);

CREATE INDEX audit_log_by_project ON audit_log (project_id, at, request_id);
CREATE INDEX audit_log_by_age ON audit_log (at);
