-- Customers' sessions by device and browser in the order in which they are counted, with their times.

CREATE INDEX user_sessions_by_device ON user_sessions (project_id, device_type, browser, started_at, ended_at);
