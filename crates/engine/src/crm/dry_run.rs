//! A dry run of rules over the contacts that were active lately: what would differ, had they been in force.

use domain::crm::ContactId;
use domain::crm::{ContactState, DryRunDifference, DryRunTotals, RuleSet, dry_run};
use domain::id::ProjectId;
use domain::time::Timestamp;

use super::CrmService;
use crate::Error;
use crate::ports::catalog::{ContactHistory, ContactSort};

/// Days that a dry run looks back, at most.
pub const MAX_DRY_RUN_DAYS: u32 = 90;
/// Contacts that one dry run folds, at most.
const MAX_CONTACTS: usize = 20_000;
/// Facts that one dry run folds, at most.
const MAX_FACTS: usize = 300_000;
/// How long one dry run may take, in microseconds.
const MAX_MICROS: i64 = 8_000_000;
/// Contacts read at a time.
const PAGE: u32 = 64;
/// Contacts that are listed as examples.
const MAX_EXAMPLES: usize = 10;
/// Another dry run may begin after about so many seconds.
const RETRY_SECONDS: u32 = 5;

/// Differences that other rules would have made.
#[derive(Debug, Clone, PartialEq)]
pub struct RulesDryRun {
    /// The rules are taken to have been in force since then.
    pub since: Timestamp,
    /// Contacts looked at: the latest active first.
    pub contacts: usize,
    /// Whether these are all that were active since then.
    pub is_complete: bool,
    /// The differences, added up.
    pub totals: DryRunTotals,
    /// Contacts with a difference, the latest active first.
    pub examples: Vec<DryRunExample>,
}

/// A contact that would differ.
#[derive(Debug, Clone, PartialEq)]
pub struct DryRunExample {
    /// Which.
    pub contact: ContactId,
    /// As it is.
    pub state: ContactState,
    /// The differences.
    pub difference: DryRunDifference,
}

impl CrmService {
    /// Differences that `candidate` would have made to contacts active in the last `days`, had it been in force
    /// all the time. Changes nothing. Looks at so many contacts and facts, and for so long, and says whether that was all.
    ///
    /// # Errors
    /// [`Error::Limited`] while another dry run goes on.
    pub async fn dry_run_rules(
        &self,
        project: ProjectId,
        candidate: RuleSet,
        days: u32,
    ) -> Result<RulesDryRun, Error> {
        candidate.validate().map_err(|bad| Error::invalid(bad.field.clone(), bad.to_string()))?;
        if !(1..=MAX_DRY_RUN_DAYS).contains(&days) {
            return Err(Error::invalid("days", format!("days must be 1 to {MAX_DRY_RUN_DAYS}")));
        }
        let _turn = self
            .dry_runs
            .try_acquire()
            .map_err(|_| Error::Limited { retry_after_seconds: RETRY_SECONDS })?;
        let begun = self.parts.clock.now();
        let since = begun.plus_seconds(-i64::from(days) * 86_400);
        let rules = self.parts.facts.rules(project).await?.with_candidate(candidate, since);
        let mut run = RulesDryRun {
            since,
            contacts: 0,
            is_complete: false,
            totals: DryRunTotals::default(),
            examples: Vec::new(),
        };
        let (mut after, mut facts) = (None, 0);
        loop {
            let page = self.parts.facts.contact_facts(project, since, after, PAGE).await?;
            let is_last = page.len() < PAGE as usize;
            for contact in page {
                after = Some(place(&contact));
                facts += contact.facts.len();
                run.look_at(project, contact, &rules);
            }
            if is_last {
                run.is_complete = true;
                break;
            }
            let is_late = self.parts.clock.now().micros_since(begun) > MAX_MICROS;
            if is_late || facts >= MAX_FACTS || run.contacts >= MAX_CONTACTS {
                break;
            }
        }
        Ok(run)
    }
}

/// A contact's place among those that were active.
fn place(contact: &ContactHistory) -> (Timestamp, ContactId) {
    let at = Timestamp::from_micros(ContactSort::LastActivity.key(&contact.state));
    (at, contact.id)
}

impl RulesDryRun {
    fn look_at(
        &mut self,
        project: ProjectId,
        ContactHistory { id, state, checkpoint, facts }: ContactHistory,
        rules: &domain::crm::RuleHistory,
    ) {
        self.contacts += 1;
        let difference = dry_run(project, &state, checkpoint, facts, rules);
        self.totals.add(&state, &difference);
        if !difference.is_none() && self.examples.len() < MAX_EXAMPLES {
            self.examples.push(DryRunExample { contact: id, state, difference });
        }
    }
}
