-- What browsers report of their own events, by the hour they reported it. `hour` is the number of hours
-- since 1970-01-01T00:00Z, `name` what was counted, such as created or dropped.queue_overflow.

CREATE TABLE sdk_reports (
    project_id TEXT   NOT NULL,
    hour       BIGINT NOT NULL,
    name       TEXT   NOT NULL,
    count      BIGINT NOT NULL,
    PRIMARY KEY (project_id, hour, name)
);

CREATE INDEX sdk_reports_by_age ON sdk_reports (hour);
