-- Contacts, what is known of them, and what is to be done: a projection of the journal, together with
-- what members do by hand.
--
-- No foreign keys to projects: events are applied even when their project is gone.

-- One row a project that has contacts. Whoever changes a project's contacts writes its row first, and
-- so waits for whoever is changing them.
CREATE TABLE crm_projects (
    project_id TEXT   NOT NULL PRIMARY KEY,
    revision   BIGINT NOT NULL
);

-- Rules by version, as JSON. A version is in force for what occurs from `created_at` on.
CREATE TABLE crm_rules (
    project_id TEXT   NOT NULL,
    version    BIGINT NOT NULL,
    rules      TEXT   NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (project_id, version)
);

-- Every identity (kind 0: user id, 1: e-mail) as the contact id it alone would give, and the contact
-- it belongs to: the least of all identities that belong together.
CREATE TABLE crm_aliases (
    project_id TEXT   NOT NULL,
    id         TEXT   NOT NULL,
    kind       BIGINT NOT NULL,
    contact_id TEXT   NOT NULL,
    PRIMARY KEY (project_id, id)
);

CREATE INDEX crm_aliases_by_contact ON crm_aliases (project_id, contact_id);

-- Contacts as their facts make them. `state` is the fold as JSON; the other columns repeat what is
-- searched, sorted and counted.
CREATE TABLE crm_contacts (
    project_id            TEXT   NOT NULL,
    id                    TEXT   NOT NULL,
    user_id               TEXT,
    email                 TEXT,
    first_name            TEXT,
    last_name             TEXT,
    phone                 TEXT,
    lead_source           TEXT,
    lead_status           TEXT   NOT NULL,
    last_activity         BIGINT NOT NULL,
    last_action           TEXT,
    last_vehicle_viewed   TEXT,
    last_search_location  TEXT,
    deal_value_minor      BIGINT NOT NULL,
    deal_value_currency   TEXT,
    total_bookings        BIGINT NOT NULL,
    total_revenue_minor   BIGINT NOT NULL,
    total_revenue_currency TEXT,
    website_visits        BIGINT NOT NULL,
    created_at            BIGINT NOT NULL,
    booking_open_at       BIGINT,
    folded_at             BIGINT NOT NULL,
    search_text           TEXT   NOT NULL,
    state                 TEXT   NOT NULL,
    PRIMARY KEY (project_id, id)
);

CREATE UNIQUE INDEX crm_contacts_email_unique ON crm_contacts (project_id, email);
CREATE INDEX crm_contacts_by_activity ON crm_contacts (project_id, last_activity);
CREATE INDEX crm_contacts_by_open_booking ON crm_contacts (project_id, booking_open_at);

-- The facts, as JSON, and the entries of the timeline that follow from them, which have none.
CREATE TABLE crm_activities (
    project_id   TEXT   NOT NULL,
    id           TEXT   NOT NULL,
    contact_id   TEXT   NOT NULL,
    occurred_at  BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    is_shown     BIGINT NOT NULL CHECK (is_shown IN (0, 1)),
    item         TEXT,
    amount_minor BIGINT,
    currency     TEXT,
    absorbed     TEXT,
    fact         TEXT,
    PRIMARY KEY (project_id, id)
);

CREATE INDEX crm_activities_by_contact ON crm_activities (project_id, contact_id, occurred_at);
CREATE INDEX crm_activities_by_time ON crm_activities (project_id, occurred_at);

-- `task` is the task as JSON; `sort_key` puts open tasks by due time, done ones latest first.
CREATE TABLE crm_tasks (
    project_id  TEXT   NOT NULL,
    id          TEXT   NOT NULL,
    contact_id  TEXT   NOT NULL,
    kind        TEXT   NOT NULL,
    title       TEXT   NOT NULL,
    priority    TEXT   NOT NULL,
    status      TEXT   NOT NULL,
    assigned_to TEXT,
    created_at  BIGINT NOT NULL,
    due_at      BIGINT,
    done_at     BIGINT,
    done_by     TEXT,
    sort_key    BIGINT NOT NULL,
    task        TEXT   NOT NULL,
    PRIMARY KEY (project_id, id)
);

CREATE INDEX crm_tasks_by_status ON crm_tasks (project_id, status, sort_key);
CREATE INDEX crm_tasks_by_contact ON crm_tasks (project_id, contact_id);
