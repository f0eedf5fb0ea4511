//! Where do visitors give up in forms?
//!
//! # Definitions
//!
//! A *start* is one visit of a form on one page, from the first field reached on; its last revision counts
//! ([`FormProgress`]). A form is known by the page's path and its name. A field is *reached* by starts in which it was focused, clicked or changed, and
//! *abandoned at* by starts that were not submitted and touched it last.
//!
//! Names are what senders make them, so that what is kept apart is bounded: [`MAX_FORMS`] forms, and
//! [`MAX_FIELDS_OF_FORM`] fields of each; starts of others are counted by nothing but `other_starts`.

mod abandonments;

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::quantile;
use crate::form_progress::{FieldProgress, FormOutcome, FormProgress};

pub use abandonments::{AbandonmentTally, FormAbandonment, FormAbandonmentList, FormChoice};

/// Reports that are looked at, at most.
pub const MAX_REPORTS: u64 = 500_000;
/// Forms that are kept apart, at most.
pub const MAX_FORMS: usize = 500;
/// Fields of a form that are kept apart, at most.
pub const MAX_FIELDS_OF_FORM: usize = 100;
/// Fields of all starts that are counted, at most: they take up to 50 MB.
pub const MAX_STATES: usize = 2_000_000;
/// Starts of one form whose abandonments are listed, at most.
pub const MAX_STARTS_OF_FORM: usize = 200_000;

/// Forms of a period.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormReport {
    /// Most starts first, ties by path and name.
    pub forms: Vec<FormFigures>,
    /// Forms with starts, those left out of the list among them.
    pub total: u64,
    /// Starts of forms beyond [`MAX_FORMS`].
    pub other_starts: u64,
}

/// A form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormFigures {
    /// The page's path.
    pub path: String,
    /// The form's name.
    pub form: String,
    /// Visits of the form that reached a field.
    pub starts: u64,
    /// Starts that were submitted.
    pub submissions: u64,
    /// Starts of the period before.
    pub previous_starts: u64,
    /// Submitted starts of the period before.
    pub previous_submissions: u64,
    /// Median of submitted starts, in seconds.
    pub median_seconds: Option<f64>,
    /// In the order of the form: by the place most starts saw them at, ties by name.
    pub fields: Vec<FieldFigures>,
}

/// A field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldFigures {
    /// Its name.
    pub field: String,
    /// Its control, such as `email`.
    pub kind: String,
    /// Starts in which it was focused, clicked or changed.
    pub reached: u64,
    /// Starts that were not submitted and touched it last.
    pub abandoned: u64,
    /// Median of the time in it, in seconds.
    pub median_seconds: Option<f64>,
    /// Starts that went back to change it.
    pub corrected: u64,
    /// Starts in which it was refused.
    pub refused: u64,
    /// Starts that left it empty.
    pub left_empty: u64,
}

/// Counts reports one after the other, in any order.
#[derive(Debug, Default)]
pub struct FormTally {
    forms: HashMap<(String, String), Form>,
    /// Starts that are not kept apart.
    other: HashSet<u64>,
    /// Of all starts.
    states: usize,
}

#[derive(Debug, Default)]
struct Form {
    names: Vec<(String, String)>,
    numbers: HashMap<String, usize>,
    /// By the number of its id.
    starts: HashMap<u64, Start>,
}

#[derive(Debug)]
struct Start {
    revision: u32,
    is_current: bool,
    is_submitted: bool,
    duration_ms: u32,
    last: Option<usize>,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    number: usize,
    position: u32,
    time_ms: u32,
    is_corrected: bool,
    is_refused: bool,
    is_filled: bool,
}

impl FormTally {
    /// Counts a report of a form on a page, of the period or of the one before.
    pub fn add(&mut self, path: &str, progress: &FormProgress<'_>, is_current: bool) {
        let key = (path.to_owned(), progress.form.clone().into_owned());
        if self.forms.len() >= MAX_FORMS && !self.forms.contains_key(&key) {
            if is_current {
                self.other.insert(number_of(&progress.form_id));
            }
            return;
        }
        let (more, fewer) = self.forms.entry(key).or_default().add(progress, is_current);
        self.states = self.states + more - fewer;
    }

    /// Whether it holds as much as it may.
    pub fn is_full(&self) -> bool {
        self.states > MAX_STATES
    }

