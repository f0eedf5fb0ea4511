-- The hosts that keys name in their `allowed_domains`, so that the keys of an origin are found by an index.
--
-- `host_pattern` is `example.com` or `*.example.com`. '' and -1 stand for any scheme and port: what is null is
-- like nothing else in a primary key.

CREATE TABLE api_key_hosts (
    key_id       TEXT   NOT NULL REFERENCES api_keys (id) ON DELETE CASCADE,
    project_id   TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    host_pattern TEXT   NOT NULL,
    scheme       TEXT   NOT NULL,
    port         BIGINT NOT NULL,
    PRIMARY KEY (key_id, host_pattern, scheme, port)
);

CREATE INDEX api_key_hosts_by_pattern ON api_key_hosts (host_pattern, project_id);

-- Whether a key's hosts are in that table. Those of older keys are put there when the catalog is opened.
ALTER TABLE api_keys ADD COLUMN has_hosts BIGINT NOT NULL DEFAULT 0;

CREATE INDEX api_keys_without_hosts ON api_keys (has_hosts, id);
