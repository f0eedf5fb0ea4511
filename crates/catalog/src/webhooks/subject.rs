//! Messages about a person, shown and removed with them: their bodies say whom a change was about.

use std::collections::BTreeSet;

use domain::erasure::{Identifiers, mentions};
use domain::id::ProjectId;
use engine::ports::catalog::{Error, SqlColumn, SqlType, SqlValue, SubjectTable, WebhookDelivery};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::rows::{DELIVERY, delivery};
use crate::error::sql;
use crate::subjects::for_each;

/// Messages looked at together.
const PAGE: i64 = 500;

const COLUMNS: [(&str, SqlType); 8] = [
    ("id", SqlType::Text),
    ("kind", SqlType::Text),
    ("occurred_at", SqlType::TimestampTz),
    ("body", SqlType::Json),
    ("status", SqlType::Text),
    ("last_attempt_at", SqlType::TimestampTz),
    ("answered_status", SqlType::BigInt),
    ("answer", SqlType::Text),
];

/// The messages that mention a person or one of their contacts, and what their receivers answered;
/// none when there is no such.
pub(crate) async fn messages_about(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
    contacts: &BTreeSet<String>,
) -> Result<Option<SubjectTable>, Error> {
    let found = about(connection, project, person, contacts).await?;
    let rows: Vec<Vec<SqlValue>> = found.into_iter().map(row).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let columns = COLUMNS.map(|(name, kind)| SqlColumn { name, kind }).into();
    Ok(Some(SubjectTable { name: "webhook_deliveries", columns, rows }))
}

fn row(message: WebhookDelivery) -> Vec<SqlValue> {
    let status = message.answered_status.map(i64::from);
    vec![
        SqlValue::Text(message.id.to_string()),
        SqlValue::Text(message.kind),
        SqlValue::Time(message.occurred_at),
        SqlValue::Text(message.body),
        SqlValue::Text(message.status.as_str().to_owned()),
        message.last_attempt_at.map_or(SqlValue::Null, SqlValue::Time),
        status.map_or(SqlValue::Null, SqlValue::BigInt),
        message.answer.map_or(SqlValue::Null, SqlValue::Text),
    ]
}

/// Removes the messages that mention a person or one of their contacts.
pub(crate) async fn remove_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
    contacts: &BTreeSet<String>,
) -> Result<u64, Error> {
    let found = about(connection, project, person, contacts).await?;
    let ids: Vec<String> = found.iter().map(|message| message.id.to_string()).collect();
    let remove = "DELETE FROM webhook_deliveries WHERE project_id = $1 AND id = $2";
    for_each(connection, project, remove, ids.iter()).await
}

async fn about(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
    contacts: &BTreeSet<String>,
) -> Result<Vec<WebhookDelivery>, Error> {
    let has = |kind, text: &str| person.has(kind, text);
    let is_about = |message: &WebhookDelivery| {
        contacts.iter().any(|contact| message.body.contains(contact.as_str()))
            || mentions(message.body.as_bytes(), &has)
    };
    let statement = format!(
        "SELECT {DELIVERY} FROM webhook_deliveries WHERE project_id = $1 AND id > $2
         ORDER BY id LIMIT $3"
    );
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let rows = sqlx::query(AssertSqlSafe(statement.clone()))
            .bind(project.to_string())
            .bind(after)
            .bind(PAGE)
            .fetch_all(&mut *connection)
            .await
            .map_err(sql)?;
        let page = rows.iter().map(delivery).collect::<Result<Vec<_>, _>>()?;
        let Some(last) = page.last() else { return Ok(found) };
        after = last.id.to_string();
        found.extend(page.into_iter().filter(is_about));
    }
}
