//! How long customers' sessions last, and on which devices and browsers they are.
//!
//! One pass over the sessions groups them by device and browser together; both lists and the total
//! follow from these groups.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, SessionFigures, SessionGroup, SessionTotals};
use sqlx::any::AnyRow;

use crate::Catalog;
use crate::error::sql;
use crate::row_ext::RowExt;

/// The most pairs of a device and a browser that are read, by their sessions: senders may name any.
const MAX_PAIRS: i64 = 5_000;
/// The index `user_sessions_by_device` contains all columns, in this order.
const STATEMENT: &str = "SELECT device_type, browser, sessions, ended, ended_ms,
        CAST(SUM(sessions) OVER () AS BIGINT) AS all_sessions,
        CAST(SUM(ended) OVER () AS BIGINT) AS all_ended,
        CAST(SUM(ended_ms) OVER () AS BIGINT) AS all_ended_ms
    FROM (SELECT device_type, browser, COUNT(*) AS sessions, COUNT(ended_at) AS ended,
                 CAST(COALESCE(SUM((ended_at - started_at) / 1000), 0) AS BIGINT) AS ended_ms
          FROM user_sessions WHERE project_id = $1 AND started_at >= $2
          GROUP BY device_type, browser) AS pairs
    ORDER BY sessions DESC LIMIT $3";

/// See [`CustomerStore::session_figures`](engine::ports::catalog::CustomerStore::session_figures).
pub(super) async fn read(
    catalog: &Catalog,
    project: ProjectId,
    since: Option<Timestamp>,
) -> Result<SessionFigures, Error> {
    let mut reads = catalog.reads_of(project).await?;
    let rows = sqlx::query(STATEMENT)
        .bind(project.to_string())
        .bind(since.map_or(i64::MIN, Timestamp::micros))
        .bind(MAX_PAIRS)
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
    let Some(first) = rows.first() else { return Ok(SessionFigures::default()) };
    let total = SessionTotals {
        sessions: first.number("all_sessions")?,
        ended: first.number("all_ended")?,
        ended_ms: first.number("all_ended_ms")?,
    };
    Ok(SessionFigures {
        total,
        devices: grouped(&rows, "device_type")?,
        browsers: grouped(&rows, "browser")?,
    })
}

/// The pairs added up by one of their columns.
fn grouped(rows: &[AnyRow], column: &'static str) -> Result<Vec<SessionGroup>, Error> {
    let mut by_name: BTreeMap<Option<String>, SessionTotals> = BTreeMap::new();
    for row in rows {
        let totals = by_name.entry(row.maybe_text(column)?).or_default();
        totals.sessions += row.number::<u64>("sessions")?;
        totals.ended += row.number::<u64>("ended")?;
        totals.ended_ms += row.number::<u64>("ended_ms")?;
    }
    let groups = by_name.into_iter().map(|(name, totals)| SessionGroup { name, totals });
    let mut groups: Vec<SessionGroup> = groups.collect();
    groups.sort_by_key(|group| Reverse(group.totals.sessions));
    groups.truncate(SessionFigures::MAX_GROUPS);
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use sqlx::{AssertSqlSafe, Row};
    use uuid::Uuid;

    use super::*;

    #[tokio::test]
    async fn session_figures_are_answered_from_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let catalog = Catalog::open(&folder.path().join("catalog.db")).await.unwrap();
        let mut reads = catalog.reads_of(ProjectId(Uuid::nil())).await.unwrap();
        let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {STATEMENT}"));
        let steps = sqlx::query(explain).fetch_all(&mut *reads).await.unwrap();
        let steps: Vec<String> = steps.iter().map(|step| step.get("detail")).collect();
        let search =
            "SEARCH user_sessions USING COVERING INDEX user_sessions_by_device (project_id=?)";
        assert!(steps.iter().any(|step| step == search), "{steps:?}");
        assert!(!steps.iter().any(|step| step.contains("FOR GROUP BY")), "{steps:?}");
    }
}
