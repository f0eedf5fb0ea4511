//! How many visitors or sessions get from one step to the next?
//!
//! # Definitions
//!
//! The events of a unit (a visitor, or a session) are ordered by their instant, then by `seq`, then by the instant
//! of receipt; what is still equal by the steps it matches, the earliest first. All of them lie in the period: an
//! event after its end counts for nobody, so units that entered shortly before had less time than the window.
//!
//! An **attempt** begins with an entry and takes one event for each step it reaches; no event counts for two steps.
//! The last of these events is at most the window after the entry: exactly the window later still counts. Of
//! several attempts of a unit the one that reaches most steps counts, the one with the earliest entry where several
//! do; it takes the earliest events that it can. A unit therefore counts once.
//!
//! - [`FunnelOrder::Ordered`]: the entry is an event of the first step; each later step follows the one before, with
//!   any events between.
//! - [`FunnelOrder::Strict`]: the same, and the steps follow each other directly among the *considered* events: page
//!   views, and events that match any step. Signals that the tracker sends by itself (clicks, friction, vitals) are
//!   not considered, unless a step names them.
//! - [`FunnelOrder::Any`]: the entry is an event of any step; "step n" is reached with the event by which n different
//!   steps have happened.
//!
//! A breakdown takes the value of the entry.
//!
//! These are the field's usual definitions: orders, one event in one path and the earliest of the longest paths as in
//! Amplitude (<https://amplitude.com/docs/analytics/charts/funnel-analysis/funnel-analysis-how-amplitude-computes>,
//! <https://amplitude.com/docs/faq/funnel-analysis>), a window from the first step on and several entries as in
//! Mixpanel (<https://docs.mixpanel.com/docs/reports/funnels/funnels-advanced>), its inclusive end, strict steps and
//! steps counted in any order as in `PostHog` (<https://github.com/PostHog/posthog/tree/master/funnel-udf>,
//! <https://github.com/PostHog/posthog/pull/4890>).

mod answer;
mod any_order;
mod attempt;
mod tally;
#[cfg(test)]
mod tests;

pub use answer::{
    DroppedSession, FrictionOnTheWay, FunnelAnswer, FunnelGroup, GroupValue, StepFigures,
};
pub use attempt::{FunnelAttempt, FunnelEvent, StepSet};
pub use tally::{FunnelTally, OTHER_GROUP, TooManyConversions, UNKNOWN_GROUP};

use std::sync::Arc;

use crate::crm::RuleSet;
use crate::event::Category;

/// Steps of a funnel, at least and at most.
pub const STEPS: std::ops::RangeInclusive<usize> = 2..=MAX_STEPS;
/// Steps of a funnel at most.
pub const MAX_STEPS: usize = 8;
/// The longest window, in seconds: 30 days.
pub const MAX_WINDOW_SECONDS: u32 = 30 * 86_400;
/// The window when none is named, in seconds: a day.
pub const DEFAULT_WINDOW_SECONDS: u32 = 86_400;
/// Values of a breakdown that are counted by themselves before the most frequent are chosen.
pub const MAX_GROUPS: usize = 100;
/// Values of a breakdown that an answer shows.
pub const SHOWN_GROUPS: usize = 10;
/// Events of one unit that are looked at; a unit with more is no person.
pub const MAX_EVENTS_OF_A_UNIT: usize = 100_000;
/// Sessions that are listed at most.
pub const MAX_DROPPED_SESSIONS: usize = 100;

/// A funnel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funnel {
    steps: Vec<FunnelStep>,
    window_seconds: u32,
    /// How steps follow each other.
    pub order: FunnelOrder,
    /// The unit that takes the steps.
    pub unit: FunnelUnit,
    /// By which value of the entry units are grouped.
    pub breakdown: Option<FunnelBreakdown>,
    dropped: Option<DroppedRange>,
}

/// Which dropped units are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DroppedRange {
    /// They reached the step of this index and not the next.
    pub step: usize,
    /// Sessions listed at most.
    pub limit: usize,
}

/// Why there is no such funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidFunnel {
    /// Too few or too many steps.
    #[error("a funnel has {} to {} steps", STEPS.start(), STEPS.end())]
    Steps,
    /// No time, or too much of it.
    #[error("window_seconds must be 1 to {MAX_WINDOW_SECONDS}")]
    Window,
    /// There is no such step, or none after it.
    #[error("dropped_at must be the index of a step before the last, from 0")]
    DroppedStep,
    /// Nothing is listed, or too much.
    #[error("limit must be 1 to {MAX_DROPPED_SESSIONS}")]
    DroppedLimit,
}

