//! Failed events that mention a person: shown, and removed.

use domain::erasure::{Identifiers, mentions};
use domain::id::ProjectId;
use engine::ports::catalog::{Error, FailedEvent, SqlColumn, SqlType, SqlValue, SubjectTable};
use sqlx::AnyConnection;

use super::failed_event;
use crate::error::sql;
use crate::positions::position_column;
use crate::records::JournalRecord as _;

/// Failed events looked at together: they hold whole request items.
const PAGE: i64 = 200;

const COLUMNS: [(&str, SqlType); 6] = [
    ("id", SqlType::Text),
    ("received_at", SqlType::TimestampTz),
    ("contract", SqlType::Text),
    ("reason", SqlType::Text),
    ("detail", SqlType::Text),
    ("body", SqlType::Text),
];

/// The failed events that mention a person; none when there is no such.
pub(crate) async fn failed_about(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<Option<SubjectTable>, Error> {
    let found = about(connection, project, person).await?;
    let rows: Vec<Vec<SqlValue>> = found.into_iter().map(row).collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let columns = COLUMNS.map(|(name, kind)| SqlColumn { name, kind }).into();
    Ok(Some(SubjectTable { name: "failed_events", columns, rows }))
}

fn row(event: FailedEvent) -> Vec<SqlValue> {
    vec![
        SqlValue::Text(event.id.to_string()),
        SqlValue::Time(event.received_at),
        SqlValue::Text(event.contract.as_str().to_owned()),
        SqlValue::Text(event.reason),
        SqlValue::Text(event.detail),
        SqlValue::Text(String::from_utf8_lossy(&event.bytes).into_owned()),
    ]
}

/// Removes the failed events that mention a person.
pub(crate) async fn remove_about(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<u64, Error> {
    let found = about(connection, project, person).await?;
    for event in &found {
        sqlx::query(
            "DELETE FROM failed_events
             WHERE project_id = $1 AND journal = $2 AND position = $3",
        )
        .bind(project.to_string())
        .bind(event.id.journal_text())
        .bind(position_column(event.id.position)?)
        .execute(&mut *connection)
        .await
        .map_err(sql)?;
    }
    Ok(found.len() as u64)
}

async fn about(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<Vec<FailedEvent>, Error> {
    let has = |kind, text: &str| person.has(kind, text);
    let (mut found, mut after) = (Vec::new(), (String::new(), -1_i64));
    loop {
        let rows = sqlx::query(
            "SELECT journal, position, received_at, contract, reason, detail, resent_at,
                    bytes, CAST(length(bytes) AS BIGINT) AS size_bytes
             FROM failed_events
             WHERE project_id = $1 AND (journal > $2 OR (journal = $2 AND position > $3))
             ORDER BY journal, position LIMIT $4",
        )
        .bind(project.to_string())
        .bind(after.0.clone())
        .bind(after.1)
        .bind(PAGE)
        .fetch_all(&mut *connection)
        .await
        .map_err(sql)?;
        let page = rows.iter().map(failed_event).collect::<Result<Vec<_>, _>>()?;
        let Some(last) = page.last() else { return Ok(found) };
        after = (last.id.journal_text(), position_column(last.id.position)?);
        let is_about = |event: &FailedEvent| {
            mentions(&event.bytes, &has) || mentions(event.detail.as_bytes(), &has)
        };
        found.extend(page.into_iter().filter(is_about));
    }
}
