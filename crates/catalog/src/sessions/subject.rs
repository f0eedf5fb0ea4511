//! One data subject's sessions and figures: finds their devices and removes their rows.

use domain::erasure::Identifiers;
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use crate::error::sql;
use crate::row_ext::RowExt;
use crate::subjects::{for_each, user_ids};

const BY_USER: [&str; 6] = [
    "DELETE FROM session_threads WHERE project_id = $1 AND user_id = $2",
    "DELETE FROM user_sessions WHERE project_id = $1 AND user_id = $2",
    "DELETE FROM users WHERE project_id = $1 AND id = $2",
    "DELETE FROM orders WHERE project_id = $1 AND user_id = $2",
    "DELETE FROM service_bookings WHERE project_id = $1 AND user_id = $2",
    "DELETE FROM reviews WHERE project_id = $1 AND user_id = $2",
];
const BY_SESSION: &str =
    "DELETE FROM session_threads WHERE project_id = $1 AND session_id = $2 AND user_id = ''";
const BY_VISITOR: &str =
    "DELETE FROM session_threads WHERE project_id = $1 AND visitor_id = $2 AND user_id = ''";

/// Returns the browsers and sessions of a subject.
pub(crate) async fn devices(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<Identifiers, Error> {
    let mut found = Identifiers::default();
    for user_id in user_ids(person) {
        let rows = sqlx::query(
            "SELECT session_id, visitor_id FROM session_threads
             WHERE project_id = $1 AND user_id = $2",
        )
        .bind(project.to_string())
        .bind(user_id.clone())
        .fetch_all(&mut *connection)
        .await
        .map_err(sql)?;
        for row in &rows {
            found.session_ids.insert(row.text("session_id")?);
            found.visitor_ids.extend(row.maybe_text("visitor_id")?);
        }
    }
    Ok(found)
}

/// Returns the subject's browsers and sessions that other customers used, too.
pub(crate) async fn shared_devices(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<Identifiers, Error> {
    let mut shared = Identifiers::default();
    for session in &person.session_ids {
        let text = "SELECT user_id FROM session_threads
                    WHERE project_id = $1 AND session_id = $2 AND user_id <> ''";
        if is_of_another(connection, project, text, session, person).await? {
            shared.session_ids.insert(session.clone());
        }
    }
    for visitor in &person.visitor_ids {
        let text = "SELECT user_id FROM session_threads
                    WHERE project_id = $1 AND visitor_id = $2 AND user_id <> ''";
        if is_of_another(connection, project, text, visitor, person).await? {
            shared.visitor_ids.insert(visitor.clone());
        }
    }
    Ok(shared)
}

async fn is_of_another(
    connection: &mut AnyConnection,
    project: ProjectId,
    statement: &'static str,
    value: &str,
    person: &Identifiers,
) -> Result<bool, Error> {
    let rows = sqlx::query(statement)
        .bind(project.to_string())
        .bind(value.to_owned())
        .fetch_all(connection)
        .await
        .map_err(sql)?;
    for row in &rows {
        if !person.is_user(&row.text("user_id")?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Removes a person's sessions and figures, and what is known of sessions that named nobody and were
/// theirs.
pub(crate) async fn remove_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
) -> Result<u64, Error> {
    let mut rows = 0;
    for statement in BY_USER {
        rows += for_each(connection, project, statement, user_ids(person)).await?;
    }
    rows += for_each(connection, project, BY_SESSION, person.session_ids.iter()).await?;
    rows += for_each(connection, project, BY_VISITOR, person.visitor_ids.iter()).await?;
    for user_id in user_ids(person) {
        let done = sqlx::query(
            "DELETE FROM user_activity_summary WHERE project_id = $1 AND user_key = $2",
        )
        .bind(project.to_string())
        .bind(user_id.as_bytes().to_vec())
        .execute(&mut *connection)
        .await
        .map_err(sql)?;
        rows += done.rows_affected();
    }
    Ok(rows)
}