impl Funnel {
    /// A funnel by visitors, without a breakdown.
    ///
    /// # Errors
    ///
    /// When steps or window lie out of bounds.
    pub fn new(
        steps: Vec<FunnelStep>,
        window_seconds: u32,
        order: FunnelOrder,
    ) -> Result<Self, InvalidFunnel> {
        if !STEPS.contains(&steps.len()) {
            return Err(InvalidFunnel::Steps);
        }
        if !(1..=MAX_WINDOW_SECONDS).contains(&window_seconds) {
            return Err(InvalidFunnel::Window);
        }
        let unit = FunnelUnit::Visitor;
        Ok(Self { steps, window_seconds, order, unit, breakdown: None, dropped: None })
    }

    /// Also lists sessions of dropped units.
    ///
    /// # Errors
    ///
    /// When step or limit lie out of bounds.
    pub fn with_dropped(self, range: DroppedRange) -> Result<Self, InvalidFunnel> {
        if range.step + 1 >= self.steps.len() {
            return Err(InvalidFunnel::DroppedStep);
        }
        if !(1..=MAX_DROPPED_SESSIONS).contains(&range.limit) {
            return Err(InvalidFunnel::DroppedLimit);
        }
        Ok(Self { dropped: Some(range), ..self })
    }

    /// The steps, in order.
    pub fn steps(&self) -> &[FunnelStep] {
        &self.steps
    }

    /// Seconds from an entry in which the other steps count.
    pub const fn window_seconds(&self) -> u32 {
        self.window_seconds
    }

    /// Which dropped units are listed.
    pub const fn dropped(&self) -> Option<DroppedRange> {
        self.dropped
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunnelStep {
    /// The events that match it.
    pub matcher: StepMatcher,
    /// Its name on screens.
    pub label: Option<String>,
}

/// Which events match a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepMatcher {
    /// Page views.
    Page(PathPattern),
    /// Events of this name.
    Event {
        /// Exactly.
        name: String,
        /// On these pages only.
        path: Option<PathPattern>,
        /// Of this category only.
        category: Option<Category>,
    },
    /// Clicks on an element.
    Click {
        /// Exactly.
        selector: String,
        /// On these pages only.
        path: Option<PathPattern>,
    },
    /// A purchase.
    Purchase(PurchaseKind),
    /// Customer events by which these rules give this lead status. Which status a contact had before is not looked at.
    Stage {
        /// The lead status.
        stage: String,
        /// The rules in force.
        rules: Arc<RuleSet>,
    },
}

/// Paths of pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathPattern {
    /// This path.
    Exact(String),
    /// Paths that begin so.
    Prefix(String),
}

/// A text that stands for no paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must begin with /, and * may only stand at its end")]
pub struct InvalidPathPattern;

impl PathPattern {
    /// `/checkout` is that path, `/rooms/*` every path that begins with `/rooms/`, and `*` every path.
    ///
    /// # Errors
    ///
    /// When it does not begin with `/`, or has another `*`.
    pub fn parse(text: &str) -> Result<Self, InvalidPathPattern> {
        let (path, is_prefix) = match text.strip_suffix('*') {
            Some(path) => (path, true),
            None => (text, false),
        };
        let is_rooted = path.starts_with('/') || (is_prefix && path.is_empty());
        if !is_rooted || path.contains('*') {
            return Err(InvalidPathPattern);
        }
        let path = path.to_owned();
        Ok(if is_prefix { Self::Prefix(path) } else { Self::Exact(path) })
    }
}

impl std::fmt::Display for PathPattern {
    /// As [`PathPattern::parse`] reads it.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exact(path) => formatter.write_str(path),
            Self::Prefix(path) => write!(formatter, "{path}*"),
        }
    }
}

/// An order or a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PurchaseKind {
    /// An order was placed.
    Order,
    /// A booking was completed.
    Booking,
}

impl PurchaseKind {
    /// The name of its event, of the category `customer`.
    pub const fn event_name(self) -> &'static str {
        match self {
            Self::Order => "order.placed",
            Self::Booking => "booking.completed",
        }
    }
}

/// How steps follow each other. See the module for the definitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunnelOrder {
    /// Each after the one before, with anything between.
    Ordered,
    /// Each directly after the one before.
    Strict,
    /// In any order.
    Any,
}

/// The unit that takes the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunnelUnit {
    /// A visitor. An event without one belongs to the visitor that its session names last, else to its session.
    Visitor,
    /// A session.
    Session,
}

/// A value of the entry, by which units are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunnelBreakdown {
    /// `desktop`, `mobile`, `tablet`, …
    Device,
    /// Browser family.
    Browser,
    /// Operating system family.
    Os,
    /// ISO 3166-1 alpha-2.
    Country,
    /// Of the entry's own page.
    UtmSource,
    /// Of the entry's own page.
    UtmCampaign,
}
