//! Checkpoints of contacts: the fold of facts that are no longer stored (ADR 16).

use std::collections::BTreeMap;

use domain::crm::{Checkpoint, ContactFact, ContactId, RuleHistory};
use domain::id::ProjectId;
use domain::retention::RetentionKind;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, RemovalCursor, RemovedPage};
use sqlx::AnyConnection;

use super::{rules, timeline};
use crate::bulk;
use crate::error::{malformed, sql};
use crate::retention;
use crate::row_ext::RowExt;
use crate::stored::{decode, encode};
use crate::transaction::WriteTransaction;

/// The checkpoints of these contacts; those without one are absent.
pub(super) async fn load(
    connection: &mut AnyConnection,
    project: ProjectId,
    contacts: &[ContactId],
) -> Result<BTreeMap<ContactId, Checkpoint>, Error> {
    let keys: Vec<_> = contacts.iter().map(|contact| [contact.to_string().into()]).collect();
    let statement = "SELECT contact_id, checkpoint FROM crm_checkpoints
         WHERE project_id = $1 AND contact_id IN (KEYS)";
    let rows = bulk::select(connection, statement, project, &keys).await?;
    let checkpoint = |row: &sqlx::any::AnyRow| {
        let contact = row.text("contact_id")?.parse().map_err(|_| malformed("contact_id"))?;
        Ok((contact, decode(&row.text("checkpoint")?)?))
    };
    rows.iter().map(checkpoint).collect()
}

/// Stores checkpoints.
async fn store(
    connection: &mut AnyConnection,
    project: ProjectId,
    checkpoints: &BTreeMap<ContactId, Checkpoint>,
) -> Result<(), Error> {
    let row = |(contact, checkpoint): (&ContactId, &Checkpoint)| {
        Ok([project.into(), contact.to_string().into(), encode(checkpoint)?.into()])
    };
    bulk::insert(
        connection,
        "INSERT INTO crm_checkpoints (project_id, contact_id, checkpoint)",
        "ON CONFLICT (project_id, contact_id) DO UPDATE SET checkpoint = excluded.checkpoint",
        checkpoints.iter().map(row).collect::<Result<_, Error>>()?,
    )
    .await?;
    Ok(())
}

/// Extends checkpoints by these facts, which may be removed afterwards.
async fn cover(
    connection: &mut AnyConnection,
    project: ProjectId,
    facts: BTreeMap<ContactId, Vec<ContactFact>>,
    rules: &RuleHistory,
) -> Result<(), Error> {
    let contacts: Vec<_> = facts.keys().copied().collect();
    let mut checkpoints = load(connection, project, &contacts).await?;
    // Sessions without stored events are of no use to an erasure.
    let gone = retention::floor(connection, project, RetentionKind::Events).await?;
    for (contact, facts) in facts {
        let checkpoint = checkpoints.entry(contact).or_default();
        checkpoint.extend(project, &facts, rules);
        if let Some(gone) = gone {
            checkpoint.forget_sessions(gone);
        }
    }
    store(connection, project, &checkpoints).await
}

