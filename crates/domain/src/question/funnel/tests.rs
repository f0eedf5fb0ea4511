//! Attempts against a reference that tries everything, and answers worked by hand.

mod known;
mod reference;

use super::*;
use crate::friction::Kind;
use crate::time::Timestamp;

/// An event at a second that matches the steps of these indexes.
fn event(second: i64, steps: &[usize]) -> FunnelEvent {
    let steps = StepSet(steps.iter().map(|step| 1 << step).sum());
    let at = Timestamp::from_seconds(second);
    FunnelEvent { at, steps, friction: None, session: Some(1), group: UNKNOWN_GROUP }
}

/// Friction that matches no step.
fn friction(second: i64, kind: Kind) -> FunnelEvent {
    FunnelEvent { friction: Some(kind), ..event(second, &[]) }
}

fn page(path: &str) -> FunnelStep {
    let path = PathPattern::parse(path).expect("a path");
    FunnelStep { matcher: StepMatcher::Page(path), label: None }
}

fn funnel(steps: usize, window_seconds: u32, order: FunnelOrder) -> Funnel {
    Funnel::new(vec![page("/"); steps], window_seconds, order).expect("a funnel")
}
