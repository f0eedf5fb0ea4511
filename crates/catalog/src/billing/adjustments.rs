//! Adjustments: changes of a closed month by late facts.

use domain::billing::{Call, Month, Tariff, Usage, reason};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, StoredCall};
use engine::ports::journal::Position;

use crate::error::sql;
use crate::positions::position_column;
use crate::transaction::WriteTransaction;

/// Where and when late facts are noted.
#[derive(Clone, Copy)]
pub(crate) struct LateFact {
    /// The position they are applied up to.
    pub(crate) position: Position,
    /// When the latest of them was received.
    pub(crate) at: Timestamp,
}

/// Notes the difference between a call as it was and as it is now; nothing when its usage is the same. Calls
/// begun at the same instant share an adjustment.
pub(crate) async fn adjust(
    transaction: &mut WriteTransaction,
    project: ProjectId,
    late: LateFact,
    (month, tariff): (Month, &Tariff),
    before: Option<&Call>,
    after: &StoredCall,
) -> Result<(), Error> {
    let call = &after.call;
    let before_usage = before.map(|call| Usage::of(call, Some(tariff))).unwrap_or_default();
    let difference = Usage::of(call, Some(tariff)) - before_usage;
    if difference == Usage::default() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO billing_adjustments (project_id, journal, position, noted_at, session_key,
                                          started_at, month, widget_id, session_id, reason,
                                          event_id, calls, inferred_calls, errors,
                                          billable_seconds, amount_minor)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         ON CONFLICT (project_id, journal, position, session_key, started_at)
         DO UPDATE SET calls = billing_adjustments.calls + excluded.calls,
                       inferred_calls = billing_adjustments.inferred_calls + excluded.inferred_calls,
                       errors = billing_adjustments.errors + excluded.errors,
                       billable_seconds =
                           billing_adjustments.billable_seconds + excluded.billable_seconds,
                       amount_minor = billing_adjustments.amount_minor + excluded.amount_minor",
    )
    .bind(project.to_string())
    .bind(transaction.journal.to_string())
    .bind(position_column(late.position)?)
    .bind(late.at.micros())
    .bind(after.session_key.to_string())
    .bind(call.started_at.micros())
    .bind(i64::from(month.number()))
    .bind(after.widget_id.to_string())
    .bind(after.session_id.clone())
    .bind(reason(before, call).as_str())
    .bind(call.end.map_or(call.start, |end| end.event).to_string())
    .bind(difference.calls)
    .bind(difference.inferred_calls)
    .bind(difference.errors)
    .bind(difference.billable_seconds)
    .bind(difference.amount_minor)
    .execute(&mut **transaction)
    .await
    .map_err(sql)?;
    Ok(())
}