/// Covers the facts of one contact before `covered`, and removes its activities before `floor`.
pub(super) async fn cover_contact(
    connection: &mut AnyConnection,
    project: ProjectId,
    contact: ContactId,
    (covered, floor): (Timestamp, Option<Timestamp>),
    rules: &RuleHistory,
) -> Result<(), Error> {
    let facts = timeline::facts_before(connection, project, contact, covered).await?;
    if !facts.is_empty() {
        cover(connection, project, BTreeMap::from([(contact, facts)]), rules).await?;
    }
    let Some(floor) = floor else { return Ok(()) };
    sqlx::query(
        "DELETE FROM crm_activities
         WHERE project_id = $1 AND contact_id = $2 AND occurred_at < $3",
    )
    .bind(project.to_string())
    .bind(contact.to_string())
    .bind(floor.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// Joins the checkpoints of two contacts that turned out to be one; returns whether there is a
/// checkpoint.
pub(super) async fn join(
    connection: &mut AnyConnection,
    project: ProjectId,
    (absorbed, survivor): (ContactId, ContactId),
    floor: Option<Timestamp>,
    rules: &RuleHistory,
) -> Result<bool, Error> {
    let both = [absorbed, survivor];
    let found = load(connection, project, &both).await?;
    let last = found.values().filter_map(|checkpoint| checkpoint.state.folded).max();
    let Some((last, _)) = last else { return Ok(false) };
    // Both must cover facts up to the same instant: so their facts are folded before they are
    // joined.
    let covered = last.plus_micros(1).max(floor.unwrap_or(last));
    for contact in both {
        cover_contact(connection, project, contact, (covered, floor), rules).await?;
    }
    let mut found = load(connection, project, &both).await?;
    let [absorbed_state, survivor_state] =
        both.map(|contact| found.remove(&contact).unwrap_or_default());
    let joined = survivor_state.join(absorbed_state, rules);
    store(connection, project, &BTreeMap::from([(survivor, joined)])).await?;
    sqlx::query("DELETE FROM crm_checkpoints WHERE project_id = $1 AND contact_id = $2")
        .bind(project.to_string())
        .bind(absorbed.to_string())
        .execute(connection)
        .await
        .map_err(sql)?;
    Ok(true)
}

/// Removes at most `limit` activities of before `before`, the oldest first, and covers the facts among them.
/// After the last of them, checkpoints forget sessions whose events are gone, `limit` checkpoints at a time.
pub(crate) async fn remove_expired(
    transaction: &mut WriteTransaction,
    project: ProjectId,
    before: Timestamp,
    after: Option<&RemovalCursor>,
    limit: u32,
) -> Result<RemovedPage, Error> {
    rules::lock(transaction, project).await?;
    if let Some(contact) = after.and_then(|RemovalCursor(text)| text.strip_prefix(CHECKPOINTS)) {
        let next = forget_sessions(transaction, project, contact, limit).await?;
        return Ok(RemovedPage { rows: 0, next });
    }
    let history = rules::rules(transaction, project).await?;
    let next = sqlx::query(
        "SELECT occurred_at, id FROM crm_activities WHERE project_id = $1 AND occurred_at < $2
         ORDER BY occurred_at, id LIMIT 1 OFFSET $3",
    )
    .bind(project.to_string())
    .bind(before.micros())
    .bind(i64::from(limit))
    .fetch_optional(&mut **transaction)
    .await
    .map_err(sql)?;
    // No id is less than the empty text.
    let (until, id) = match &next {
        Some(row) => (row.time("occurred_at")?, row.text("id")?),
        None => (before, String::new()),
    };
    let facts = timeline::project_facts_before(transaction, project, (until, &id)).await?;
    cover(transaction, project, facts, &history).await?;
    sqlx::query("DELETE FROM task_mentions WHERE project_id = $1 AND created_at < $2")
        .bind(project.to_string())
        .bind(until.micros())
        .execute(&mut **transaction)
        .await
        .map_err(sql)?;
    let removed = sqlx::query(
        "DELETE FROM crm_activities
         WHERE project_id = $1 AND (occurred_at < $2 OR (occurred_at = $2 AND id < $3))",
    )
    .bind(project.to_string())
    .bind(until.micros())
    .bind(id)
    .execute(&mut **transaction)
    .await
    .map_err(sql)?;
    let cursor = if next.is_some() { String::new() } else { CHECKPOINTS.to_owned() };
    Ok(RemovedPage { rows: removed.rows_affected(), next: Some(RemovalCursor(cursor)) })
}

/// The beginning of a cursor among checkpoints; the contact it stands after follows.
const CHECKPOINTS: &str = "checkpoints:";

/// Drops sessions whose events are gone from the checkpoints that follow `contact`.
async fn forget_sessions(
    connection: &mut AnyConnection,
    project: ProjectId,
    contact: &str,
    limit: u32,
) -> Result<Option<RemovalCursor>, Error> {
    let gone = retention::floor(connection, project, RetentionKind::Events).await?;
    let Some(gone) = gone else { return Ok(None) };
    let rows = sqlx::query(
        "SELECT contact_id, checkpoint FROM crm_checkpoints
         WHERE project_id = $1 AND contact_id > $2 ORDER BY contact_id LIMIT $3",
    )
    .bind(project.to_string())
    .bind(contact)
    .bind(i64::from(limit))
    .fetch_all(&mut *connection)
    .await
    .map_err(sql)?;
    let (mut changed, mut last) = (BTreeMap::new(), None);
    for row in &rows {
        let text = row.text("contact_id")?;
        let mut checkpoint: Checkpoint = decode(&row.text("checkpoint")?)?;
        let sessions = checkpoint.sessions.len();
        checkpoint.forget_sessions(gone);
        if checkpoint.sessions.len() < sessions {
            changed.insert(text.parse().map_err(|_| malformed("contact_id"))?, checkpoint);
        }
        last = Some(text);
    }
    store(connection, project, &changed).await?;
    let is_full = rows.len() >= limit as usize;
    Ok(last.filter(|_| is_full).map(|contact| RemovalCursor(format!("{CHECKPOINTS}{contact}"))))
}
