//! Resolves a data subject's identifiers.

use domain::erasure::Identifiers;
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use crate::error::sql;
use crate::row_ext::RowExt;
use crate::{crm, lead_scores, sessions};

/// Each round finds what the names of the round before lead to; two are usual.
const MAX_ROUNDS: usize = 20;

/// User ids that are addresses, written in any case.
const WRITTEN_AS: [&str; 2] = [
    "SELECT user_id FROM user_activity_summary WHERE project_id = $1 AND LOWER(user_id) = $2",
    "SELECT user_id FROM lead_scores WHERE project_id = $1 AND LOWER(user_id) = $2",
];

/// Returns the given identifiers, the subject's other identifiers, and their devices.
pub(super) async fn resolve_identifiers(
    connection: &mut AnyConnection,
    project: ProjectId,
    named: &Identifiers,
) -> Result<Identifiers, Error> {
    let mut person = named.clone();
    for _ in 0..MAX_ROUNDS {
        let before = person.clone();
        person.add(crm::identifiers_of(connection, project, &person).await?);
        for email in before.emails.union(&person.emails) {
            for statement in WRITTEN_AS {
                let rows = sqlx::query(statement)
                    .bind(project.to_string())
                    .bind(email.clone())
                    .fetch_all(&mut *connection)
                    .await
                    .map_err(sql)?;
                for row in &rows {
                    person.user_ids.insert(row.text("user_id")?);
                }
            }
        }
        if person == before {
            break;
        }
    }
    person.add(sessions::devices(connection, project, &person).await?);
    person.add(lead_scores::sessions_of(connection, project, &person).await?);
    Ok(person)
}
