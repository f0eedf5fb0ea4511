//! Which identities belong together.

use domain::crm::{ContactId, Identity, IdentityKind};
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use crate::columns::Columns;
use crate::error::{malformed, sql};

/// The identity that gives its id to the contact `id` belongs to; none when nobody is known by it.
pub(super) async fn head(
    connection: &mut AnyConnection,
    project: ProjectId,
    id: ContactId,
) -> Result<Option<Identity>, Error> {
    let row = sqlx::query(
        "SELECT head.id AS id, head.kind AS kind FROM crm_aliases AS alias
         JOIN crm_aliases AS head
           ON head.project_id = alias.project_id AND head.id = alias.contact_id
         WHERE alias.project_id = $1 AND alias.id = $2",
    )
    .bind(project.to_string())
    .bind(id.to_string())
    .fetch_optional(connection)
    .await
    .map_err(sql)?;
    row.map(|row| {
        let contact_id = row.text("id")?.parse().map_err(|_| malformed("id"))?;
        let kind = match row.number("kind")? {
            0_i64 => IdentityKind::User,
            1 => IdentityKind::Email,
            _ => return Err(malformed("kind")),
        };
        Ok(Identity { kind, contact_id })
    })
    .transpose()
}

/// Notes that somebody is known by `identity`: a contact of its own, at first.
pub(super) async fn add(
    connection: &mut AnyConnection,
    project: ProjectId,
    identity: Identity,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO crm_aliases (project_id, id, kind, contact_id) VALUES ($1, $2, $3, $2)
         ON CONFLICT (project_id, id) DO NOTHING",
    )
    .bind(project.to_string())
    .bind(identity.contact_id.to_string())
    .bind(match identity.kind {
        IdentityKind::User => 0_i64,
        IdentityKind::Email => 1,
    })
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// Gives everything of the contact `from` to the contact `into`. Returns whether `from` had facts, so
/// that `into` must be folded anew.
pub(super) async fn absorb(
    connection: &mut AnyConnection,
    project: ProjectId,
    from: ContactId,
    into: ContactId,
) -> Result<bool, Error> {
    let statements = [
        "UPDATE crm_aliases SET contact_id = $3 WHERE project_id = $1 AND contact_id = $2",
        "UPDATE crm_tasks SET contact_id = $3 WHERE project_id = $1 AND contact_id = $2",
        "UPDATE crm_activities SET contact_id = $3 WHERE project_id = $1 AND contact_id = $2",
    ];
    let mut moved = 0;
    for statement in statements {
        let done = sqlx::query(statement)
            .bind(project.to_string())
            .bind(from.to_string())
            .bind(into.to_string())
            .execute(&mut *connection)
            .await
            .map_err(sql)?;
        moved = done.rows_affected();
    }
    sqlx::query("DELETE FROM crm_contacts WHERE project_id = $1 AND id = $2")
        .bind(project.to_string())
        .bind(from.to_string())
        .execute(connection)
        .await
        .map_err(sql)?;
    // The last statement's: facts.
    Ok(moved > 0)
}
