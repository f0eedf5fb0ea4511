//! Aggregates of a rollup.

use super::distinct::Collected;
use super::{Distinct, file};

/// Counts of some events, to which more can be added.
#[derive(Default)]
pub(crate) struct Aggregates {
    /// Events of every category.
    pub(crate) events: u64,
    /// Page views.
    pub(crate) page_views: u64,
    /// Friction events, without answered rage clicks; see [`domain::friction::is_answered`].
    pub(crate) friction: u64,
    /// Distinct visitors.
    pub(crate) visitors: Distinct,
    /// Distinct sessions.
    pub(crate) sessions: Distinct,
    /// Distinct sessions with a friction event.
    pub(crate) friction_sessions: Distinct,
}

impl Aggregates {
    /// Adds what a rollup says; false when it is damaged.
    pub(crate) fn add(&mut self, row: &file::Row<'_>) -> bool {
        self.events += row.events;
        self.page_views += row.page_views;
        self.friction += row.friction;
        self.visitors.add_encoded(row.visitors)
            && self.sessions.add_encoded(row.sessions)
            && self.friction_sessions.add_encoded(row.friction_sessions)
    }

    /// By which share of a distinct count 95 % of such counts are off at most.
    pub(crate) fn relative_error(&self) -> f64 {
        [&self.visitors, &self.sessions, &self.friction_sessions]
            .map(Distinct::relative_error)
            .into_iter()
            .fold(0.0, f64::max)
    }
}

/// An event as far as it is counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub(super) is_page_view: bool,
    pub(super) is_friction: bool,
    pub(super) visitor: Option<u64>,
    pub(super) session: Option<u64>,
}

/// Aggregates being collected for a rollup.
#[derive(Debug, Default)]
pub(super) struct Collecting {
    pub(super) events: u64,
    page_views: u64,
    friction: u64,
    visitors: Collected,
    sessions: Collected,
    friction_sessions: Collected,
}

impl Collecting {
    pub(super) fn add(&mut self, event: Counted) {
        self.events += 1;
        self.page_views += u64::from(event.is_page_view);
        self.friction += u64::from(event.is_friction);
        if let Some(visitor) = event.visitor {
            self.visitors.add(visitor);
        }
        if let Some(session) = event.session {
            self.sessions.add(session);
            if event.is_friction {
                self.friction_sessions.add(session);
            }
        }
    }

    pub(super) fn finish(self) -> file::OwnedRow {
        file::OwnedRow {
            events: self.events,
            page_views: self.page_views,
            friction: self.friction,
            visitors: self.visitors.encode(),
            sessions: self.sessions.encode(),
            friction_sessions: self.friction_sessions.encode(),
        }
    }
}
