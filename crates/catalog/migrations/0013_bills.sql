-- Calls are counted by their start without looking at the calls themselves.

DROP INDEX calls_by_start;
CREATE INDEX calls_by_start
    ON calls (project_id, started_at, widget_id, ended_at, end_kind, session_started_at);
