-- Customers' sessions and figures: a projection of the journal.
--
-- No foreign keys to projects: what was received stands even when its project is gone. user_key is
-- user_id in UTF-8: bytes sort alike everywhere, texts do not. Money is in minor units.

-- What the visits are told from: one customer under one session id; user_id is empty for starts and
-- ends that named nobody. state is JSON.
CREATE TABLE session_threads (
    project_id       TEXT   NOT NULL,
    session_id       TEXT   NOT NULL,
    user_id          TEXT   NOT NULL,
    visitor_id       TEXT,
    first_at         BIGINT NOT NULL,
    last_at          BIGINT NOT NULL,
    state            TEXT   NOT NULL,
    PRIMARY KEY (project_id, session_id, user_id)
);

CREATE INDEX session_threads_by_visitor ON session_threads (project_id, visitor_id);
CREATE INDEX session_threads_by_age ON session_threads (last_at);

CREATE TABLE user_sessions (
    id               TEXT   NOT NULL,
    project_id       TEXT   NOT NULL,
    user_id          TEXT   NOT NULL,
    session_id       TEXT   NOT NULL,
    started_at       BIGINT NOT NULL,
    last_activity_at BIGINT NOT NULL,
    ended_at         BIGINT,
    ended_reason     TEXT,
    device_type      TEXT,
    browser          TEXT,
    browser_version  TEXT,
    os               TEXT,
    os_version       TEXT,
    city             TEXT,
    country          TEXT,
    ip_address       TEXT,
    entry_page       TEXT,
    PRIMARY KEY (project_id, user_id, session_id, started_at)
);

CREATE INDEX user_sessions_by_user ON user_sessions (project_id, user_id, started_at);
CREATE INDEX user_sessions_open ON user_sessions (ended_at, last_activity_at);
CREATE INDEX user_sessions_by_age ON user_sessions (last_activity_at);

CREATE TABLE users (
    project_id    TEXT   NOT NULL,
    id            TEXT   NOT NULL,
    email         TEXT,
    email_at      BIGINT,
    email_event   TEXT,
    name          TEXT,
    name_at       BIGINT,
    name_event    TEXT,
    registered_at BIGINT,
    PRIMARY KEY (project_id, id)
);

CREATE TABLE user_activity_summary (
    id                   TEXT   NOT NULL,
    project_id           TEXT   NOT NULL,
    user_key             BYTEA  NOT NULL,
    user_id              TEXT   NOT NULL,
    total_sessions       BIGINT NOT NULL,
    total_orders         BIGINT NOT NULL,
    total_bookings       BIGINT NOT NULL,
    total_reviews        BIGINT NOT NULL,
    login_event_at       BIGINT,
    last_login_at        BIGINT,
    last_order_at        BIGINT,
    last_order_amount    BIGINT,
    last_order_currency  TEXT,
    last_booking_at      BIGINT,
    last_booking_service TEXT,
    primary_device_type  TEXT,
    primary_browser      TEXT,
    primary_os           TEXT,
    registered_at        BIGINT,
    search_text          TEXT   NOT NULL,
    created_at           BIGINT NOT NULL,
    updated_at           BIGINT NOT NULL,
    PRIMARY KEY (project_id, user_key)
);

-- One index a sort key and direction: ties are ascending by user in both.
CREATE INDEX summary_by_sessions_asc ON user_activity_summary (project_id, total_sessions, user_key);
CREATE INDEX summary_by_sessions_desc ON user_activity_summary (project_id, total_sessions DESC, user_key);
CREATE INDEX summary_by_orders_asc ON user_activity_summary (project_id, total_orders, user_key);
CREATE INDEX summary_by_orders_desc ON user_activity_summary (project_id, total_orders DESC, user_key);
CREATE INDEX summary_by_bookings_asc ON user_activity_summary (project_id, total_bookings, user_key);
CREATE INDEX summary_by_bookings_desc ON user_activity_summary (project_id, total_bookings DESC, user_key);
CREATE INDEX summary_by_login_asc ON user_activity_summary (project_id, last_login_at, user_key);
CREATE INDEX summary_by_login_desc ON user_activity_summary (project_id, last_login_at DESC, user_key);
CREATE INDEX summary_by_registration_asc ON user_activity_summary (project_id, registered_at, user_key);
CREATE INDEX summary_by_registration_desc ON user_activity_summary (project_id, registered_at DESC, user_key);

CREATE TABLE orders (
    project_id   TEXT   NOT NULL,
    user_id      TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    event_id     TEXT   NOT NULL,
    total_amount BIGINT,
    currency     TEXT,
    status       TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (project_id, user_id, id)
);

CREATE INDEX orders_by_time ON orders (project_id, user_id, created_at);

CREATE TABLE service_bookings (
    project_id   TEXT   NOT NULL,
    user_id      TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    event_id     TEXT   NOT NULL,
    service      TEXT,
    total_amount BIGINT,
    currency     TEXT,
    status       TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (project_id, user_id, id)
);

CREATE INDEX service_bookings_by_time ON service_bookings (project_id, user_id, created_at);

CREATE TABLE reviews (
    project_id TEXT NOT NULL,
    user_id    TEXT NOT NULL,
    id         TEXT NOT NULL,
    PRIMARY KEY (project_id, user_id, id)
);

-- What lets a customer read their own row: the token's digest, never the token.
CREATE TABLE customer_tokens (
    token_digest BYTEA  NOT NULL PRIMARY KEY,
    project_id   TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id      TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL
);

CREATE INDEX customer_tokens_by_expiry ON customer_tokens (expires_at);
