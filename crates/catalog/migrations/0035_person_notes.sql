-- Members' notes on people. `person_id` is a contact id that one identity of the person alone would give: a note may
-- be older than the contact, and stays with the person when contacts merge.

CREATE TABLE person_notes (
    project_id TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    person_id  TEXT   NOT NULL,
    author_id  TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    edited_at  BIGINT,
    PRIMARY KEY (project_id, id)
);

CREATE INDEX person_notes_by_person ON person_notes (project_id, person_id);
-- The calls of a person's sessions.
CREATE INDEX calls_by_session ON calls (project_id, session_id);
