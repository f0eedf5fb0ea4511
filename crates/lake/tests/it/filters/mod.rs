//! Filters: known answers, what callers send, and random filters against a naive evaluator.

mod known;
mod random;
mod reference;
mod values;

use domain::question::acquisition::AcquisitionBy;
use domain::question::{Filters, Scope, SessionFilters, SessionSort};
use engine::ports::lake::LakeQuestions as _;

use crate::support::{Fixture, all};

/// The ids of the sessions that a list has, sorted.
pub(crate) async fn listed(fixture: &Fixture, scope: &Scope) -> Vec<String> {
    let (which, latest) = (SessionFilters::default(), SessionSort::Latest);
    let page = fixture.lake.sessions(scope, &which, latest, all()).await.expect("an answer");
    let mut ids: Vec<String> = page.sessions.into_iter().map(|it| it.session_id).collect();
    ids.sort();
    ids
}

/// Events, sessions and friction of the overview, and the sessions of acquisition.
pub(crate) async fn counts(fixture: &Fixture, scope: &Scope) -> (u64, u64, u64, u64) {
    let totals = fixture.lake.overview(scope).await.expect("an answer").totals;
    let by = AcquisitionBy::Channel;
    let found = fixture.lake.acquisition(scope, by, all()).await.expect("an answer");
    (totals.events, totals.sessions, totals.friction, found.totals.sessions)
}

/// The scope with other filters.
pub(crate) fn filtered(scope: &Scope, filters: Filters) -> Scope {
    Scope { filters, ..scope.clone() }
}
