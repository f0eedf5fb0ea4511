//! Adding calls up where they are stored, from an index that has all it takes.

use domain::billing::{Basis, EndKind, Measure};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{CallFilter, CallTotals, Error};
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::error::sql;
use crate::row_ext::RowExt;

/// The time a bill counts for a call, in SQL: [`domain::billing::Call::billed_micros`].
const fn billed_micros(basis: Basis) -> &'static str {
    match basis {
        Basis::TalkTime => "(ended_at - started_at)",
        Basis::SessionSpan => "(span_ended_at - started_at)",
    }
}

/// What the calls of a filter come to. [`Measure::units`] says the same of one call.
pub(crate) async fn totals(
    connection: &mut AnyConnection,
    project: ProjectId,
    filter: CallFilter,
    measure: Measure,
) -> Result<CallTotals, Error> {
    let billed = billed_micros(measure.basis);
    let statement = format!(
        "SELECT COUNT(*) AS calls, COUNT(ended_at) AS with_end,
                COUNT(CASE WHEN end_kind = $5 THEN 1 END) AS with_real_end,
                COUNT(CASE WHEN end_kind = $7 THEN 1 END) AS inferred_calls,
                COUNT(CASE WHEN end_kind = $6 THEN 1 END) AS errors,
                CAST(COALESCE(SUM(CASE WHEN {billed} > $8
                                       THEN ({billed} - $8 + $9) / $10 ELSE 0 END), 0)
                     AS BIGINT) AS units,
                CAST(COALESCE(SUM(CASE WHEN ended_at > started_at THEN ended_at - started_at
                                       ELSE 0 END), 0) AS BIGINT) AS talk_micros,
                CAST(COALESCE(SUM(span_ended_at - started_at), 0) AS BIGINT) AS span_micros,
                COUNT(CASE WHEN span_differences <> '' THEN 1 END) AS differing_sessions,
                MIN(started_at) AS first_started_at,
                MAX(CASE WHEN ended_at > started_at THEN ended_at
                         WHEN ended_at IS NOT NULL THEN started_at END) AS last_ended_at
         FROM calls
         WHERE project_id = $1 AND started_at >= $2 AND started_at < $3
           AND (widget_id = $4 OR $4 = '')"
    );
    let row = sqlx::query(AssertSqlSafe(statement))
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
        talk_micros: row.number("talk_micros")?,
        span_micros: row.number("span_micros")?,
        differing_sessions: row.number("differing_sessions")?,
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
