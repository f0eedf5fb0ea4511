//! Facts in, calls out, and adjustments where a month is closed: all in the caller's transaction.

use std::collections::BTreeMap;

use domain::billing::{self, Call, CallFact, session_key};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, ProjectCallFact, StoredCall};
use engine::ports::journal::Position;
use uuid::Uuid;

use super::store;
use crate::billing::{LateFact, adjust, closed_months};
use crate::positions::advance;
use crate::transaction::WriteTransaction;

/// This projection's row among the positions.
pub(crate) const PROJECTION: &str = "calls";

/// Applies facts; `false`, and nothing done, when the position is there already.
pub(super) async fn apply(
    transaction: &mut WriteTransaction,
    facts: &[ProjectCallFact],
    position: Position,
) -> Result<bool, Error> {
    if !advance(transaction, PROJECTION, position).await? {
        return Ok(false);
    }
    let mut by_project: BTreeMap<ProjectId, Vec<&ProjectCallFact>> = BTreeMap::new();
    for fact in facts {
        by_project.entry(fact.project_id).or_default().push(fact);
    }
    for (project, facts) in by_project {
        let mut touched: BTreeMap<Uuid, Timestamp> = BTreeMap::new();
        for ProjectCallFact { fact, .. } in store::store_facts(transaction, project, &facts).await?
        {
            let key = session_key(fact.widget_id, &fact.session_id);
            let received_at = fact.arrival.received_at;
            let latest = touched.entry(key).or_insert(received_at);
            *latest = (*latest).max(received_at);
        }
        refold(transaction, project, position, touched).await?;
    }
    Ok(true)
}

/// Makes the calls of these (widget, session)s what their facts say. With each key comes when the latest of
/// its new facts was received.
async fn refold(
    transaction: &mut WriteTransaction,
    project: ProjectId,
    position: Position,
    touched: BTreeMap<Uuid, Timestamp>,
) -> Result<(), Error> {
    let keys: Vec<Uuid> = touched.keys().copied().collect();
    let mut facts = store::facts_of(transaction, project, &keys).await?;
    let mut stored = store::calls_of(transaction, project, &keys).await?;
    let mut closed = None;
    let mut changed = Vec::new();
    for (key, noted_at) in touched {
        let noted = LateFact { position, at: noted_at };
        let before = stored.remove(&key).unwrap_or_default();
        for new in calls(key, &facts.remove(&key).unwrap_or_default()) {
            let named = |call: &Call| (call.started_at, call.ordinal);
            let old = before.iter().find(|old| named(&old.call) == named(&new.call));
            if old == Some(&new) {
                continue;
            }
            let months = match &closed {
                Some(months) => months,
                None => closed.insert(closed_months(transaction, project).await?),
            };
            let at = new.call.started_at;
            let month =
                months.iter().find(|(month, _)| month.starts_at <= at && at < month.ends_at);
            if let Some((month, tariff)) = month {
                let old = old.map(|old| &old.call);
                adjust(transaction, project, noted, (month.month, tariff), old, &new).await?;
            }
            changed.push(new);
        }
    }
    store::store_calls(transaction, project, &changed).await
}

/// The calls of a (widget, session).
fn calls(session_key: Uuid, facts: &[CallFact]) -> Vec<StoredCall> {
    let calls = billing::calls(facts);
    let (Some(first), Some(fact)) = (calls.first(), facts.first()) else { return Vec::new() };
    let session_started_at = first.started_at;
    let stored = |call| StoredCall {
        widget_id: fact.widget_id,
        session_id: fact.session_id.clone(),
        session_key,
        session_started_at,
        call,
    };
    calls.into_iter().map(stored).collect()
}
