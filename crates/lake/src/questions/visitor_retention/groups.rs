//! The groups of visitors by a value of their first session.
//!
//! Memory does not follow the number of values, which senders choose: the sessions come sorted by their value, from a statement
//! that sorts on disk where memory ends, and [`LargestGroups`] keeps the largest values alone.

use domain::question::visitor_retention::{
    LargestGroups, RetentionTally, SessionGrouping, VisitorGrouping,
};
use engine::ports::lake::Error;

use super::stored;
use super::visitors::VisitorReader;
use crate::query::instant;
use crate::questions::filters::{LONGEST_SESSION_SECONDS, Needs, session_value};
use crate::questions::scope::PeriodScope;
use crate::questions::session_filters::whole;

/// Visitors of all cohorts that are grouped at most, which takes about 130 MB.
const MAX_VISITORS: usize = 4 << 20;
/// The hashes of the sessions in which visitors came first.
const FIRST_SESSIONS: &str = "first_sessions";

/// The groups of the sessions in which visitors of cohorts came first.
pub(super) async fn session_groups(
    visitors: &VisitorReader<'_>,
    tally: &RetentionTally,
    grouping: &VisitorGrouping,
) -> Result<SessionGrouping, Error> {
    let sessions = first_sessions(visitors, tally).await?;
    let mut distinct = sessions.clone();
    distinct.dedup();
    visitors.question.register_hashes(FIRST_SESSIONS, distinct);
    let whole = whole(visitors.scope);
    visitors.question.find_out(&whole, PeriodScope::Period, Needs::default()).await?;
    let mut values = visitors.values();
    let earliest = visitors.retention.calendar.from().plus_seconds(-LONGEST_SESSION_SECONDS);
    values.insert("earliest", instant(earliest));
    let sql = statement(visitors, grouping);
    let mut rows = visitors.question.stream(&sql, values).await?;
    let mut largest = LargestGroups::default();
    let mut chosen = Vec::new();
    while let Some(batch) = rows.next().await? {
        let missing = || Error::Internal("a column of the sessions is missing".into());
        let texts = batch.texts("value").ok_or_else(missing)?;
        let hashes = batch.integers("session_hash").ok_or_else(missing)?;
        for (value, session) in texts.iter().zip(hashes.values()) {
            match grouping.only.as_deref() {
                Some(only) if value.unwrap_or_default() == only => chosen.push(*session),
                Some(_) => {}
                None => largest.add(value, *session, visitors_of(&sessions, *session)),
            }
        }
    }
    Ok(match &grouping.only {
        Some(only) => SessionGrouping::only(only, chosen),
        None => largest.finish(),
    })
}

/// The first session of each visitor of a cohort, in order.
async fn first_sessions(
    visitors: &VisitorReader<'_>,
    tally: &RetentionTally,
) -> Result<Vec<i64>, Error> {
    let mut sessions = Vec::new();
    visitors
        .each(|visitor| {
            let Some(cohort) = tally.cohort(visitor.first) else { return Ok(()) };
            sessions.extend(visitor.first_session(cohort));
            if sessions.len() > MAX_VISITORS {
                return Err(Error::Limit { limit: "memory" });
            }
            Ok(())
        })
        .await?;
    sessions.sort_unstable();
    Ok(sessions)
}

/// How many visitors came first in this session.
fn visitors_of(sessions: &[i64], session: i64) -> u64 {
    let from = sessions.partition_point(|it| *it < session);
    sessions[from..].partition_point(|it| *it == session) as u64
}

/// A row for each first session, value by value.
fn statement(visitors: &VisitorReader<'_>, grouping: &VisitorGrouping) -> String {
    let value = session_value(grouping.by.dimension()).unwrap_or_else(|| "NULL".to_owned());
    format!(
        "SELECT session_hash, {value} AS value FROM events
         WHERE {stored} AND occurred_at >= $earliest
           AND session_hash IN (SELECT session_hash FROM {FIRST_SESSIONS})
         GROUP BY session_hash ORDER BY value",
        stored = stored(visitors.scope),
    )
}
