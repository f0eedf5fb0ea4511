//! The answer to a funnel.

use crate::friction::Kind;
use crate::time::Timestamp;

/// How far units got.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelAnswer {
    /// One entry for every step, in order; in any order one for every number of steps.
    pub steps: Vec<StepFigures>,
    /// The same by the entry's value: the most frequent ones by entries, then the others, then the unknown. Empty
    /// without a breakdown.
    pub groups: Vec<FunnelGroup>,
    /// Events that match a step and name neither visitor nor session, so that they are nobody's.
    pub unattributed_events: u64,
    /// Of units that dropped where it was asked for, the sessions in which they did, latest first.
    pub dropped_sessions: Vec<DroppedSession>,
}

/// Units of one value.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelGroup {
    /// The value of their entries.
    pub value: GroupValue,
    /// One entry for every step.
    pub steps: Vec<StepFigures>,
}

/// A value of a breakdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupValue {
    /// This one.
    Known(String),
    /// Any of the less frequent ones.
    Other,
    /// None.
    Unknown,
}

/// Figures of one step.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StepFigures {
    /// Units that reached it.
    pub units: u64,
    /// The share of the units of the first step, 0 to 1; none without any.
    pub share_of_first: Option<f64>,
    /// The share of the units of the step before; none for the first step, and without any.
    pub share_of_previous: Option<f64>,
    /// Units that reached it and not the next; none of the last.
    pub dropped: u64,
    /// Seconds from the step before: the median, interpolated; none for the first step, and without units.
    pub median_seconds: Option<f64>,
    /// The 90th percentile of these, interpolated.
    pub p90_seconds: Option<f64>,
    /// Friction after this step, by kind; kinds without any are left out.
    pub friction: Vec<FrictionOnTheWay>,
}

/// Units that met friction of one kind after a step: in the session in which they reached it, within the window, and
/// before the next step where they reached it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrictionOnTheWay {
    /// The kind.
    pub kind: Kind,
    /// Dropped units with at least one such event.
    pub dropped_units: u64,
    /// Units with at least one that reached the next step.
    pub continued_units: u64,
}

/// A session in which a unit dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedSession {
    /// The session.
    pub session_id: String,
    /// When it reached its last step.
    pub reached_at: Timestamp,
}
