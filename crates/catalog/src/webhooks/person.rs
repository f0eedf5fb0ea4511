//! Messages about a person, removed with them: their bodies say whom a change was about.

use std::collections::BTreeSet;

use domain::erasure::{Identifiers, mentions};
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use crate::columns::Columns;
use crate::error::sql;
use crate::subjects::for_each;

/// Messages looked at together.
const PAGE: i64 = 500;

/// Removes the messages that mention a person or one of their contacts.
pub(crate) async fn remove_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
    contacts: &BTreeSet<String>,
) -> Result<u64, Error> {
    let has = |kind, text: &str| person.has(kind, text);
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let rows = sqlx::query(
            "SELECT id, body FROM webhook_deliveries WHERE project_id = $1 AND id > $2
             ORDER BY id LIMIT $3",
        )
        .bind(project.to_string())
        .bind(after.clone())
        .bind(PAGE)
        .fetch_all(&mut *connection)
        .await
        .map_err(sql)?;
        for row in &rows {
            let body = row.text("body")?;
            after = row.text("id")?;
            let names_contact = contacts.iter().any(|contact| body.contains(contact.as_str()));
            if names_contact || mentions(body.as_bytes(), &has) {
                found.push(after.clone());
            }
        }
        if rows.len() < usize::try_from(PAGE).unwrap_or_default() {
            break;
        }
    }
    let remove = "DELETE FROM webhook_deliveries WHERE project_id = $1 AND id = $2";
    for_each(connection, project, remove, found.iter()).await
}
