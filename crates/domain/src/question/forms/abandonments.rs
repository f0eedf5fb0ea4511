//! The visits that gave up in a form.

use std::collections::HashMap;

use super::{MAX_STARTS_OF_FORM, number_of, whole};
use crate::form_progress::{FormOutcome, FormProgress};
use crate::time::Timestamp;

/// A start that was not submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormAbandonment {
    /// The visit.
    pub session_id: Option<String>,
    /// The customer, when known.
    pub user_id: Option<String>,
    /// When the form was begun.
    pub started_at: Timestamp,
    /// The field touched last.
    pub last_field: Option<String>,
    /// Milliseconds until the last thing done.
    pub duration_ms: u32,
}

/// Starts of one form that were not submitted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormAbandonmentList {
    /// The latest, in descending order.
    pub abandonments: Vec<FormAbandonment>,
    /// All of them.
    pub total: u64,
}

/// A form, and a field of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormChoice {
    /// The page's path.
    pub path: String,
    /// The form's name.
    pub form: String,
    /// The field that was touched last; any when none is named.
    pub field: Option<String>,
}

/// The latest starts of one form that were not submitted, from its reports in any order.
#[derive(Debug, Default)]
pub struct AbandonmentTally {
    /// By the number of its id.
    starts: HashMap<u64, (u32, Option<FormAbandonment>)>,
}

impl AbandonmentTally {
    /// Counts a report of the form, of this visit and customer.
    pub fn add(&mut self, progress: &FormProgress<'_>, of: impl FnOnce() -> FormAbandonment) {
        let id = number_of(&progress.form_id);
        let known = self.starts.get(&id);
        if known.is_some_and(|(revision, _)| *revision >= progress.revision) {
            return;
        }
        let abandonment = (progress.outcome == FormOutcome::Abandoned).then(|| FormAbandonment {
            last_field: progress.last_field.clone().map(std::borrow::Cow::into_owned),
            duration_ms: whole(progress.duration_ms),
            ..of()
        });
        self.starts.insert(id, (progress.revision, abandonment));
    }

    /// Whether it holds as much as it may.
    pub fn is_full(&self) -> bool {
        self.starts.len() > MAX_STARTS_OF_FORM
    }

    /// Those given up at a field, or at any; the `limit` latest.
    pub fn finish(self, field: Option<&str>, limit: usize) -> FormAbandonmentList {
        let mut found: Vec<FormAbandonment> = self
            .starts
            .into_values()
            .filter_map(|(_, abandonment)| abandonment)
            .filter(|it| field.is_none() || it.last_field.as_deref() == field)
            .collect();
        found.sort_by(|a, b| {
            b.started_at.cmp(&a.started_at).then_with(|| a.session_id.cmp(&b.session_id))
        });
        let total = found.len() as u64;
        found.truncate(limit);
        FormAbandonmentList { abandonments: found, total }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::progress;
    use super::*;

    #[test]
    fn abandonments_are_the_latest_of_a_field() {
        let mut tally = AbandonmentTally::default();
        let of = |session: &str, at: i64| {
            let session_id = Some(session.to_owned());
            let started_at = Timestamp::from_seconds(at);
            move || FormAbandonment {
                session_id,
                user_id: None,
                started_at,
                last_field: None,
                duration_ms: 0,
            }
        };
        let name = ("name", 0, 2_000, 0, 0, true);
        let phone = ("phone", 1, 1_000, 0, 0, true);
        tally.add(&progress("a", 1, false, &[name, phone]), of("s", 1));
        tally.add(&progress("b", 1, false, &[name, phone]), of("t", 2));
        tally.add(&progress("c", 1, false, &[name]), of("u", 3));
        tally.add(&progress("d", 2, true, &[name, phone]), of("v", 4));
        tally.add(&progress("d", 1, false, &[name, phone]), of("v", 4));
        let FormAbandonmentList { abandonments: found, total } = tally.finish(Some("phone"), 1);
        assert_eq!(
            (total, found[0].session_id.as_deref(), found[0].duration_ms),
            (2, Some("t"), 3_000)
        );
    }
}
