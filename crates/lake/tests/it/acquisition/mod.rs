//! Known answers of where visits come from, and the same by a naive evaluator.

mod known;
mod limits;
mod reference;

use domain::event::{Category, Event};
use domain::money::{Currency, Money};
use domain::question::Scope;
use domain::question::acquisition::{AcquisitionAnswer, AcquisitionBy};
use engine::ports::lake::LakeQuestions as _;

use crate::support::{Fixture, all, event};

pub(crate) async fn answer(
    fixture: &Fixture,
    scope: &Scope,
    by: AcquisitionBy,
) -> AcquisitionAnswer {
    fixture.lake.acquisition(scope, by, all()).await.expect("an answer")
}

/// An order that an event reports; an empty id is none.
pub(crate) fn order(
    number: u128,
    seconds: i64,
    session: Option<&str>,
    id: &str,
    amount: Option<(f64, &str)>,
) -> Event {
    Event {
        session_id: session.map(str::to_owned),
        user_id: Some("asha".to_owned()),
        value: amount.map(|(amount, _)| amount),
        currency: amount.map(|(_, currency)| currency.to_owned()),
        properties: Some(format!(r#"{{"event_data": {{"order_id": "{id}"}}}}"#)),
        ..event(number, seconds, Category::Customer, "order.placed")
    }
}

pub(crate) fn money(amount: f64, code: &str) -> Money {
    Money::from_major(amount, Currency::parse(code).expect("a currency")).expect("an amount")
}
