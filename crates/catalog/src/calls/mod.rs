//! Calls: a projection of the journal, and the claims on the ends that are missing.

mod claims;
mod projection;
mod rows;
mod store;
mod subject;
mod totals;

use async_trait::async_trait;
use domain::billing::Measure;
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{
    CallCursor, CallFilter, CallStore, CallTotals, Error, Orphan, OrphanClaim, OrphanCursor,
    ProjectCallFact, StoredCall,
};
use engine::ports::journal::Position;
use uuid::Uuid;

use crate::Catalog;
use crate::error::sql;
use crate::positions::lock_projection;

pub(crate) use projection::PROJECTION;
pub(crate) use rows::stored_call;
pub(crate) use subject::make_anonymous;
pub(crate) use totals::totals;

/// What servers that claim wait for.
const CLAIMS: &str = "inferred_ends";

#[async_trait]
impl CallStore for Catalog {
    async fn position(&self) -> Result<Position, Error> {
        self.projection_position(PROJECTION).await
    }

    async fn apply(&self, facts: &[ProjectCallFact], position: Position) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        if !projection::apply(&mut transaction, facts, position).await? {
            return Ok(());
        }
        transaction.commit().await.map_err(sql)
    }

    async fn calls(
        &self,
        project: ProjectId,
        filter: CallFilter,
        after: Option<CallCursor>,
        limit: u32,
    ) -> Result<Vec<StoredCall>, Error> {
        let mut reads = self.reads_of(project).await?;
        let after = match after {
            Some(after) => after,
            None => match totals::first_session_start(&mut reads, project, filter).await? {
                Some(session_started_at) => CallCursor {
                    session_started_at,
                    session_key: Uuid::nil(),
                    started_at: Timestamp::EPOCH,
                    ordinal: 0,
                },
                None => return Ok(Vec::new()),
            },
        };
        let rows = sqlx::query(
            "SELECT session_key, started_at, ordinal, widget_id, session_id, session_started_at,
                    start_event_id, ended_at, end_kind, end_event_id, last_heartbeat_at,
                    span_ended_at, span_differences, awaits_end
             FROM calls
             WHERE project_id = $1 AND started_at >= $2 AND started_at < $3
               AND (widget_id = $4 OR $4 = '')
               AND ($10 = 0 OR EXISTS (
                   SELECT 1 FROM calls AS first
                   WHERE first.project_id = calls.project_id
                     AND first.session_key = calls.session_key
                     AND first.started_at = calls.session_started_at
                     AND first.span_differences <> ''))
               AND (session_started_at, session_key, started_at, ordinal) > ($5, $6, $7, $8)
             ORDER BY session_started_at, session_key, started_at, ordinal LIMIT $9",
        )
        .bind(project.to_string())
        .bind(filter.period.from().micros())
        .bind(filter.period.to().micros())
        .bind(filter.widget_id.map_or_else(String::new, |id| id.to_string()))
        .bind(after.session_started_at.micros())
        .bind(after.session_key.to_string())
        .bind(after.started_at.micros())
        .bind(i64::from(after.ordinal))
        .bind(i64::from(limit))
        .bind(i64::from(filter.differing_only))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(rows::stored_call).collect()
    }

    async fn totals(
        &self,
        project: ProjectId,
        filters: &[(CallFilter, Measure)],
    ) -> Result<Vec<CallTotals>, Error> {
        let mut reads = self.reads_of(project).await?;
        let mut all = Vec::with_capacity(filters.len());
        for (filter, measure) in filters {
            all.push(totals::totals(&mut reads, project, *filter, *measure).await?);
        }
        Ok(all)
    }

    async fn orphans(
        &self,
        until: Timestamp,
        after: Option<OrphanCursor>,
        limit: u32,
    ) -> Result<Vec<Orphan>, Error> {
        let (at, key) = after.unwrap_or((Timestamp::from_micros(i64::MIN), Uuid::nil()));
        let rows = sqlx::query(
            "SELECT project_id, widget_id, session_id, started_at, last_heartbeat_at FROM calls
             WHERE awaits_end = 1 AND started_at <= $1 AND (started_at, session_key) > ($2, $3)
             ORDER BY started_at, session_key LIMIT $4",
        )
        .bind(until.micros())
        .bind(at.micros())
        .bind(key.to_string())
        .bind(i64::from(limit))
        .fetch_all(&self.reads)
        .await
        .map_err(sql)?;
        rows.iter().map(rows::orphan).collect()
    }

    async fn claim(
        &self,
        claims: &[OrphanClaim],
        claimant: Uuid,
        now: Timestamp,
        stale: Timestamp,
    ) -> Result<Vec<OrphanClaim>, Error> {
        let mut transaction = self.write().await?;
        // Servers that claim at once follow each other here, and not row by row.
        lock_projection(&mut transaction, CLAIMS).await?;
        let claimant = claims::Claimant { id: claimant, now, stale };
        let mut won = Vec::with_capacity(claims.len());
        for claim in claims {
            won.extend(claims::claim(&mut transaction, claim, claimant).await?);
        }
        transaction.commit().await.map_err(sql)?;
        Ok(won)
    }
}
