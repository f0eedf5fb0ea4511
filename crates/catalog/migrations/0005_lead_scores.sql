-- Lead scores: the signals behind them, a projection of the journal, and what a project lets them weigh.

CREATE TABLE lead_signals (
    project_id  TEXT   NOT NULL,
    user_id     TEXT   NOT NULL,
    event_id    TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    occurred_at BIGINT NOT NULL,
    session_id  TEXT,
    PRIMARY KEY (project_id, user_id, event_id)
);

CREATE INDEX lead_signals_by_time ON lead_signals (project_id, user_id, occurred_at);

-- The score as of the customer's latest signal. `calculated` is the decimal number that the database's
-- own calculate_lead_score(user_id) gave, where there is such a function.
CREATE TABLE lead_scores (
    project_id TEXT   NOT NULL,
    user_id    TEXT   NOT NULL,
    score      BIGINT NOT NULL,
    as_of      BIGINT NOT NULL,
    calculated TEXT,
    PRIMARY KEY (project_id, user_id)
);

CREATE INDEX lead_scores_by_score ON lead_scores (project_id, score, user_id);

CREATE TABLE lead_weights (
    project_id TEXT   NOT NULL PRIMARY KEY,
    version    BIGINT NOT NULL,
    weights    TEXT   NOT NULL,
    updated_at BIGINT NOT NULL
);
