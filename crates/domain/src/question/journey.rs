//! Which pages do visitors see one after the other?
//!
//! # Definitions
//!
//! - The *pages* of a session are the paths of its page views in order of instant, then `seq`; views without a path are
//!   passed over, and a page that is seen again at once counts once. With [`JourneyBy::Kind`] they are kinds of pages,
//!   see [`page_kind`], and a kind that is seen again at once counts once.
//! - *Forward* a journey begins with the first view of the start, or with the first page, and goes on to the pages after
//!   it. *Back* it begins with the last view of the start, or with the last page, and goes to the pages before it. Its
//!   steps are numbered from 0; a session has one journey, or none if it never views the start.
//! - A *node* is a page at a step. Each step names those with most sessions; its other pages are one node together. A
//!   journey *ends* at its last page, if it has fewer pages than there are steps: there the visit ends (back: began).
//!   At the last step nobody knows, for pages beyond are not looked at.
//! - A node's sessions with friction, or with a conversion, have it at any time of the session.
//!
//! So of each node before the last step the links that leave it and the journeys that end there add up to its sessions;
//! of each node after the first the links that enter it do.

use std::borrow::Cow;

mod tally;
#[cfg(test)]
mod tests;

pub use tally::{JourneyTally, SessionJourney, TooManyJourneys};

/// Steps of a journey, at least and at most.
pub const JOURNEY_STEPS: std::ops::RangeInclusive<usize> = 2..=8;
/// Steps when no number is named.
pub const DEFAULT_JOURNEY_STEPS: usize = 5;
/// Nodes that are named of each step, at least and at most.
pub const JOURNEY_NODES: std::ops::RangeInclusive<usize> = 3..=20;
/// Named nodes when no number is named.
pub const DEFAULT_JOURNEY_NODES: usize = 8;

/// Which way a journey goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JourneyDirection {
    /// To the pages after the start.
    #[default]
    Forward,
    /// To the pages before it.
    Back,
}

/// The pages of a journey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum JourneyBy {
    /// Paths.
    #[default]
    Page,
    /// Kinds of pages.
    Kind,
}

/// Which journeys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journey {
    /// Which way.
    pub direction: JourneyDirection,
    /// Whether paths or kinds are pages.
    pub by: JourneyBy,
    start: Option<String>,
    steps: usize,
    nodes: usize,
}

/// Why there are no such journeys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidJourney {
    /// Too few or too many steps.
    #[error("steps must be {} to {}", JOURNEY_STEPS.start(), JOURNEY_STEPS.end())]
    Steps,
    /// Too few or too many nodes.
    #[error("top must be {} to {}", JOURNEY_NODES.start(), JOURNEY_NODES.end())]
    Nodes,
}

impl Journey {
    /// Journeys of so many steps, of which each names so many nodes; from a page, or from where visits begin or end.
    ///
    /// # Errors
    ///
    /// When a number lies out of bounds.
    pub fn new(
        direction: JourneyDirection,
        by: JourneyBy,
        start: Option<&str>,
        steps: usize,
        nodes: usize,
    ) -> Result<Self, InvalidJourney> {
        if !JOURNEY_STEPS.contains(&steps) {
            return Err(InvalidJourney::Steps);
        }
        if !JOURNEY_NODES.contains(&nodes) {
            return Err(InvalidJourney::Nodes);
        }
        let start = start.map(|start| match by {
            JourneyBy::Page => start.to_owned(),
            JourneyBy::Kind => page_kind(start).into_owned(),
        });
        Ok(Self { direction, by, start, steps, nodes })
    }

    /// The page journeys begin with; none: the first page, back the last.
    pub fn start(&self) -> Option<&str> {
        self.start.as_deref()
    }
}

/// The kind of a page: the first segment of its path where more follow, the path itself otherwise. So `/rooms/17` and
/// `/rooms/17/photos` are of the kind `/rooms/*`, and `/rooms` is a kind of its own.
pub fn page_kind(path: &str) -> Cow<'_, str> {
    let rest = path.strip_prefix('/').unwrap_or_default();
    match rest.split_once('/') {
        Some((segment, more)) if !more.is_empty() => Cow::Owned(format!("/{segment}/*")),
        _ => Cow::Borrowed(path),
    }
}

/// The journeys of all sessions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JourneyAnswer {
    /// Sessions with a journey.
    pub sessions: u64,
    /// In order; the steps that nobody reaches are left out.
    pub steps: Vec<JourneyStep>,
    /// By step, then by the nodes they lead from and to.
    pub links: Vec<JourneyLink>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JourneyStep {
    /// The named ones by sessions, most first, ties by name; then the others together.
    pub nodes: Vec<JourneyNode>,
}

/// A page at a step.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JourneyNode {
    /// The page; none: all others.
    pub page: Option<String>,
    /// Sessions that are here at this step.
    pub sessions: u64,
    /// Journeys that end here; none at the last step.
    pub ended: Option<u64>,
    /// Of the sessions, those with friction that counts.
    pub friction_sessions: u64,
    /// Of the sessions, those with an order or booking.
    pub converting_sessions: u64,
}

/// Sessions that go from a node to one of the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JourneyLink {
    /// The step of the node it leads from.
    pub step: usize,
    /// Index of that node.
    pub from: usize,
    /// Index of the node of the next step.
    pub to: usize,
    /// Sessions.
    pub sessions: u64,
}
