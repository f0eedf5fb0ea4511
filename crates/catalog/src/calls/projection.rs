//! Facts in, calls out, and adjustments where a month is closed: all in the caller's transaction.

use std::collections::BTreeMap;

use domain::billing::{self, Call, CallFact, Month, Tariff, session_key};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{Error, ProjectCallFact, StoredCall};
use engine::ports::journal::Position;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::store;
use crate::billing::{LateFact, adjust};
use crate::positions::advance;
use crate::transaction::WriteTransaction;

/// This projection's row among the positions.
pub(crate) const PROJECTION: &str = "calls";

/// The tariffs of a project's closed months, as far as they were looked up.
type TariffByMonth = BTreeMap<Month, Option<Tariff>>;

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
    let mut closed = TariffByMonth::new();
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
            let month = Month::of(new.call.started_at);
            if let Some(tariff) = closed_with(transaction, project, month, &mut closed).await? {
                let old = old.map(|old| &old.call);
                adjust(transaction, project, noted, &tariff, old, &new).await?;
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

/// The tariff a month was closed with; none while it is open.
async fn closed_with(
    connection: &mut AnyConnection,
    project: ProjectId,
    month: Month,
    closed: &mut TariffByMonth,
) -> Result<Option<Tariff>, Error> {
    if let Some(known) = closed.get(&month) {
        return Ok(known.clone());
    }
    let tariff = crate::billing::closed_with(connection, project, month).await?;
    closed.insert(month, tariff.clone());
    Ok(tariff)
}
