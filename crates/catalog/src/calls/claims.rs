//! Claims on orphaned calls: one server writes the inferred end.

use domain::billing::{EndSource, InferredEnd, session_key};
use domain::time::Timestamp;
use engine::ports::catalog::{Error, OrphanClaim};
use sqlx::AnyConnection;
use uuid::Uuid;

use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

/// Who claims, when, and since when another's claim counts as given up.
#[derive(Clone, Copy)]
pub(super) struct Claimant {
    pub(super) id: Uuid,
    pub(super) now: Timestamp,
    pub(super) stale: Timestamp,
}

/// Claims one end; none when another has it, or the call awaits none.
pub(super) async fn claim(
    connection: &mut AnyConnection,
    claim: &OrphanClaim,
    claimant: Claimant,
) -> Result<Option<OrphanClaim>, Error> {
    let orphan = &claim.orphan;
    // It may have got an end since the orphans were listed. The first claim says when the call ended;
    // taking it over changes who writes it only. `+ 0` keeps PostgreSQL, before it has counted the
    // rows, from looking through all calls that began then instead of those of the session.
    let row = sqlx::query(
        "INSERT INTO inferred_ends (project_id, widget_id, session_id, started_at, ends_at,
                                    end_source, claimed_by, claimed_at)
         SELECT project_id, widget_id, session_id, started_at, $4, $5, $6, $7 FROM calls
         WHERE project_id = $1 AND session_key = $2 AND started_at + 0 = $3 AND awaits_end + 0 = 1
         ON CONFLICT (project_id, widget_id, session_id, started_at)
         DO UPDATE SET claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at
         WHERE inferred_ends.claimed_at <= $8
         RETURNING ends_at, end_source",
    )
    .bind(orphan.project_id.to_string())
    .bind(session_key(orphan.widget_id, &orphan.session_id).to_string())
    .bind(orphan.started_at.micros())
    .bind(claim.end.at.micros())
    .bind(claim.end.source.as_str())
    .bind(claimant.id.to_string())
    .bind(claimant.now.micros())
    .bind(claimant.stale.micros())
    .fetch_optional(connection)
    .await
    .map_err(sql)?;
    let Some(row) = row else { return Ok(None) };
    let source = EndSource::parse(&row.text("end_source")?);
    let source = source.ok_or_else(|| malformed("end_source"))?;
    let end = InferredEnd { at: row.time("ends_at")?, source };
    Ok(Some(OrphanClaim { orphan: orphan.clone(), end }))
}
