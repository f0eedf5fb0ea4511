//! The account of what was received: a projection whose rows and position change together.

mod subject;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::outcome::Contract;
use domain::time::Timestamp;
use engine::ports::catalog::{
    Error, FailedEvent, FailedEventCursor, MAX_LISTED_BYTES, NewFailedEvent, OutcomeCount,
    OutcomeDelta, OutcomeStore, RecordId,
};
use engine::ports::journal::Position;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::{malformed, sql};
use crate::positions::{advance, position_column};
use crate::records::{JournalRecord, record};
use crate::row_ext::RowExt;
use crate::transaction::WriteTransaction;

/// After every event: where the first page begins.
const LATEST: FailedEventCursor = FailedEventCursor {
    received_at: Timestamp::from_micros(i64::MAX),
    id: RecordId { position: Position::MAX, journal: None },
};

pub(crate) use subject::{failed_about, remove_about};

/// This projection's row among the positions.
pub(crate) const PROJECTION: &str = "accounts";

#[async_trait]
impl OutcomeStore for Catalog {
    async fn position(&self) -> Result<Position, Error> {
        self.projection_position(PROJECTION).await
    }

    async fn apply(
        &self,
        outcomes: &[OutcomeDelta],
        failed: &[NewFailedEvent],
        position: Position,
    ) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        if !advance(&mut transaction, PROJECTION, position).await? {
            return Ok(());
        }
        for delta in outcomes {
            add(&mut transaction, delta).await?;
        }
        for event in failed {
            keep(&mut transaction, event).await?;
        }
        transaction.commit().await.map_err(sql)
    }

    async fn outcomes(
        &self,
        project: ProjectId,
        from_day: i32,
        to_day: i32,
    ) -> Result<Vec<OutcomeCount>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT day, outcome, reason, count FROM outcomes
             WHERE project_id = $1 AND day >= $2 AND day <= $3",
        )
        .bind(project.to_string())
        .bind(i64::from(from_day))
        .bind(i64::from(to_day))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        let mut counts = rows.iter().map(outcome_count).collect::<Result<Vec<_>, _>>()?;
        counts.sort_by(|a, b| (a.day, &a.outcome, &a.reason).cmp(&(b.day, &b.outcome, &b.reason)));
        Ok(counts)
    }

    async fn failed(
        &self,
        project: ProjectId,
        before: Option<FailedEventCursor>,
        limit: u32,
    ) -> Result<Vec<FailedEvent>, Error> {
        let before = before.unwrap_or(LATEST);
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT journal, position, received_at, contract, reason, detail, resent_at,
                    CASE WHEN length(bytes) = 0 THEN bytes ELSE substr(bytes, 1, $6) END AS bytes,
                    CAST(length(bytes) AS BIGINT) AS size_bytes
             FROM failed_events
             WHERE project_id = $1 AND received_at <= $2
               AND (received_at < $2 OR position < $3 OR (position = $3 AND journal < $4))
             ORDER BY received_at DESC, position DESC, journal DESC LIMIT $5",
        )
        .bind(project.to_string())
        .bind(before.received_at.micros())
        // No stored position is as large as the largest that can be stored.
        .bind(before.id.position_or_last())
        .bind(before.id.journal_text())
        .bind(i64::from(limit))
        .bind(i32::try_from(MAX_LISTED_BYTES).unwrap_or(i32::MAX))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(failed_event).collect()
    }

    async fn failed_event(
        &self,
        project: ProjectId,
        id: RecordId,
    ) -> Result<Option<FailedEvent>, Error> {
        let Ok(position) = i64::try_from(id.position) else { return Ok(None) };
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query(
            "SELECT journal, position, received_at, contract, reason, detail, resent_at,
                    bytes, CAST(length(bytes) AS BIGINT) AS size_bytes
             FROM failed_events WHERE project_id = $1 AND journal = $2 AND position = $3",
        )
        .bind(project.to_string())
        .bind(id.journal_text())
        .bind(position)
        .fetch_optional(&mut *reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(failed_event).transpose()
    }

    async fn mark_resent(
        &self,
        project: ProjectId,
        id: RecordId,
        at: Timestamp,
    ) -> Result<(), Error> {
        let Ok(position) = i64::try_from(id.position) else { return Ok(()) };
        let mut transaction = self.write_of(project).await?;
        sqlx::query(
            "UPDATE failed_events SET resent_at = $4
             WHERE project_id = $1 AND journal = $2 AND position = $3",
        )
        .bind(project.to_string())
        .bind(id.journal_text())
        .bind(position)
        .bind(at.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    async fn prune_failed(&self, before: Timestamp) -> Result<u64, Error> {
        let mut transaction = self.write().await?;
        let pruned = sqlx::query("DELETE FROM failed_events WHERE received_at < $1")
            .bind(before.micros())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        transaction.commit().await.map_err(sql)?;
        Ok(pruned.rows_affected())
    }
}

async fn add(connection: &mut AnyConnection, delta: &OutcomeDelta) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO outcomes (project_id, day, outcome, reason, count)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (project_id, day, outcome, reason)
         DO UPDATE SET count = outcomes.count + excluded.count",
    )
    .bind(delta.project_id.to_string())
    .bind(i64::from(delta.day))
    .bind(delta.outcome.as_str())
    .bind(delta.outcome.reason_str())
    .bind(i64::try_from(delta.count).map_err(|_| malformed("count"))?)
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

async fn keep(transaction: &mut WriteTransaction, event: &NewFailedEvent) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO failed_events
             (journal, position, project_id, received_at, contract, reason, detail, bytes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (journal, position) DO NOTHING",
    )
    .bind(transaction.journal.to_string())
    .bind(position_column(event.position)?)
    .bind(event.project_id.to_string())
    .bind(event.received_at.micros())
    .bind(event.contract.as_str())
    .bind(event.reason.as_str())
    .bind(event.detail.clone())
    .bind(event.bytes.clone())
    .execute(&mut **transaction)
    .await
    .map_err(sql)?;
    Ok(())
}

fn outcome_count(row: &AnyRow) -> Result<OutcomeCount, Error> {
    Ok(OutcomeCount {
        day: row.number("day")?,
        outcome: row.text("outcome")?,
        reason: row.text("reason")?,
        count: row.number("count")?,
    })
}

fn failed_event(row: &AnyRow) -> Result<FailedEvent, Error> {
    Ok(FailedEvent {
        id: record(row)?,
        received_at: row.time("received_at")?,
        contract: Contract::parse(&row.text("contract")?).ok_or_else(|| malformed("contract"))?,
        reason: row.text("reason")?,
        detail: row.text("detail")?,
        bytes: row.bytes("bytes")?,
        size_bytes: row.number("size_bytes")?,
        resent_at: row.maybe_time("resent_at")?,
    })
}
