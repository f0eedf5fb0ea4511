//! A dry run: what other rules would have made of events that have occurred.
//!
//! The candidate is taken to have been in force from an instant on, in place of every version that was. Events before
//! it, and what members did by hand, count as they did. An abandoned booking is an event of its time: another
//! `abandon_after_minutes` makes none of the past.

use std::collections::BTreeMap;

use super::checkpoint::{Checkpoint, fold_from};
use super::fact::ContactFact;
use super::history::{RuleHistory, RuleVersion};
use super::rules::RuleSet;
use super::state::ContactState;
use super::task::Task;
use crate::id::ProjectId;
use crate::time::Timestamp;

/// Differences that the candidate would have made to one contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DryRunDifference {
    /// The status it would have in place of its own; none where that is the same.
    pub status: Option<String>,
    /// Tasks that would have been opened, too.
    pub opened: Vec<Task>,
    /// Tasks of its own that would not have been opened.
    pub not_opened: Vec<Task>,
}

impl DryRunDifference {
    /// Between a contact as it is and as it would be.
    pub fn between(actual: &ContactState, would_be: &ContactState) -> Self {
        let only_in = |one: &ContactState, other: &ContactState| -> Vec<Task> {
            let is_there = |task: &&Task| other.tasks.iter().all(|known| known.seed != task.seed);
            one.tasks.iter().filter(is_there).cloned().collect()
        };
        let status =
            (actual.lead_status != would_be.lead_status).then(|| would_be.lead_status.clone());
        Self { status, opened: only_in(would_be, actual), not_opened: only_in(actual, would_be) }
    }

    /// Whether there is one.
    pub fn is_none(&self) -> bool {
        self.status.is_none() && self.opened.is_empty() && self.not_opened.is_empty()
    }
}

impl RuleHistory {
    /// The same history, had `candidate` been in force from `from` on in place of all others.
    #[must_use]
    pub fn with_candidate(&self, candidate: RuleSet, from: Timestamp) -> Self {
        let versions = self.versions().iter().filter(|version| version.version > 0);
        let mut versions: Vec<RuleVersion> = versions.cloned().collect();
        let version = self.current().version + 1;
        versions.push(RuleVersion { version, from, rules: candidate });
        Self::new(versions)
    }
}

/// Differences that `candidate`, a history made by [`RuleHistory::with_candidate`], would have made to a contact.
pub fn dry_run(
    project: ProjectId,
    actual: &ContactState,
    checkpoint: Option<Checkpoint>,
    facts: Vec<ContactFact>,
    candidate: &RuleHistory,
) -> DryRunDifference {
    let would_be = fold_from(project, checkpoint, facts, candidate);
    DryRunDifference::between(actual, &would_be)
}

/// The differences of many contacts, added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DryRunTotals {
    /// Contacts by the status they have and the one they would have.
    pub statuses: BTreeMap<(String, String), u64>,
    /// Tasks that would have been opened, by title.
    pub opened: BTreeMap<String, u64>,
    /// Tasks that would not have been, by title.
    pub not_opened: BTreeMap<String, u64>,
    /// Contacts with a difference.
    pub contacts: u64,
}

impl DryRunTotals {
    /// Adds one contact's.
    pub fn add(&mut self, actual: &ContactState, difference: &DryRunDifference) {
        if difference.is_none() {
            return;
        }
        self.contacts += 1;
        if let Some(status) = &difference.status {
            *self.statuses.entry((actual.lead_status.clone(), status.clone())).or_default() += 1;
        }
        for task in &difference.opened {
            *self.opened.entry(task.seed.title.clone()).or_default() += 1;
        }
        for task in &difference.not_opened {
            *self.not_opened.entry(task.seed.title.clone()).or_default() += 1;
        }
    }
}
