//! The lead score: 0 to 100, explained to the event.
//!
//! It is the sum of two parts. *Engagement* is what a customer did: each event weighs what its group
//! says, halves every [`Weights::half_life_days`], and a group counts up to its cap. *Fit* is what is
//! known of them. The score is a pure function of the set of [`Signal`]s, the weights and the instant
//! it is asked for, so neither the order nor the repetition of events changes it.

mod comparison;
mod weights;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::id::EventId;
use crate::time::Timestamp;

pub use comparison::{BARS, Mover, ScoreComparison};
pub use weights::{FitPoints, Group, GroupWeight, InvalidWeights, Weights};

/// Signals that are looked at, the latest; what lies further back has decayed.
pub const MAX_SIGNALS: usize = 1_000;
/// Contributions that are listed, the largest.
const MAX_LISTED: usize = 50;
const DAY_MICROS: f64 = 86_400e6;

/// One thing a customer did, or that became known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// The event behind it.
    pub event_id: EventId,
    /// The event's name, such as `property_view`, or [`KNOWN_EMAIL`] or [`KNOWN_PHONE`].
    pub name: String,
    /// When.
    pub occurred_at: Timestamp,
    /// The visit.
    pub session_id: Option<String>,
}

/// The name of the signal that an e-mail address became known.
pub const KNOWN_EMAIL: &str = "known_email";
/// The name of the signal that a phone number became known.
pub const KNOWN_PHONE: &str = "known_phone";

/// A score with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// 0 to 100: the rounded sum of the parts.
    pub score: u8,
    /// Points for what the customer did.
    pub engagement: f64,
    /// Points for what is known of them.
    pub fit: f64,
    /// The instant it holds for.
    pub as_of: Timestamp,
    /// What each group gave.
    pub groups: Vec<GroupScore>,
    /// The largest contributions, largest first.
    pub contributions: Vec<Contribution>,
}

/// What one group gave.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupScore {
    /// Which.
    pub group: Group,
    /// Its signals.
    pub events: usize,
    /// Their decayed weights.
    pub sum: f64,
    /// What counts: the sum, the cap at most.
    pub points: f64,
}

/// What one signal gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The event.
    pub event_id: EventId,
    /// Its name.
    pub name: String,
    /// Its group.
    pub group: Group,
    /// What it weighs when fresh.
    pub weight: f64,
    /// Its age.
    pub age_days: f64,
    /// Its share of the score, after decay and its group's cap.
    pub points: f64,
}

/// The score of one customer's signals as of an instant. Signals after it count as fresh.
pub fn score(signals: &[Signal], weights: &Weights, as_of: Timestamp) -> Score {
    let latest = latest(signals);
    let mut by_group: BTreeMap<Group, Vec<Contribution>> = BTreeMap::new();
    for signal in &latest {
        let Some(group) = Group::of(&signal.name) else { continue };
        by_group.entry(group).or_default().push(contribution(signal, group, weights, as_of));
    }
    if let Some(recency) = recency(&latest, weights, as_of) {
        by_group.entry(Group::Recency).or_default().push(recency);
    }
    let mut groups = Vec::new();
    let mut contributions = Vec::new();
    for (group, mut members) in by_group {
        let sum: f64 = members.iter().map(|member| member.points).sum();
        let points = sum.min(weights.of(group).cap);
        let share = if sum > 0.0 { points / sum } else { 0.0 };
        groups.push(GroupScore { group, events: members.len(), sum, points });
        for member in &mut members {
            member.points *= share;
        }
        contributions.append(&mut members);
    }
    contributions.retain(|contribution| contribution.points > 0.0);
    contributions.sort_by(|a, b| b.points.total_cmp(&a.points).then(a.event_id.cmp(&b.event_id)));
    contributions.truncate(MAX_LISTED);
    let engagement = groups.iter().map(|group| group.points).sum::<f64>();
    let fit = fit(&latest, &weights.fit);
    Score { score: rounded(engagement + fit), engagement, fit, as_of, groups, contributions }
}

/// Each event once, latest first, as many as count.
fn latest(signals: &[Signal]) -> Vec<&Signal> {
    let mut seen = BTreeSet::new();
    let mut latest: Vec<&Signal> =
        signals.iter().filter(|signal| seen.insert(signal.event_id)).collect();
    latest.sort_by_key(|signal| Reverse((signal.occurred_at, signal.event_id)));
    latest.truncate(MAX_SIGNALS);
    latest
}

fn contribution(
    signal: &Signal,
    group: Group,
    weights: &Weights,
    as_of: Timestamp,
) -> Contribution {
    let weight = weights.of(group).weight;
    let age_days = age_days(signal, as_of);
    Contribution {
        event_id: signal.event_id,
        name: signal.name.clone(),
        group,
        weight,
        age_days,
        points: weight * (-age_days / weights.half_life_days).exp2(),
    }
}

/// The latest thing the customer did counts once more, for being recent.
fn recency(latest: &[&Signal], weights: &Weights, as_of: Timestamp) -> Option<Contribution> {
    let did = |signal: &&&Signal| Group::of(&signal.name).is_some();
    let signal = latest.iter().find(did)?;
    Some(contribution(signal, Group::Recency, weights, as_of))
}

fn fit(latest: &[&Signal], weights: &FitPoints) -> f64 {
    let is_known = |name| latest.iter().any(|signal| signal.name == name);
    let sessions: BTreeSet<&str> =
        latest.iter().filter_map(|signal| signal.session_id.as_deref()).collect();
    [
        (is_known(KNOWN_EMAIL), weights.known_email),
        (is_known(KNOWN_PHONE), weights.known_phone),
        (sessions.len() >= 2, weights.returning),
    ]
    .into_iter()
    .filter_map(|(holds, points)| holds.then_some(points))
    .sum()
}

fn age_days(signal: &Signal, as_of: Timestamp) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "an age is far below 2^52 microseconds")]
    let age_micros = as_of.micros().saturating_sub(signal.occurred_at.micros()).max(0) as f64;
    age_micros / DAY_MICROS
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what a byte holds"
)]
fn rounded(points: f64) -> u8 {
    points.round().clamp(0.0, 100.0) as u8
}

#[cfg(test)]
mod tests;
