-- Bytes of recordings and pictures that were taken, by project and UTC day: days since 1970-01-01.

CREATE TABLE recording_days (
    project_id TEXT   NOT NULL,
    day        BIGINT NOT NULL,
    bytes      BIGINT NOT NULL,
    PRIMARY KEY (project_id, day)
);
