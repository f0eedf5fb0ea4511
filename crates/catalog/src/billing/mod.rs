//! Tariffs, closed months and their adjustments.

mod adjustments;
mod rows;

use async_trait::async_trait;
use domain::billing::{Calendar, ClosedMonth, Tariff, Usage};
use domain::id::ProjectId;
use domain::question::Period;
use domain::time::Timestamp;
use domain::zone::Zone;
use engine::ports::catalog::{
    Adjustment, AdjustmentCursor, BillingPeriod, BillingStore, CallFilter, Error, RecordId,
};
use engine::ports::journal::Position;
use sqlx::AnyConnection;
use uuid::Uuid;

use crate::Catalog;
use crate::calls::{PROJECTION, totals};
use crate::error::{malformed, sql};
use crate::positions::lock_projection;
use crate::records::JournalRecord;

pub(crate) use adjustments::{LateFact, adjust};

/// Before every adjustment in the list: where the first page begins.
const LATEST: AdjustmentCursor = AdjustmentCursor {
    noted_at: Timestamp::from_micros(i64::MAX),
    record: RecordId { position: Position::MAX, journal: None },
    session_key: Uuid::nil(),
    started_at: Timestamp::EPOCH,
};

#[async_trait]
impl BillingStore for Catalog {
    async fn tariff(&self, project: ProjectId) -> Result<Option<Tariff>, Error> {
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query(
            "SELECT currency, price_minor, basis, rounding, free_seconds FROM tariffs
             WHERE project_id = $1",
        )
        .bind(project.to_string())
        .fetch_optional(&mut *reads)
        .await
        .map_err(sql)?;
        row.as_ref().map(rows::tariff).transpose()
    }

    async fn set_tariff(&self, project: ProjectId, tariff: &Tariff) -> Result<(), Error> {
        let mut transaction = self.write_of(project).await?;
        sqlx::query(
            "INSERT INTO tariffs (project_id, currency, price_minor, basis, rounding, free_seconds)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (project_id)
             DO UPDATE SET currency = excluded.currency, price_minor = excluded.price_minor,
                           basis = excluded.basis, rounding = excluded.rounding,
                           free_seconds = excluded.free_seconds",
        )
        .bind(project.to_string())
        .bind(tariff.currency.as_str().to_owned())
        .bind(tariff.price_minor)
        .bind(tariff.basis.as_str())
        .bind(tariff.rounding.as_str())
        .bind(i64::from(tariff.free_seconds))
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    async fn close(
        &self,
        project: ProjectId,
        month: ClosedMonth,
        tariff: &Tariff,
        at: Timestamp,
    ) -> Result<BillingPeriod, Error> {
        let mut transaction = self.write_of(project).await?;
        // What the projection of calls applies later finds the month closed.
        lock_projection(&mut transaction, PROJECTION).await?;
        let closed = closed_months(&mut transaction, project).await?;
        let calendar = Calendar::new(Zone::UTC, closed.into_iter().map(|(month, _)| month));
        if !calendar.has_room_for(month) {
            let cause = "another month was closed at the same time, in another time zone";
            return Err(Error::Unavailable(cause.into()));
        }
        let usage = usage_of(&mut transaction, project, month, tariff).await?;
        let period = BillingPeriod { month, closed_at: at, tariff: tariff.clone(), usage };
        rows::insert_period(&mut transaction, project, &period).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(period)
    }

    async fn periods(&self, project: ProjectId) -> Result<Vec<BillingPeriod>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT month, starts_at, ends_at, closed_at, currency, price_minor, basis, rounding, free_seconds, calls,
                    inferred_calls, errors, billable_seconds, amount_minor
             FROM billing_periods WHERE project_id = $1 ORDER BY month DESC",
        )
        .bind(project.to_string())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(rows::period).collect()
    }

    async fn adjustments(
        &self,
        project: ProjectId,
        begun: Period,
    ) -> Result<Vec<Adjustment>, Error> {
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT journal, position, noted_at, session_key, started_at, month, widget_id, session_id,
                    reason, event_id, calls, inferred_calls, errors, billable_seconds, amount_minor
             FROM billing_adjustments
             WHERE project_id = $1 AND started_at >= $2 AND started_at < $3",
        )
        .bind(project.to_string())
        .bind(begun.from().micros())
        .bind(begun.to().micros())
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(rows::adjustment).collect()
    }

    async fn list_adjustments(
        &self,
        project: ProjectId,
        after: Option<AdjustmentCursor>,
        limit: u32,
    ) -> Result<Vec<Adjustment>, Error> {
        let after = after.unwrap_or(LATEST);
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT journal, position, noted_at, session_key, started_at, month, widget_id, session_id,
                    reason, event_id, calls, inferred_calls, errors, billable_seconds, amount_minor
             FROM billing_adjustments
             WHERE project_id = $1 AND noted_at <= $2
               AND (noted_at < $2 OR position < $3
                    OR (position = $3
                        AND (journal < $4
                             OR (journal = $4
                                 AND (session_key > $5
                                      OR (session_key = $5 AND started_at > $6))))))
             ORDER BY noted_at DESC, position DESC, journal DESC, session_key, started_at LIMIT $7",
        )
        .bind(project.to_string())
        .bind(after.noted_at.micros())
        .bind(after.record.position_or_last())
        .bind(after.record.journal_text())
        .bind(after.session_key.to_string())
        .bind(after.started_at.micros())
        .bind(i64::from(limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(rows::adjustment).collect()
    }
}

/// The usage of the calls begun in a month.
async fn usage_of(
    connection: &mut AnyConnection,
    project: ProjectId,
    month: ClosedMonth,
    tariff: &Tariff,
) -> Result<Usage, Error> {
    let begun = Period::new(month.starts_at, month.ends_at).map_err(|_| malformed("month"))?;
    let filter = CallFilter { period: begun, widget_id: None, differing_only: false };
    let totals = totals(connection, project, filter, tariff.measure()).await?;
    Ok(totals.usage(Some(tariff)))
}

/// A project's closed months with the tariffs they were closed with.
pub(crate) async fn closed_months(
    connection: &mut AnyConnection,
    project: ProjectId,
) -> Result<Vec<(ClosedMonth, Tariff)>, Error> {
    let rows = sqlx::query(
        "SELECT month, starts_at, ends_at, currency, price_minor, basis, rounding, free_seconds
         FROM billing_periods WHERE project_id = $1",
    )
    .bind(project.to_string())
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    rows.iter().map(|row| Ok((rows::closed_month(row)?, rows::tariff(row)?))).collect()
}
