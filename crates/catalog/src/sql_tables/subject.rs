//! One person's rows, table by table, with the columns SQL shows, and some it does not.

use domain::crm::ContactId;
use domain::erasure::Identifiers;
use domain::id::ProjectId;
use engine::ports::catalog::{Error, SqlColumn, SubjectTable};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::Kind::{Json, Number, Text, Time, Uuid};
use super::crm::ACTIVITY;
use super::{Column, Table, described};
use crate::error::{malformed, sql};
use crate::subjects::user_ids;

/// By what a person's rows of a table are found.
#[derive(Clone, Copy)]
enum SubjectKey {
    /// This column holds the user id.
    User(&'static str),
    /// This column holds the contact's id.
    Contact(&'static str),
    /// This column holds the contact id that a user id or address alone would give, or one of the contact's ids.
    Name(&'static str),
    /// This column holds the session's id.
    Session(&'static str),
}

/// Tables of the SQL surface, and by what a person's rows are found.
const SHOWN: [(&str, SubjectKey); 9] = [
    ("users", SubjectKey::User("id")),
    ("user_activity_summary", SubjectKey::User("user_id")),
    ("user_sessions", SubjectKey::User("user_id")),
    ("orders", SubjectKey::User("user_id")),
    ("service_bookings", SubjectKey::User("user_id")),
    ("session_recordings", SubjectKey::Session("session_id")),
    ("friction_screenshots", SubjectKey::Session("session_id")),
    ("crm_contacts", SubjectKey::Contact("id")),
    ("crm_tasks", SubjectKey::Contact("contact_id")),
];

/// Tables that SQL does not show, or not in full.
const OTHERS: [(Table, SubjectKey); 8] = [
    (
        Table { name: "crm_activities", from: "crm_activities", time: None, columns: ACTIVITY },
        SubjectKey::Contact("contact_id"),
    ),
    (
        Table {
            name: "crm_checkpoints",
            from: "crm_checkpoints",
            time: None,
            columns: &[
                Column("contact_id", "contact_id", Text),
                Column("checkpoint", "checkpoint", Json),
            ],
        },
        SubjectKey::Contact("contact_id"),
    ),
    (
        Table {
            name: "person_notes",
            from: "person_notes",
            time: None,
            columns: &[
                Column("id", "id", Uuid),
                Column("person_id", "person_id", Text),
                Column("author_id", "author_id", Uuid),
                Column("text", "text", Text),
                Column("created_at", "created_at", Time),
                Column("edited_at", "edited_at", Time),
            ],
        },
        SubjectKey::Name("person_id"),
    ),
    (
        Table {
            name: "lead_scores",
            from: "lead_scores",
            time: None,
            columns: &[
                Column("user_id", "user_id", Text),
                Column("score", "score", Number),
                Column("as_of", "as_of", Time),
                Column("calculated", "calculated", Json),
            ],
        },
        SubjectKey::User("user_id"),
    ),
    (
        Table {
            name: "lead_signals",
            from: "lead_signals",
            time: None,
            columns: &[
                Column("user_id", "user_id", Text),
                Column("event_id", "event_id", Uuid),
                Column("name", "name", Text),
                Column("session_id", "session_id", Text),
                Column("occurred_at", "occurred_at", Time),
            ],
        },
        SubjectKey::User("user_id"),
    ),
    (
        Table {
            name: "reviews",
            from: "reviews",
            time: None,
            columns: &[Column("user_id", "user_id", Text), Column("id", "id", Text)],
        },
        SubjectKey::User("user_id"),
    ),
    (
        Table {
            name: "customer_tokens",
            from: "customer_tokens",
            time: None,
            columns: &[
                Column("user_id", "user_id", Text),
                Column("created_at", "created_at", Time),
                Column("expires_at", "expires_at", Time),
            ],
        },
        SubjectKey::User("user_id"),
    ),
    (
        Table {
            name: "calls",
            from: "calls",
            time: None,
            columns: &[
                Column("widget_id", "widget_id", Uuid),
                Column("session_id", "session_id", Text),
                Column("started_at", "started_at", Time),
                Column("ended_at", "ended_at", Time),
                Column("end_kind", "end_kind", Text),
            ],
        },
        SubjectKey::Session("session_id"),
    ),
];

/// A person's rows; tables without one are left out.
pub(crate) async fn of_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
    contacts: &[ContactId],
) -> Result<Vec<SubjectTable>, Error> {
    let mut found = Vec::new();
    let aliases = crate::crm::ids_of(connection, project, contacts).await?;
    let names = &aliases | &crate::crm::names_of(project, person);
    let keys = &KeyValues { person, contacts, names: names.into_iter().collect() };
    for (name, by) in SHOWN {
        let table = described().find(|table| table.name == name).ok_or_else(|| malformed(name))?;
        found.extend(rows(connection, project, table, by, keys).await?);
    }
    for (table, by) in &OTHERS {
        found.extend(rows(connection, project, table, *by, keys).await?);
    }
    Ok(found)
}

/// The values that keys have for a person.
struct KeyValues<'a> {
    person: &'a Identifiers,
    contacts: &'a [ContactId],
    names: Vec<String>,
}

async fn rows(
    connection: &mut AnyConnection,
    project: ProjectId,
    table: &Table,
    by: SubjectKey,
    KeyValues { person, contacts, names }: &KeyValues<'_>,
) -> Result<Option<SubjectTable>, Error> {
    let (column, values): (&str, Vec<String>) = match by {
        SubjectKey::User(column) => (column, user_ids(person).cloned().collect()),
        SubjectKey::Contact(column) => (column, contacts.iter().map(ToString::to_string).collect()),
        SubjectKey::Name(column) => (column, names.clone()),
        SubjectKey::Session(column) => (column, person.session_ids.iter().cloned().collect()),
    };
    let sources: Vec<&str> = table.columns.iter().map(|column| column.1).collect();
    let statement = format!(
        "SELECT {} FROM {} WHERE project_id = $1 AND {column} = $2",
        sources.join(", "),
        table.from,
    );
    let all: Vec<usize> = (0..table.columns.len()).collect();
    let mut rows = Vec::new();
    for value in values {
        let read = sqlx::query(AssertSqlSafe(statement.clone()))
            .bind(project.to_string())
            .bind(value)
            .fetch_all(&mut *connection)
            .await
            .map_err(sql)?;
        for row in &read {
            rows.push(table.row(row, &all, all.len())?);
        }
    }
    let shown = |column: &Column| SqlColumn { name: column.0, kind: column.2.shown() };
    let columns = table.columns.iter().map(shown).collect();
    Ok((!rows.is_empty()).then_some(SubjectTable { name: table.name, columns, rows }))
}