    /// The `limit` forms with most starts.
    pub fn finish(self, limit: usize) -> FormReport {
        let figures = |((path, form), found): (_, Form)| found.figures(path, form);
        let mut forms: Vec<FormFigures> = self.forms.into_iter().map(figures).collect();
        forms.retain(|form| form.starts > 0);
        forms.sort_by(|a, b| {
            let names = || (&a.path, &a.form).cmp(&(&b.path, &b.form));
            b.starts.cmp(&a.starts).then_with(names)
        });
        let total = forms.len() as u64;
        forms.truncate(limit);
        FormReport { forms, total, other_starts: self.other.len() as u64 }
    }
}

impl Form {
    /// Counts a report. Gives the fields that it has, and the fields of the report it replaces.
    fn add(&mut self, progress: &FormProgress<'_>, is_current: bool) -> (usize, usize) {
        let FormProgress { form_id, revision, outcome, duration_ms, .. } = progress;
        let id = number_of(form_id);
        let known = self.starts.get(&id);
        if known.is_some_and(|known| known.revision >= *revision) {
            return (0, 0);
        }
        let fields: Vec<Field> =
            progress.fields.iter().filter_map(|field| self.field(field)).collect();
        let more = fields.len();
        let last = progress.last_field.as_deref().and_then(|name| self.numbers.get(name).copied());
        let start = Start {
            revision: *revision,
            is_current,
            is_submitted: *outcome == FormOutcome::Submitted,
            duration_ms: whole(*duration_ms),
            last,
            fields,
        };
        let replaced = self.starts.insert(id, start);
        (more, replaced.map_or(0, |start| start.fields.len()))
    }

    fn field(&mut self, field: &FieldProgress<'_>) -> Option<Field> {
        let number = match self.numbers.get(field.field.as_ref()) {
            Some(number) => *number,
            None if self.names.len() >= MAX_FIELDS_OF_FORM => return None,
            None => {
                let number = self.names.len();
                self.numbers.insert(field.field.clone().into_owned(), number);
                self.names
                    .push((field.field.clone().into_owned(), field.kind.clone().into_owned()));
                number
            }
        };
        Some(Field {
            number,
            position: field.position,
            time_ms: whole(field.time_ms),
            is_corrected: field.corrections > 0,
            is_refused: field.errors > 0,
            is_filled: field.filled,
        })
    }

    fn figures(self, path: String, form: String) -> FormFigures {
        let mut figures = FormFigures { path, form, ..FormFigures::default() };
        let mut fields: Vec<_> = self
            .names
            .into_iter()
            .map(|(field, kind)| FieldFigures { field, kind, ..FieldFigures::default() })
            .map(|field| (field, Vec::new(), HashMap::new()))
            .collect();
        let mut durations = Vec::new();
        for start in self.starts.into_values() {
            if !start.is_current {
                figures.previous_starts += 1;
                figures.previous_submissions += u64::from(start.is_submitted);
                continue;
            }
            figures.starts += 1;
            figures.submissions += u64::from(start.is_submitted);
            if start.is_submitted {
                durations.push(start.duration_ms);
            } else if let Some((field, ..)) = start.last.and_then(|last| fields.get_mut(last)) {
                field.abandoned += 1;
            }
            for state in start.fields {
                let Some((field, times, places)) = fields.get_mut(state.number) else { continue };
                field.reached += 1;
                field.corrected += u64::from(state.is_corrected);
                field.refused += u64::from(state.is_refused);
                field.left_empty += u64::from(!state.is_filled);
                times.push(state.time_ms);
                *places.entry(state.position).or_insert(0_u64) += 1;
            }
        }
        figures.median_seconds = median(durations);
        let mut placed: Vec<_> = fields
            .into_iter()
            .filter(|(field, ..)| field.reached > 0)
            .map(|(field, times, places)| {
                let most = places.into_iter().max_by_key(|(place, starts)| (*starts, !place));
                let place = most.map_or(u32::MAX, |(place, _)| place);
                (place, FieldFigures { median_seconds: median(times), ..field })
            })
            .collect();
        placed.sort_by(|(a, first), (b, second)| {
            a.cmp(b).then_with(|| first.field.cmp(&second.field))
        });
        figures.fields = placed.into_iter().map(|(_, field)| field).collect();
        figures
    }
}

/// Stands for an id of a start: counting them takes no more.
fn number_of(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 to a day, as was checked"
)]
fn whole(ms: f64) -> u32 {
    ms.round() as u32
}

