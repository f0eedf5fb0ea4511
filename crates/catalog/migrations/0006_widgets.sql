-- Call widgets, the calls made in them, and what is billed. `allowed_domains` is a JSON array of texts.

CREATE TABLE widgets (
    id              TEXT   NOT NULL CONSTRAINT widgets_id_unique PRIMARY KEY,
    project_id      TEXT   NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name            TEXT   NOT NULL,
    kind            TEXT   NOT NULL,
    allowed_domains TEXT   NOT NULL,
    is_active       BIGINT NOT NULL CHECK (is_active IN (0, 1)),
    is_demo         BIGINT NOT NULL CHECK (is_demo IN (0, 1)),
    created_at      BIGINT NOT NULL
);

CREATE INDEX widgets_by_project ON widgets (project_id, created_at);

-- Facts and calls are a projection of the journal; no foreign keys, so that what was used is billed
-- when its widget is gone. `session_key` names a (widget, session); `inferred_start` is the start of
-- the call an inferred end belongs to.
CREATE TABLE call_facts (
    project_id     TEXT   NOT NULL,
    event_id       TEXT   NOT NULL,
    session_key    TEXT   NOT NULL,
    widget_id      TEXT   NOT NULL,
    session_id     TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    end_source     TEXT   NOT NULL,
    inferred_start BIGINT,
    occurred_at    BIGINT NOT NULL,
    PRIMARY KEY (project_id, event_id)
);

CREATE INDEX call_facts_by_session ON call_facts (project_id, session_key);

CREATE TABLE calls (
    project_id         TEXT   NOT NULL,
    session_key        TEXT   NOT NULL,
    started_at         BIGINT NOT NULL,
    widget_id          TEXT   NOT NULL,
    session_id         TEXT   NOT NULL,
    session_started_at BIGINT NOT NULL,
    start_event_id     TEXT   NOT NULL,
    ended_at           BIGINT,
    end_kind           TEXT   NOT NULL,
    end_event_id       TEXT   NOT NULL,
    last_heartbeat_at  BIGINT,
    awaits_end         BIGINT NOT NULL CHECK (awaits_end IN (0, 1)),
    PRIMARY KEY (project_id, session_key, started_at)
);

CREATE INDEX calls_by_session_start ON calls (project_id, session_started_at, session_key, started_at);
CREATE INDEX calls_by_start ON calls (project_id, started_at);
CREATE INDEX calls_awaiting_end ON calls (awaits_end, started_at);

-- Who is writing the inferred end of a call, and when that end is.
CREATE TABLE inferred_ends (
    project_id TEXT   NOT NULL,
    widget_id  TEXT   NOT NULL,
    session_id TEXT   NOT NULL,
    started_at BIGINT NOT NULL,
    ends_at    BIGINT NOT NULL,
    end_source TEXT   NOT NULL,
    claimed_by TEXT   NOT NULL,
    claimed_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, widget_id, session_id, started_at)
);

CREATE TABLE cleanup_runs (
    id         TEXT   NOT NULL PRIMARY KEY,
    started_at BIGINT NOT NULL,
    checked    BIGINT NOT NULL,
    completed  BIGINT NOT NULL
);

CREATE INDEX cleanup_runs_by_age ON cleanup_runs (started_at);

CREATE TABLE cleanup_completions (
    run_id     TEXT   NOT NULL REFERENCES cleanup_runs (id) ON DELETE CASCADE,
    project_id TEXT   NOT NULL,
    checked    BIGINT NOT NULL,
    completed  BIGINT NOT NULL,
    PRIMARY KEY (run_id, project_id)
);

CREATE TABLE tariffs (
    project_id   TEXT   NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    currency     TEXT   NOT NULL,
    price_minor  BIGINT NOT NULL,
    rounding     TEXT   NOT NULL,
    free_seconds BIGINT NOT NULL
);

-- `month` counts months since the year 0. The tariff is the one the month was closed with.
CREATE TABLE billing_periods (
    project_id       TEXT   NOT NULL,
    month            BIGINT NOT NULL,
    closed_at        BIGINT NOT NULL,
    currency         TEXT   NOT NULL,
    price_minor      BIGINT NOT NULL,
    rounding         TEXT   NOT NULL,
    free_seconds     BIGINT NOT NULL,
    calls            BIGINT NOT NULL,
    inferred_calls   BIGINT NOT NULL,
    errors           BIGINT NOT NULL,
    billable_seconds BIGINT NOT NULL,
    amount_minor     BIGINT NOT NULL,
    CONSTRAINT billing_periods_month_unique PRIMARY KEY (project_id, month)
);

-- What facts that came after its month was closed change in a call's usage. `position` is that of the
-- record it was applied up to, in its journal; `noted_at` is when the latest of those facts was received.
CREATE TABLE billing_adjustments (
    project_id       TEXT   NOT NULL,
    journal          TEXT   NOT NULL,
    position         BIGINT NOT NULL,
    noted_at         BIGINT NOT NULL,
    session_key      TEXT   NOT NULL,
    started_at       BIGINT NOT NULL,
    month            BIGINT NOT NULL,
    widget_id        TEXT   NOT NULL,
    session_id       TEXT   NOT NULL,
    reason           TEXT   NOT NULL,
    event_id         TEXT   NOT NULL,
    calls            BIGINT NOT NULL,
    inferred_calls   BIGINT NOT NULL,
    errors           BIGINT NOT NULL,
    billable_seconds BIGINT NOT NULL,
    amount_minor     BIGINT NOT NULL,
    PRIMARY KEY (project_id, journal, position, session_key, started_at)
);

CREATE INDEX billing_adjustments_latest ON billing_adjustments (project_id, noted_at, position);
CREATE INDEX billing_adjustments_by_start ON billing_adjustments (project_id, started_at);
