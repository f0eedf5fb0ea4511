//! Tariffs, months and adjustments as rows.

use domain::billing::{AdjustmentReason, Basis, ClosedMonth, Month, Rounding, Tariff, Usage};
use domain::id::{EventId, ProjectId, WidgetId};
use domain::money::Currency;
use domain::time::Timestamp;
use domain::zone::Zone;
use engine::ports::catalog::{Adjustment, BillingPeriod, Error};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::error::{malformed, sql};
use crate::records::record;
use crate::row_ext::RowExt;

/// The tariff of a row.
pub(super) fn tariff(row: &AnyRow) -> Result<Tariff, Error> {
    Ok(Tariff {
        currency: Currency::parse(&row.text("currency")?).map_err(|_| malformed("currency"))?,
        price_minor: row.number("price_minor")?,
        basis: Basis::parse(&row.text("basis")?).ok_or_else(|| malformed("basis"))?,
        rounding: Rounding::parse(&row.text("rounding")?).ok_or_else(|| malformed("rounding"))?,
        free_seconds: row.number("free_seconds")?,
    })
}

fn usage(row: &AnyRow) -> Result<Usage, Error> {
    Ok(Usage {
        calls: row.number("calls")?,
        inferred_calls: row.number("inferred_calls")?,
        errors: row.number("errors")?,
        billable_seconds: row.number("billable_seconds")?,
        amount_minor: row.number("amount_minor")?,
    })
}

/// The month of a row of `billing_periods`. Those closed before months had a zone were closed in UTC.
pub(super) fn closed_month(row: &AnyRow) -> Result<ClosedMonth, Error> {
    let month = Month::from_number(row.number("month")?);
    let instant =
        |at: Option<Timestamp>, month: Month| at.unwrap_or_else(|| month.start(Zone::UTC));
    Ok(ClosedMonth {
        month,
        starts_at: instant(row.maybe_time("starts_at")?, month),
        ends_at: instant(row.maybe_time("ends_at")?, month.next()),
    })
}

/// A row of `billing_periods`.
pub(super) fn period(row: &AnyRow) -> Result<BillingPeriod, Error> {
    Ok(BillingPeriod {
        month: closed_month(row)?,
        closed_at: row.time("closed_at")?,
        tariff: tariff(row)?,
        usage: usage(row)?,
    })
}

/// Stores a closed month within the caller's transaction.
pub(super) async fn insert_period(
    connection: &mut AnyConnection,
    project: ProjectId,
    period: &BillingPeriod,
) -> Result<(), Error> {
    let BillingPeriod { month, closed_at, tariff, usage } = period;
    sqlx::query(
        "INSERT INTO billing_periods (project_id, month, closed_at, currency, price_minor, basis,
                                      rounding, free_seconds, calls, inferred_calls, errors,
                                      billable_seconds, amount_minor, starts_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(project.to_string())
    .bind(i64::from(month.month.number()))
    .bind(closed_at.micros())
    .bind(tariff.currency.as_str().to_owned())
    .bind(tariff.price_minor)
    .bind(tariff.basis.as_str())
    .bind(tariff.rounding.as_str())
    .bind(i64::from(tariff.free_seconds))
    .bind(usage.calls)
    .bind(usage.inferred_calls)
    .bind(usage.errors)
    .bind(usage.billable_seconds)
    .bind(usage.amount_minor)
    .bind(month.starts_at.micros())
    .bind(month.ends_at.micros())
    .execute(connection)
    .await
    .map_err(sql)?;
    Ok(())
}

/// A row of `billing_adjustments`.
pub(super) fn adjustment(row: &AnyRow) -> Result<Adjustment, Error> {
    let reason = AdjustmentReason::parse(&row.text("reason")?);
    Ok(Adjustment {
        record: record(row)?,
        noted_at: row.time("noted_at")?,
        month: Month::from_number(row.number("month")?),
        widget_id: WidgetId(row.id("widget_id")?),
        session_id: row.text("session_id")?,
        session_key: row.id("session_key")?,
        started_at: row.time("started_at")?,
        reason: reason.ok_or_else(|| malformed("reason"))?,
        event_id: EventId(row.id("event_id")?),
        difference: usage(row)?,
    })
}
