-- Requests of API keys by the minute, added up over all servers. A key may be gone before its counts are.

CREATE TABLE rate_limit_counts (
    project_id    TEXT   NOT NULL,
    api_key_id    TEXT   NOT NULL,
    request_class TEXT   NOT NULL,
    window_start  BIGINT NOT NULL,
    request_count BIGINT NOT NULL,
    PRIMARY KEY (project_id, api_key_id, request_class, window_start)
);

CREATE INDEX rate_limit_counts_by_window ON rate_limit_counts (window_start);
