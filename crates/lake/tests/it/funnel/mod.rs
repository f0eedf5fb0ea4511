//! Known answers of funnels, and the same by SQL of another kind.

mod agreement;
mod known;
mod limits;
mod stages;

use domain::event::{Category, Event};
use domain::question::Scope;
use domain::question::funnel::{
    Funnel, FunnelAnswer, FunnelOrder, FunnelStep, PathPattern, PurchaseKind, StepMatcher,
};
use engine::ports::lake::LakeQuestions as _;

use crate::support::{Fixture, day, event};

pub(crate) fn page(path: &str) -> StepMatcher {
    StepMatcher::Page(PathPattern::parse(path).expect("a path"))
}

pub(crate) fn named(name: &str) -> StepMatcher {
    StepMatcher::Event { name: name.to_owned(), path: None, category: None }
}

pub(crate) fn funnel(matchers: &[StepMatcher], window: u32, order: FunnelOrder) -> Funnel {
    let step = |matcher: &StepMatcher| FunnelStep { matcher: matcher.clone(), label: None };
    Funnel::new(matchers.iter().map(step).collect(), window, order).expect("a funnel")
}

/// A customer event, which names a session and no visitor.
pub(crate) fn customer(number: u128, seconds: i64, session: Option<&str>, name: &str) -> Event {
    Event {
        session_id: session.map(str::to_owned),
        user_id: Some("asha".to_owned()),
        ..event(number, seconds, Category::Customer, name)
    }
}

pub(crate) fn booked() -> StepMatcher {
    StepMatcher::Purchase(PurchaseKind::Booking)
}

pub(crate) async fn answer(fixture: &Fixture, scope: &Scope, funnel: &Funnel) -> FunnelAnswer {
    fixture.lake.funnel(scope, funnel).await.expect("an answer")
}

/// Units by step, over the whole day.
pub(crate) async fn units(fixture: &Fixture, funnel: &Funnel) -> Vec<u64> {
    let answer = answer(fixture, &day(), funnel).await;
    answer.steps.iter().map(|step| step.units).collect()
}
