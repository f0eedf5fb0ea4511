//! The figures of a funnel.

use domain::question::Period;
use domain::question::funnel::{
    Funnel, FunnelAnswer, FunnelGroup, FunnelOrder, GroupValue, StepFigures,
};
use serde::Serialize;
use utoipa::ToSchema;

/// How far visitors or sessions got.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Funnel)]
pub(crate) struct FunnelFigures {
    #[schema(format = DateTime)]
    from: String,
    #[schema(format = DateTime)]
    to: String,
    window_seconds: u32,
    /// One for every step, in order; in `any` order the n-th is about n different steps.
    steps: Vec<FunnelStepFigures>,
    /// The same by the value that `breakdown` names: up to 10 values, most entries first, then the others, then the
    /// unknown. Null without `breakdown`.
    groups: Option<Vec<FunnelGroupFigures>>,
    /// Events that match a step and name neither visitor nor session, such as orders that a server reported by the
    /// customer alone: they are nobody's and count for no step.
    unattributed_events: u64,
    /// Sessions in which units dropped, latest first. Null without `dropped_at`.
    dropped_sessions: Option<Vec<FunnelDroppedSession>>,
}

/// Figures of one step.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FunnelStep)]
struct FunnelStepFigures {
    /// As in the request; null in `any` order.
    label: Option<String>,
    /// Visitors or sessions that reached it.
    units: u64,
    /// Their share of those that reached the first step, 0 to 1; null without any.
    share_of_first: Option<f64>,
    /// Their share of those that reached the step before; null for the first step.
    share_of_previous: Option<f64>,
    /// Units that reached it and not the next; 0 of the last.
    dropped: u64,
    /// Seconds from the step before: the median; null for the first step, and without units.
    median_seconds: Option<f64>,
    /// Nine in ten take no longer.
    p90_seconds: Option<f64>,
    /// Friction after this step, in the session in which it was reached, within the window, and before the next step.
    friction: Vec<FunnelFriction>,
}

/// Units that met one kind of friction after a step.
#[derive(Debug, Serialize, ToSchema)]
struct FunnelFriction {
    /// Such as `rage_click`.
    kind: &'static str,
    /// Of the units that dropped, those with at least one.
    dropped_units: u64,
    /// Of the units that reached the next step, those with at least one on the way.
    continued_units: u64,
}

/// Figures of the units whose first event has one value.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FunnelGroup)]
struct FunnelGroupFigures {
    /// `known`: that of `value`; `other`: all less frequent ones; `unknown`: none.
    kind: &'static str,
    /// The value; null where `kind` is not `known`.
    value: Option<String>,
    steps: Vec<FunnelStepFigures>,
}

/// A session in which a unit dropped.
#[derive(Debug, Serialize, ToSchema)]
struct FunnelDroppedSession {
    session_id: String,
    /// When it reached the last step that it did.
    #[schema(format = DateTime)]
    reached_at: String,
}

impl FunnelFigures {
    pub(super) fn new(period: Period, funnel: &Funnel, answer: FunnelAnswer) -> Self {
        let groups = answer.groups.into_iter().map(|group| FunnelGroupFigures::new(funnel, group));
        let sessions = answer.dropped_sessions.into_iter().map(|session| FunnelDroppedSession {
            session_id: session.session_id,
            reached_at: session.reached_at.to_rfc3339(),
        });
        Self {
            from: period.from().to_rfc3339(),
            to: period.to().to_rfc3339(),
            window_seconds: funnel.window_seconds(),
            steps: steps(funnel, answer.steps),
            groups: funnel.breakdown.map(|_| groups.collect()),
            unattributed_events: answer.unattributed_events,
            dropped_sessions: funnel.dropped().map(|_| sessions.collect()),
        }
    }
}

fn steps(funnel: &Funnel, figures: Vec<StepFigures>) -> Vec<FunnelStepFigures> {
    let labels = funnel.steps().iter().map(|step| step.label.clone());
    let labels = labels.map(|label| label.filter(|_| funnel.order != FunnelOrder::Any));
    labels.zip(figures).map(|(label, step)| FunnelStepFigures::new(label, step)).collect()
}

impl FunnelStepFigures {
    fn new(label: Option<String>, step: StepFigures) -> Self {
        let friction = step.friction.into_iter().map(|friction| FunnelFriction {
            kind: friction.kind.as_str(),
            dropped_units: friction.dropped_units,
            continued_units: friction.continued_units,
        });
        Self {
            label,
            units: step.units,
            share_of_first: step.share_of_first,
            share_of_previous: step.share_of_previous,
            dropped: step.dropped,
            median_seconds: step.median_seconds,
            p90_seconds: step.p90_seconds,
            friction: friction.collect(),
        }
    }
}

impl FunnelGroupFigures {
    fn new(funnel: &Funnel, group: FunnelGroup) -> Self {
        let (kind, value) = match group.value {
            GroupValue::Known(value) => ("known", Some(value)),
            GroupValue::Other => ("other", None),
            GroupValue::Unknown => ("unknown", None),
        };
        Self { kind, value, steps: steps(funnel, group.steps) }
    }
}
