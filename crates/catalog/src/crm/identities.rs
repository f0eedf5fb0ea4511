//! Which identities belong together.

use std::collections::{BTreeMap, BTreeSet};

use domain::crm::{ContactId, Identity, IdentityKind};
use domain::id::ProjectId;
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::bulk;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

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
    row.as_ref().map(identity).transpose()
}

/// The identities that give their ids to the contacts these ids belong to, by id; nothing for ids by which
/// nobody is known.
pub(super) async fn heads(
    connection: &mut AnyConnection,
    project: ProjectId,
    ids: BTreeSet<ContactId>,
) -> Result<BTreeMap<ContactId, Identity>, Error> {
    let mut belongs = BTreeMap::new();
    let mut known = BTreeMap::new();
    for row in by_id(connection, project, ids).await? {
        let identity = identity(&row)?;
        belongs.insert(identity.contact_id, contact_id(&row, "contact_id")?);
        known.insert(identity.contact_id, identity);
    }
    // Two statements and no join: a head is nearly always among those asked for.
    let others = belongs.values().filter(|id| !known.contains_key(id)).copied().collect();
    for row in by_id(connection, project, others).await? {
        let identity = identity(&row)?;
        known.insert(identity.contact_id, identity);
    }
    let head = |(id, head)| Some((id, *known.get(&head)?));
    Ok(belongs.into_iter().filter_map(head).collect())
}

async fn by_id(
    connection: &mut AnyConnection,
    project: ProjectId,
    ids: BTreeSet<ContactId>,
) -> Result<Vec<AnyRow>, Error> {
    let keys: Vec<_> = ids.into_iter().map(|id| [id.to_string().into()]).collect();
    let statement =
        "SELECT id, kind, contact_id FROM crm_aliases WHERE project_id = $1 AND id IN (KEYS)";
    bulk::select(connection, statement, project, &keys).await
}

/// An identity out of its columns `id` and `kind`.
fn identity(row: &AnyRow) -> Result<Identity, Error> {
    let kind = match row.number("kind")? {
        0_i64 => IdentityKind::User,
        1 => IdentityKind::Email,
        _ => return Err(malformed("kind")),
    };
    Ok(Identity { kind, contact_id: contact_id(row, "id")? })
}

fn contact_id(row: &AnyRow, column: &'static str) -> Result<ContactId, Error> {
    row.text(column)?.parse().map_err(|_| malformed(column))
}

/// Notes that somebody is known by these identities, each with the contact it belongs to.
pub(super) async fn add(
    connection: &mut AnyConnection,
    project: ProjectId,
    identities: impl Iterator<Item = (Identity, ContactId)>,
) -> Result<(), Error> {
    let rows = identities.map(|(identity, contact)| {
        let kind = match identity.kind {
            IdentityKind::User => 0_i64,
            IdentityKind::Email => 1,
        };
        let id = identity.contact_id.to_string();
        [project.into(), id.into(), kind.into(), contact.to_string().into()]
    });
    let rows = rows.collect();
    let into = "INSERT INTO crm_aliases (project_id, id, kind, contact_id)";
    bulk::insert(connection, into, "ON CONFLICT (project_id, id) DO NOTHING", rows).await?;
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
