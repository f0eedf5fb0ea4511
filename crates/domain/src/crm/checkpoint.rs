//! Checkpoints: the fold of a contact's facts that are no longer stored, from which the fold continues.
//!
//! A checkpoint covers every fact up to its last one. A fact that arrives later and belongs before that one
//! changes nothing any more: see ADR 16.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::NEW_LEAD;
use super::fact::{ContactFact, FactPayload};
use super::history::RuleHistory;
use super::rules::{BookingStep, RuleSet};
use super::state::ContactState;
use super::task::Task;
use crate::id::ProjectId;
use crate::time::Timestamp;

/// The fold of facts that are no longer stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Checkpoint {
    /// The contact that these facts result in.
    pub state: ContactState,
    /// The sessions they named, and when last: an erasure finds the events of these by them.
    pub sessions: BTreeMap<String, Timestamp>,
}

impl Checkpoint {
    /// Folds further facts, in any order. Facts it already covers change nothing.
    pub fn extend(&mut self, project: ProjectId, facts: &[ContactFact], rules: &RuleHistory) {
        let mut ordered: Vec<&ContactFact> = facts.iter().collect();
        ordered.sort_by_key(|fact| fact.order());
        for fact in ordered {
            if let FactPayload::Event(payload) = &fact.payload
                && let Some(session) = &payload.session_id
            {
                let latest = self.sessions.entry(session.clone()).or_insert(fact.occurred_at);
                *latest = fact.occurred_at.max(*latest);
            }
            self.state.apply(project, fact, rules);
        }
    }

    /// Forgets the sessions before `before`: their events are gone, too.
    pub fn forget_sessions(&mut self, before: Timestamp) {
        self.sessions.retain(|_, latest| *latest >= before);
    }

    /// Joins the checkpoints of two contacts that are one; both cover facts up to the same instant.
    #[must_use]
    pub fn join(self, other: Self, rules: &RuleHistory) -> Self {
        let mut sessions = self.sessions;
        for (session, at) in other.sessions {
            let latest = sessions.entry(session).or_insert(at);
            *latest = at.max(*latest);
        }
        Self { state: joined(self.state, other.state, rules), sessions }
    }
}

/// Joins two contacts without their single facts. Counters add up; any other value of the later contact
/// takes precedence over that of the earlier.
fn joined(one: ContactState, other: ContactState, rules: &RuleHistory) -> ContactState {
    // Identities break ties, so the result is the same in either order.
    let order = |a: &ContactState, b: &ContactState| -> Ordering {
        a.folded.cmp(&b.folded).then_with(|| a.known.cmp(&b.known))
    };
    let (earlier, later) =
        if order(&one, &other) == Ordering::Greater { (other, one) } else { (one, other) };
    let Some((last_fact_at, _)) = later.folded else { return later };
    if earlier.folded.is_none() {
        return later;
    }
    let rules = rules.at(last_fact_at);
    // The later one's bookings ended whatever the earlier had begun, as they do in a fold of all facts.
    let has_booked = later.total_bookings > 0;
    let open = if has_booked {
        (None, None)
    } else {
        (earlier.estimated_deal_value, earlier.open_booking)
    };
    let (earlier_deal_value, earlier_booking) = open;
    let mut total_revenue = later.total_revenue;
    for (currency, minor) in earlier.total_revenue {
        let total = total_revenue.entry(currency).or_default();
        *total = total.saturating_add(minor);
    }
    let mut tasks = earlier.tasks;
    let closes = |task: &Task| {
        let mut ending = rules.rules.iter().filter(|rule| rule.booking == Some(BookingStep::Ended));
        ending.any(|rule| rule.closes.contains(&task.seed.kind))
    };
    for task in tasks.iter_mut().filter(|task| has_booked && closes(task)) {
        task.complete(last_fact_at, None);
    }
    tasks.retain(|task| later.tasks.iter().all(|known| known.seed.id != task.seed.id));
    tasks.extend(later.tasks);
    tasks.sort_by_key(|task| (task.seed.created_at, task.seed.id));
    let mut merges = [earlier.merges, later.merges].concat();
    merges.sort_by_key(|merge| (merge.at, merge.fact, merge.absorbed));
    let last_action = if later.last_activity >= earlier.last_activity {
        later.last_action.or(earlier.last_action)
    } else {
        earlier.last_action.or(later.last_action)
    };
    // A source that nobody set is no reason to forget one.
    let is_set = later.lead_source != ContactState::default().lead_source;
    let lead_source = if is_set { later.lead_source } else { earlier.lead_source };
    ContactState {
        lead_status: status(earlier.lead_status, later.lead_status, rules),
        user_id: later.user_id.or(earlier.user_id),
        email: later.email.or(earlier.email),
        first_name: later.first_name.or(earlier.first_name),
        last_name: later.last_name.or(earlier.last_name),
        phone: later.phone.or(earlier.phone),
        lead_source,
        created_at: earlier.created_at.min(later.created_at),
        last_activity: earlier.last_activity.max(later.last_activity),
        last_action,
        last_vehicle_viewed: later.last_vehicle_viewed.or(earlier.last_vehicle_viewed),
        last_search_location: later.last_search_location.or(earlier.last_search_location),
        estimated_deal_value: later.estimated_deal_value.or(earlier_deal_value),
        total_bookings: earlier.total_bookings.saturating_add(later.total_bookings),
        total_revenue,
        website_visits: earlier.website_visits.saturating_add(later.website_visits),
        open_booking: later.open_booking.or(earlier_booking),
        tasks,
        merges,
        known: [earlier.known, later.known].concat(),
        folded: later.folded,
    }
}

/// The later status, unless that contact has no facts, or the rules keep the earlier status instead of the
/// later: a customer stays a customer.
fn status(earlier: String, later: String, rules: &RuleSet) -> String {
    let keeps_earlier = rules
        .rules
        .iter()
        .filter_map(|rule| rule.status.as_ref())
        .any(|status| status.to == later && status.unless.contains(&earlier));
    if later == NEW_LEAD || keeps_earlier { earlier } else { later }
}

/// Folds a checkpoint and later facts into a contact: in any order, each any number of times.
pub fn fold_from(
    project: ProjectId,
    checkpoint: Option<Checkpoint>,
    mut facts: Vec<ContactFact>,
    rules: &RuleHistory,
) -> ContactState {
    facts.sort_by_key(ContactFact::order);
    let mut state = checkpoint.unwrap_or_default().state;
    for fact in &facts {
        state.apply(project, fact, rules);
    }
    state
}

#[cfg(test)]
mod tests;
