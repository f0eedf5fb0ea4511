//! The account of what was done, and by whom.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::erasure::Identifiers;
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{Actor, ActorKind, AuditCursor, AuditEntry, AuditStore, Error};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl AuditStore for Catalog {
    async fn record(&self, entry: AuditEntry) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO audit_log (request_id, project_id, at, actor_kind, actor_id, actor_label,
                                    operation, target, status, address)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (request_id) DO NOTHING",
        )
        .bind(entry.request_id.to_string())
        .bind(entry.project.map(|project| project.to_string()))
        .bind(entry.at.micros())
        .bind(entry.actor.kind.as_str())
        .bind(entry.actor.id.to_string())
        .bind(entry.actor.label)
        .bind(entry.operation)
        .bind(entry.target)
        .bind(i64::from(entry.status))
        .bind(entry.address)
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    async fn entries(
        &self,
        project: ProjectId,
        cursor: Option<AuditCursor>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, Error> {
        let query = match cursor {
            None => sqlx::query(
                "SELECT request_id, at, actor_kind, actor_id, actor_label, operation, target, status,
                        address
                 FROM audit_log WHERE project_id = $1
                 ORDER BY at DESC, request_id DESC LIMIT $2",
            )
            .bind(project.to_string())
            .bind(i64::from(limit)),
            Some((at, request_id)) => sqlx::query(
                "SELECT request_id, at, actor_kind, actor_id, actor_label, operation, target, status,
                        address
                 FROM audit_log
                 WHERE project_id = $1 AND (at < $3 OR (at = $3 AND request_id < $4))
                 ORDER BY at DESC, request_id DESC LIMIT $2",
            )
            .bind(project.to_string())
            .bind(i64::from(limit))
            .bind(at.micros())
            .bind(request_id.to_string()),
        };
        let mut reads = self.reads_of(project).await?;
        let rows = query.fetch_all(&mut *reads).await.map_err(sql)?;
        rows.iter().map(|row| entry(row, project)).collect()
    }

    async fn prune_entries(&self, before: Timestamp) -> Result<u64, Error> {
        let mut transaction = self.write().await?;
        let done = sqlx::query("DELETE FROM audit_log WHERE at < $1")
            .bind(before.micros())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(done.rows_affected())
    }
}

fn entry(row: &AnyRow, project: ProjectId) -> Result<AuditEntry, Error> {
    let kind = ActorKind::parse(&row.text("actor_kind")?);
    Ok(AuditEntry {
        request_id: row.id("request_id")?,
        project: Some(project),
        at: row.time("at")?,
        actor: Actor {
            kind: kind.ok_or_else(|| malformed("actor_kind"))?,
            id: row.id("actor_id")?,
            label: row.text("actor_label")?,
        },
        operation: row.text("operation")?,
        target: row.text("target")?,
        status: row.number("status")?,
        address: row.text("address")?,
    })
}

/// What stands in the place of an erased person's name in an entry.
const ERASED_ACTOR: &str = "erased";

/// Removes a person's names from entries, among them the ids their contacts were known by; the entries
/// stay.
pub(crate) async fn remove_person(
    connection: &mut AnyConnection,
    project: ProjectId,
    person: &Identifiers,
    contacts: &BTreeSet<String>,
) -> Result<u64, Error> {
    let rows = sqlx::query(
        "SELECT request_id, target FROM audit_log WHERE project_id = $1 AND target <> ''",
    )
    .bind(project.to_string())
    .fetch_all(&mut *connection)
    .await
    .map_err(sql)?;
    let names = |part: &str| {
        person.is_user(part)
            || person.visitor_ids.contains(part)
            || person.session_ids.contains(part)
            || contacts.contains(part)
    };
    let mut changed = 0;
    for row in &rows {
        let target = row.text("target")?;
        if !names(&target) && !target.split('/').any(names) {
            continue;
        }
        sqlx::query("UPDATE audit_log SET target = $2 WHERE request_id = $1")
            .bind(row.text("request_id")?)
            .bind(ERASED_ACTOR)
            .execute(&mut *connection)
            .await
            .map_err(sql)?;
        changed += 1;
    }
    Ok(changed)
}