fn median(mut values: Vec<u32>) -> Option<f64> {
    values.sort_unstable();
    quantile::seconds(&values, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (field, position, ms, corrections, errors, filled)
    pub(super) type State = (&'static str, u32, u32, u32, u32, bool);

    pub(super) fn progress(
        id: &str,
        revision: u32,
        is_submitted: bool,
        fields: &[State],
    ) -> FormProgress<'static> {
        FormProgress {
            form_id: id.to_owned().into(),
            revision,
            form: "booking".into(),
            outcome: if is_submitted { FormOutcome::Submitted } else { FormOutcome::Abandoned },
            duration_ms: fields.iter().map(|it| f64::from(it.2)).sum(),
            last_field: fields.last().map(|it| it.0.into()),
            fields: fields
                .iter()
                .map(|&(field, position, ms, corrections, errors, filled)| FieldProgress {
                    field: field.into(),
                    kind: "text".into(),
                    position,
                    time_ms: ms.into(),
                    corrections,
                    errors,
                    filled,
                })
                .collect(),
        }
    }

    /// (field, reached, abandoned, seconds, corrected, refused, left empty)
    type Counts<'a> = (&'a str, u64, u64, Option<f64>, u64, u64, u64);

    fn figures(report: &FormReport) -> Vec<Counts<'_>> {
        let of = |it: &'_ FieldFigures| {
            (it.reached, it.abandoned, it.median_seconds, it.corrected, it.refused, it.left_empty)
        };
        let named = |it| {
            let (reached, abandoned, seconds, corrected, refused, empty) = of(it);
            (it.field.as_str(), reached, abandoned, seconds, corrected, refused, empty)
        };
        report.forms[0].fields.iter().map(named).collect()
    }

    #[test]
    fn the_last_revision_of_a_start_counts_whatever_their_order() {
        let name = ("name", 0, 4_000, 0, 0, true);
        let first = progress("a", 1, false, &[name]);
        let last = progress("a", 2, true, &[name, ("phone", 1, 9_000, 2, 1, true)]);
        let other = progress("b", 1, false, &[("phone", 1, 1_000, 0, 3, false), name]);
        for order in [[&first, &last, &other], [&last, &other, &first]] {
            let mut tally = FormTally::default();
            for progress in order {
                tally.add("/booking", progress, true);
            }
            tally.add("/booking", &progress("z", 1, true, &[name]), false);
            let report = tally.finish(9);
            let form = &report.forms[0];
            assert_eq!((form.starts, form.submissions, report.total), (2, 1, 1));
            assert_eq!((form.previous_starts, form.previous_submissions), (1, 1));
            assert_eq!(form.median_seconds, Some(13.0));
            assert_eq!(
                figures(&report),
                [("name", 2, 1, Some(4.0), 0, 0, 0), ("phone", 2, 0, Some(5.0), 1, 2, 1),]
            );
        }
    }

    #[test]
    fn pages_have_forms_of_their_own_and_most_starts_come_first() {
        let mut tally = FormTally::default();
        for (id, path) in [("a", "/b"), ("b", "/a"), ("c", "/b"), ("d", "/c")] {
            tally.add(path, &progress(id, 1, false, &[("x", 0, 1, 0, 0, true)]), true);
        }
        tally.add("/old", &progress("e", 1, false, &[("x", 0, 1, 0, 0, true)]), false);
        let report = tally.finish(2);
        let paths: Vec<_> = report.forms.iter().map(|form| (&*form.path, form.starts)).collect();
        assert_eq!((paths, report.total), (vec![("/b", 2), ("/a", 1)], 3));
    }

    #[test]
    fn names_that_senders_make_up_are_bounded() {
        let mut tally = FormTally::default();
        for number in 0..MAX_FORMS + 3 {
            let id = format!("id {number}");
            let progress = progress(&id, 1, false, &[("x", 0, 1, 0, 0, true)]);
            for _ in 0..2 {
                tally.add(&format!("/{number}"), &progress, true);
            }
        }
        assert!(!tally.is_full());
        let report = tally.finish(5_000);
        assert_eq!((report.forms.len(), report.other_starts), (MAX_FORMS, 3));
    }

    #[test]
    fn a_replaced_report_makes_room_for_its_successor() {
        let mut tally = FormTally::default();
        let fields = [("x", 0, 1, 0, 0, true), ("y", 1, 1, 0, 0, true)];
        for revision in 1..=3 {
            tally.add("/", &progress("a", revision, false, &fields), true);
        }
        tally.add("/", &progress("a", 2, false, &fields[..1]), true);
        assert_eq!(tally.states, 2);
        tally.add("/", &progress("b", 1, false, &fields[..1]), true);
        assert_eq!((tally.states, tally.is_full()), (3, false));
        tally.states = MAX_STATES + 1;
        assert!(tally.is_full());
    }
}
