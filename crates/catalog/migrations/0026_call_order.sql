-- Facts of one instant have an order, and calls begun at one instant a number: clocks of whole seconds give
-- several. Facts stored before have none: they stay in the order of their kinds.
--
-- The first call of a (widget, session) has its span: until the last call_end, and why that is not the talk
-- time of its calls (words, separated by spaces). A tariff says which of both it charges.

ALTER TABLE call_facts ADD COLUMN seq BIGINT;
ALTER TABLE call_facts ADD COLUMN received_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE call_facts ADD COLUMN position BIGINT NOT NULL DEFAULT 0;

CREATE TABLE numbered_calls (
    project_id         TEXT   NOT NULL,
    session_key        TEXT   NOT NULL,
    started_at         BIGINT NOT NULL,
    ordinal            BIGINT NOT NULL,
    widget_id          TEXT   NOT NULL,
    session_id         TEXT   NOT NULL,
    session_started_at BIGINT NOT NULL,
    start_event_id     TEXT   NOT NULL,
    ended_at           BIGINT,
    end_kind           TEXT   NOT NULL,
    end_event_id       TEXT   NOT NULL,
    last_heartbeat_at  BIGINT,
    span_ended_at      BIGINT,
    span_differences   TEXT,
    awaits_end         BIGINT NOT NULL CHECK (awaits_end IN (0, 1)),
    PRIMARY KEY (project_id, session_key, started_at, ordinal)
);

INSERT INTO numbered_calls
SELECT project_id, session_key, started_at, 0, widget_id, session_id, session_started_at, start_event_id,
       ended_at, end_kind, end_event_id, last_heartbeat_at, NULL, NULL, awaits_end
FROM calls;

UPDATE numbered_calls SET span_differences = '', span_ended_at =
    (SELECT MAX(fact.occurred_at) FROM call_facts AS fact
     WHERE fact.project_id = numbered_calls.project_id AND fact.session_key = numbered_calls.session_key
       AND (fact.kind = 'call_end'
            OR (fact.kind = 'inferred_end' AND NOT EXISTS
                (SELECT 1 FROM call_facts AS other
                 WHERE other.project_id = fact.project_id AND other.session_key = fact.session_key
                   AND other.kind IN ('call_end', 'call_error')
                   AND other.occurred_at >= fact.inferred_start))))
WHERE started_at = session_started_at;

UPDATE numbered_calls SET span_differences = 'unknown'
WHERE span_differences = '' AND COALESCE(span_ended_at - started_at, 0) <>
    (SELECT SUM(CASE WHEN other.ended_at > other.started_at THEN other.ended_at - other.started_at ELSE 0 END)
     FROM numbered_calls AS other
     WHERE other.project_id = numbered_calls.project_id AND other.session_key = numbered_calls.session_key);

DROP TABLE calls;
ALTER TABLE numbered_calls RENAME TO calls;

CREATE INDEX calls_by_session_start
    ON calls (project_id, session_started_at, session_key, started_at, ordinal);
CREATE INDEX calls_by_start ON calls (project_id, started_at);
CREATE INDEX calls_awaiting_end ON calls (awaits_end, started_at);

ALTER TABLE tariffs ADD COLUMN basis TEXT NOT NULL DEFAULT 'talk_time';
ALTER TABLE billing_periods ADD COLUMN basis TEXT NOT NULL DEFAULT 'talk_time';
