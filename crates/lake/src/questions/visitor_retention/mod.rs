//! Do visitors come back?
//!
//! One statement yields the units in which each visitor had events, visitor by visitor, over all stored events; where
//! conversions matter, others find these and their visitors first. Where visitors are grouped, that statement runs twice: first
//! it finds the session in which each visitor came, and another one finds the values of these sessions.

mod groups;
mod purchases;
mod visitors;

use domain::question::Scope;
use domain::question::visitor_retention::{RetentionAnswer, RetentionTally, VisitorRetention};
use domain::time::Timestamp;
use engine::ports::lake::Error;

use self::groups::session_groups;
use self::visitors::VisitorReader;
use super::buckets::numbering;
use super::scope::not_bots;
use crate::query::Question;

pub(crate) async fn visitor_retention(
    question: &Question,
    scope: &Scope,
    retention: &VisitorRetention,
    now: Timestamp,
) -> Result<RetentionAnswer, Error> {
    let units = retention.calendar.clone();
    question.register_function(numbering("unit_of", move |at| units.range(at)));
    let visitors = VisitorReader::of(question, scope, retention).await?;
    let mut tally = RetentionTally::new(&retention.calendar, now);
    if let Some(grouping) = &retention.grouping {
        let groups = session_groups(&visitors, &tally, grouping).await?;
        tally = tally.with_groups(groups.values());
        let counts_all = grouping.only.is_none();
        visitors
            .each(|visitor| {
                let cohort = tally.cohort(visitor.first);
                let session = cohort.and_then(|cohort| visitor.first_session(cohort));
                let group = groups.group_of(session);
                if counts_all || group.is_some() {
                    tally.add(visitor.first, visitor.returning, group);
                }
                Ok(())
            })
            .await?;
    } else {
        visitors
            .each(|visitor| {
                tally.add(visitor.first, visitor.returning, None);
                Ok(())
            })
            .await?;
    }
    Ok(tally.finish(visitors.unattributed()))
}

/// The conditions of all stored events before the end of the last unit.
fn stored(scope: &Scope) -> String {
    format!("project_id = $project AND occurred_at < $to{}", not_bots(&scope.filters))
}
