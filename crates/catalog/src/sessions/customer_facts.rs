//! Applies customer facts (orders, bookings, reviews, sign-ins) to customer summaries.

use domain::customer_fact::{CustomerAction, CustomerFact};
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::purchases;
use super::summary::Summary;
use super::summary_cache::SummaryCache;

/// Applies facts.
pub(super) async fn apply(
    connection: &mut AnyConnection,
    facts: &[CustomerFact],
    summaries: &mut SummaryCache,
) -> Result<(), Error> {
    for fact in facts {
        apply_fact(fact, summaries.of(connection, fact.project_id, &fact.user_id).await?);
    }
    purchases::put(connection, facts, summaries).await
}

fn apply_fact(fact: &CustomerFact, summary: &mut Summary) {
    summary.extend(fact.at);
    summary.email.update(fact.email.as_ref(), fact.at, fact.event_id);
    summary.name.update(fact.name.as_ref(), fact.at, fact.event_id);
    match fact.action {
        CustomerAction::Order(_) | CustomerAction::Booking(_) => summary.needs_recount = true,
        CustomerAction::Login => {
            summary.login_event_at = summary.login_event_at.max(Some(fact.at));
        }
        CustomerAction::Registration => {
            let earlier = summary.registered_at.map_or(fact.at, |stored| stored.min(fact.at));
            summary.registered_at = Some(earlier);
        }
        CustomerAction::Review(_) | CustomerAction::Other => {}
    }
}
