-- Ingest keys. `allowed_domains` is a JSON array of texts.

CREATE TABLE api_keys (
    id                    TEXT   NOT NULL CONSTRAINT api_keys_id_unique PRIMARY KEY,
    project_id            TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    key_name              TEXT   NOT NULL,
    key_text              TEXT   NOT NULL CONSTRAINT api_keys_key_text_unique UNIQUE,
    allowed_domains       TEXT   NOT NULL,
    rate_limit_per_minute BIGINT NOT NULL,
    is_active             BIGINT NOT NULL CHECK (is_active IN (0, 1)),
    created_at            BIGINT NOT NULL,
    last_used_at          BIGINT
);

CREATE INDEX api_keys_by_project ON api_keys (project_id, created_at);
