-- Who asked to be forgotten: the ledger of erasures, and digests by which later events are recognised.

-- One row a project that ever forgot somebody. `secret` keys its digests; `revision` changes whenever
-- these do.
CREATE TABLE erasure_projects (
    project_id TEXT   NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    secret     BYTEA  NOT NULL,
    revision   BIGINT NOT NULL
);

-- Receipts. `identifiers` is JSON, kept only until nothing is left to look for; `leftovers` a JSON array of
-- files to be deleted. `journal` is that of the server that was asked: `waits_for` is a position in it.
-- No foreign key: a receipt outlives its project.
CREATE TABLE erasures (
    id                TEXT   NOT NULL PRIMARY KEY,
    project_id        TEXT   NOT NULL,
    journal           TEXT   NOT NULL,
    requested_at      BIGINT NOT NULL,
    requested_by_kind TEXT   NOT NULL,
    requested_by      TEXT   NOT NULL,
    state             TEXT   NOT NULL,
    identifiers       TEXT,
    digests           BIGINT NOT NULL,
    waits_for         BIGINT NOT NULL,
    journal_records   BIGINT NOT NULL,
    catalog_rows      BIGINT NOT NULL,
    failed_events     BIGINT NOT NULL,
    lake_events       BIGINT NOT NULL,
    leftovers         TEXT   NOT NULL,
    unreadable_at     BIGINT,
    gone_at           BIGINT,
    lifted_at         BIGINT
);

CREATE INDEX erasures_by_project ON erasures (project_id, requested_at, id);
CREATE INDEX erasures_by_state ON erasures (journal, state, id);

CREATE TABLE erased_identifiers (
    project_id TEXT  NOT NULL,
    digest     BYTEA NOT NULL,
    erasure_id TEXT  NOT NULL REFERENCES erasures (id) ON DELETE CASCADE,
    PRIMARY KEY (project_id, digest, erasure_id)
);

CREATE INDEX erased_identifiers_by_erasure ON erased_identifiers (erasure_id);

-- A person's calls are found by their sessions.
CREATE INDEX call_facts_by_session_id ON call_facts (project_id, session_id);
CREATE INDEX calls_by_session_id ON calls (project_id, session_id);
CREATE INDEX inferred_ends_by_session_id ON inferred_ends (project_id, session_id);
