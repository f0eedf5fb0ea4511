//! Goals of a project: what its owner wants visitors to do.

use crate::crm::RuleSet;
use crate::money::Money;
use crate::question::funnel::{InvalidPathPattern, PathPattern, PurchaseKind};

/// Goals of a project, at most.
pub const MAX_GOALS: usize = 20;
/// The longest target, in bytes.
pub const MAX_TARGET_BYTES: usize = 2_048;

/// By what a goal is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GoalKind {
    /// A view of a page.
    Page,
    /// An event of a name.
    Event,
    /// A click on an element.
    Click,
    /// An order.
    Order,
    /// A booking.
    Booking,
    /// An event that gives a contact a stage of the pipeline.
    Stage,
}

impl GoalKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Page, Self::Event, Self::Click, Self::Order, Self::Booking, Self::Stage];

    /// The stored and requested name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Event => "event",
            Self::Click => "click",
            Self::Order => "order",
            Self::Booking => "booking",
            Self::Stage => "stage",
        }
    }

    /// The kind of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// The events that reach a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GoalMatcher {
    /// Page views.
    Page(PathPattern),
    /// Events of this name, other than friction.
    Event(String),
    /// Clicks on the element with this selector.
    Click(String),
    /// Purchases, each counted once.
    Purchase(PurchaseKind),
    /// Customer events by which the rules give this lead status. Which status a contact had before is not looked at.
    Stage(String),
}

/// Why nothing reaches a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidTarget {
    /// There must be one.
    #[error("must not be empty, but a path, a name, a selector or a stage")]
    Missing,
    /// Orders and bookings have none.
    #[error("goes with page, event, click and stage only")]
    Unwanted,
    /// Too long.
    #[error("must not be longer than {MAX_TARGET_BYTES} bytes")]
    Long,
    /// No path.
    #[error(transparent)]
    Path(#[from] InvalidPathPattern),
}

impl GoalMatcher {
    /// The events that reach a goal of this kind. A target is a page's path (`/rooms/*`: that begins so), an event's name, an
    /// element's selector, or a lead status; orders and bookings have none.
    ///
    /// # Errors
    ///
    /// When there is no target where one is needed, one where none is, or one that means nothing.
    pub fn parse(kind: GoalKind, target: &str) -> Result<Self, InvalidTarget> {
        let target = target.trim();
        let purchase = match kind {
            GoalKind::Order => Some(PurchaseKind::Order),
            GoalKind::Booking => Some(PurchaseKind::Booking),
            GoalKind::Page | GoalKind::Event | GoalKind::Click | GoalKind::Stage => None,
        };
        if let Some(purchase) = purchase {
            let is_free = target.is_empty();
            return is_free.then_some(Self::Purchase(purchase)).ok_or(InvalidTarget::Unwanted);
        }
        if target.is_empty() {
            return Err(InvalidTarget::Missing);
        }
        if target.len() > MAX_TARGET_BYTES {
            return Err(InvalidTarget::Long);
        }
        let target = target.to_owned();
        Ok(match kind {
            GoalKind::Page => Self::Page(PathPattern::parse(&target)?),
            GoalKind::Click => Self::Click(target),
            GoalKind::Stage => Self::Stage(target),
            GoalKind::Event | GoalKind::Order | GoalKind::Booking => Self::Event(target),
        })
    }

    /// The kind.
    pub const fn kind(&self) -> GoalKind {
        match self {
            Self::Page(_) => GoalKind::Page,
            Self::Event(_) => GoalKind::Event,
            Self::Click(_) => GoalKind::Click,
            Self::Purchase(PurchaseKind::Order) => GoalKind::Order,
            Self::Purchase(PurchaseKind::Booking) => GoalKind::Booking,
            Self::Stage(_) => GoalKind::Stage,
        }
    }

    /// The target, as [`GoalMatcher::parse`] reads it.
    pub fn target(&self) -> String {
        match self {
            Self::Page(path) => path.to_string(),
            Self::Event(text) | Self::Click(text) | Self::Stage(text) => text.clone(),
            Self::Purchase(_) => String::new(),
        }
    }
}

/// A goal as its project sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalSettings {
    /// For people.
    pub name: String,
    /// The events that reach it.
    pub matcher: GoalMatcher,
    /// The worth of each time; none: an order or booking its amount, anything else nothing.
    pub value: Option<Money>,
}

/// The lead statuses that rules give, each once, in their order.
pub fn stages(rules: &RuleSet) -> Vec<&str> {
    let mut stages: Vec<&str> = Vec::new();
    for status in rules.rules.iter().filter_map(|rule| rule.status.as_ref()) {
        if !stages.contains(&&*status.to) {
            stages.push(&status.to);
        }
    }
    stages
}

/// Whether a customer event of this name gives this lead status.
pub fn gives_stage(rules: &RuleSet, event_name: &str, stage: &str) -> bool {
    let status = rules.rule(event_name).and_then(|rule| rule.status.as_ref());
    status.is_some_and(|status| status.to == stage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crm::{ABANDONED, CUSTOMER, IN_PROGRESS, NEW_LEAD};

    #[test]
    fn a_matcher_is_read_back_from_its_kind_and_target() {
        for (kind, target) in [
            (GoalKind::Page, "/thanks"),
            (GoalKind::Page, "/rooms/*"),
            (GoalKind::Page, "*"),
            (GoalKind::Event, "newsletter.joined"),
            (GoalKind::Click, "#call > button"),
            (GoalKind::Order, ""),
            (GoalKind::Booking, ""),
            (GoalKind::Stage, CUSTOMER),
        ] {
            let matcher = GoalMatcher::parse(kind, target).expect("a matcher");
            assert_eq!((matcher.kind(), &*matcher.target()), (kind, target));
            assert_eq!(GoalKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(GoalMatcher::parse(GoalKind::Event, " a "), Ok(GoalMatcher::Event("a".into())));
    }

    #[test]
    fn a_target_that_means_nothing_is_named() {
        let long = "x".repeat(MAX_TARGET_BYTES + 1);
        for (kind, target, why) in [
            (GoalKind::Event, " ", InvalidTarget::Missing),
            (GoalKind::Stage, "", InvalidTarget::Missing),
            (GoalKind::Order, "A-1", InvalidTarget::Unwanted),
            (GoalKind::Click, &*long, InvalidTarget::Long),
            (GoalKind::Page, "thanks", InvalidTarget::Path(InvalidPathPattern)),
            (GoalKind::Page, "/a*b", InvalidTarget::Path(InvalidPathPattern)),
        ] {
            assert_eq!(GoalMatcher::parse(kind, target), Err(why), "{target}");
        }
    }

    #[test]
    fn stages_are_those_that_the_rules_give() {
        let rules = RuleSet::default();
        assert_eq!(stages(&rules), [NEW_LEAD, IN_PROGRESS, ABANDONED, CUSTOMER]);
        assert!(gives_stage(&rules, "booking.completed", CUSTOMER));
        assert!(!gives_stage(&rules, "booking.started", CUSTOMER));
        assert!(!gives_stage(&rules, "booking.cancelled", CUSTOMER), "by booking.*");
        assert!(!gives_stage(&rules, "unheard.of", CUSTOMER));
    }
}
