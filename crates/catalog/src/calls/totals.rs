//! Adding calls up where they are stored, from an index that has all it takes.

use domain::billing::{EndKind, Measure};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{CallFilter, CallTotals, Error};
use sqlx::AnyConnection;

use crate::error::sql;
use crate::row_ext::RowExt;

/// What the calls of a filter come to. [`Measure::units`] says the same of one call.
pub(crate) async fn totals(
    connection: &mut AnyConnection,
    project: ProjectId,
    filter: CallFilter,
    measure: Measure,
) -> Result<CallTotals, Error> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS calls, COUNT(ended_at) AS with_end,
                COUNT(CASE WHEN end_kind IN ($5, $6) THEN 1 END) AS with_real_end,
                COUNT(CASE WHEN end_kind = $7 THEN 1 END) AS inferred_calls,
                COUNT(CASE WHEN end_kind = $6 THEN 1 END) AS errors,
                CAST(COALESCE(SUM(CASE WHEN ended_at - started_at > $8
                                       THEN (ended_at - started_at - $8 + $9) / $10 ELSE 0 END), 0)
                     AS BIGINT) AS units,
                MIN(started_at) AS first_started_at,
                MAX(CASE WHEN ended_at > started_at THEN ended_at
                         WHEN ended_at IS NOT NULL THEN started_at END) AS last_ended_at
         FROM calls
         WHERE project_id = $1 AND started_at >= $2 AND started_at < $3
           AND (widget_id = $4 OR $4 = '')",
    )
    .bind(project.to_string())
    .bind(filter.period.from().micros())
    .bind(filter.period.to().micros())
    .bind(filter.widget_id.map_or_else(String::new, |id| id.to_string()))
    .bind(EndKind::End.as_str())
    .bind(EndKind::Error.as_str())
    .bind(EndKind::Inferred.as_str())
    .bind(measure.free_micros)
    .bind(measure.round_up_micros)
    .bind(measure.unit_micros)
    .fetch_one(connection)
    .await
    .map_err(sql)?;
    Ok(CallTotals {
        calls: row.number("calls")?,
        with_end: row.number("with_end")?,
        with_real_end: row.number("with_real_end")?,
        inferred_calls: row.number("inferred_calls")?,
        errors: row.number("errors")?,
        units: row.number("units")?,
        first_started_at: row.maybe_time("first_started_at")?,
        last_ended_at: row.maybe_time("last_ended_at")?,
    })
}

/// When the first session with a call of the filter's period began: none of its calls' sessions comes
/// before, so that nobody reads through the years before it.
pub(super) async fn first_session_start(
    connection: &mut AnyConnection,
    project: ProjectId,
    filter: CallFilter,
) -> Result<Option<Timestamp>, Error> {
    let row = sqlx::query(
        "SELECT MIN(session_started_at) AS first FROM calls
         WHERE project_id = $1 AND started_at >= $2 AND started_at < $3",
    )
    .bind(project.to_string())
    .bind(filter.period.from().micros())
    .bind(filter.period.to().micros())
    .fetch_one(connection)
    .await
    .map_err(sql)?;
    row.maybe_time("first")
}
