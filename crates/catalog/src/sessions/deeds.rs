//! Orders, bookings, reviews and sign-ins: what facts say of their customers.

use domain::customer_fact::{CustomerFact, Deed};
use engine::ports::catalog::Error;
use sqlx::AnyConnection;

use super::purchases;
use super::summary::{Summaries, Summary};

/// Takes facts in.
pub(super) async fn take(
    connection: &mut AnyConnection,
    facts: &[CustomerFact],
    summaries: &mut Summaries,
) -> Result<(), Error> {
    for fact in facts {
        note(fact, summaries.of(connection, fact.project_id, &fact.user_id).await?);
    }
    purchases::put(connection, facts, summaries).await
}

fn note(fact: &CustomerFact, summary: &mut Summary) {
    summary.seen(fact.at);
    summary.email.tell(fact.email.as_ref(), fact.at, fact.event_id);
    summary.name.tell(fact.name.as_ref(), fact.at, fact.event_id);
    match fact.deed {
        Deed::Order(_) | Deed::Booking(_) => summary.is_recounted = true,
        Deed::Login => {
            summary.login_event_at = summary.login_event_at.max(Some(fact.at));
        }
        Deed::Registration => {
            let earlier = summary.registered_at.map_or(fact.at, |known| known.min(fact.at));
            summary.registered_at = Some(earlier);
        }
        Deed::Review(_) | Deed::Other => {}
    }
}
