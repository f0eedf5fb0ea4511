//! The contract's table, row by row, and that order and repetition change nothing.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::*;
use crate::id::{EventId, MemberId, ProjectId};
use crate::money::{Currency, Money};
use crate::time::Timestamp;

mod by_hand;
mod dry_run;

const PROJECT: ProjectId = ProjectId(Uuid::from_u128(7));
const ANNA: MemberId = MemberId(Uuid::from_u128(9));

fn at(minute: i64) -> Timestamp {
    Timestamp::from_seconds(1_795_262_400 + minute * 60)
}

fn id(number: u128) -> EventId {
    EventId(Uuid::from_u128(number))
}

fn money(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("TZS").expect("a currency") }
}

/// An event of customer `u` with this number, at this minute.
fn event(number: u128, minute: i64, name: &str, data: Value, amount: Option<i64>) -> ContactFact {
    let data: Map<String, Value> = serde_json::from_value(data).expect("an object");
    let fields = ContactFields { user_id: Some("u".to_owned()), ..ContactFields::default() };
    ContactFact {
        id: id(number),
        occurred_at: at(minute),
        identities: Identity::all(PROJECT, Some("u"), None),
        payload: FactPayload::Event(EventPayload {
            name: name.to_owned(),
            fields,
            amount: amount.map(money),
            session_id: None,
            data,
        }),
    }
}

fn plain(number: u128, minute: i64, name: &str) -> ContactFact {
    event(number, minute, name, json!({}), None)
}

fn folded(facts: &[ContactFact]) -> ContactState {
    fold(PROJECT, facts.to_vec(), &RuleHistory::default())
}

fn hand(number: u128, minute: i64, payload: FactPayload) -> ContactFact {
    ContactFact { id: id(number), occurred_at: at(minute), identities: Vec::new(), payload }
}

#[test]
fn a_lead_becomes_a_customer_as_the_contract_says() {
    let mut facts = vec![plain(1, 0, "customer.created"), plain(2, 1, "customer.login")];
    let state = folded(&facts);
    assert_eq!((&*state.lead_status, state.website_visits), (NEW_LEAD, 1));
    facts.push(event(3, 2, "search.performed", json!({"location": "Arusha"}), None));
    facts.push(event(4, 3, "vehicle.viewed", json!({"vehicle_name": "Prado"}), None));
    facts.push(plain(5, 4, "page.viewed"));
    facts.push(event(6, 5, "booking.started", json!({}), Some(500)));
    let state = folded(&facts);
    assert_eq!(state.last_search_location.as_deref(), Some("Arusha"));
    assert_eq!(state.last_vehicle_viewed.as_deref(), Some("Prado"));
    assert_eq!(
        (&*state.lead_status, state.estimated_deal_value.clone()),
        (IN_PROGRESS, Some(money(500)))
    );
    facts.push(plain(7, 40, "booking.abandoned"));
    let state = folded(&facts);
    assert_eq!(state.lead_status, ABANDONED);
    let task = state.tasks.first().expect("a task");
    assert_eq!(task.seed.title, "URGENT: Follow up - Abandoned Booking");
    assert_eq!((task.seed.priority, task.seed.due_at), (Priority::Urgent, Some(at(100))));
    facts.push(event(8, 50, "booking.completed", json!({}), Some(600)));
    let state = folded(&facts);
    assert_eq!(state.lead_status, CUSTOMER);
    assert_eq!((state.total_bookings, state.main_revenue()), (1, Some(money(600))));
    assert_eq!(state.estimated_deal_value, None);
    assert_eq!((state.tasks[0].status, state.tasks[0].done_at), (TaskStatus::Done, Some(at(50))));
    assert_eq!(state.tasks[1].seed.title, "Send Booking Confirmation & Welcome");
    facts.push(event(9, 60, "booking.started", json!({}), Some(700)));
    facts.push(plain(10, 61, "payment.failed"));
    facts.push(plain(11, 62, "payment.failed"));
    let state = folded(&facts);
    assert_eq!(state.lead_status, CUSTOMER, "a customer stays a customer");
    assert_eq!(state.estimated_deal_value, Some(money(700)));
    let failed: Vec<_> =
        state.tasks.iter().filter(|task| task.seed.kind == "payment_failed").collect();
    assert_eq!(failed.len(), 1, "an open task is not opened twice");
    assert_eq!(failed[0].seed.priority, Priority::High);
}

#[test]
fn page_views_are_activity_and_no_action() {
    let state = folded(&[plain(1, 0, "chat.message"), plain(2, 9, "page.viewed")]);
    assert_eq!(state.last_activity, Some(at(9)));
    assert_eq!(state.last_action.as_deref(), Some("chat.message"));
}

#[test]
fn a_booking_left_alone_is_abandoned_once_and_not_after_it_was_ended() {
    let started = event(1, 0, "booking.started", json!({"vehicle_name": "Prado"}), Some(500));
    let step = plain(2, 10, "booking.step_completed");
    let state = folded(&[started.clone(), step.clone()]);
    assert_eq!(state.abandoned(PROJECT, 30, at(39)), None);
    let made = state.abandoned(PROJECT, 30, at(41)).expect("abandoned");
    assert_eq!((made.occurred_at, &*made.name, made.value), (at(40), BOOKING_ABANDONED, Some(5.0)));
    assert_eq!(state.abandoned(PROJECT, 30, at(90)).map(|event| event.id), Some(made.id));
    let fact = ContactFact::of_event(&made.borrowed()).expect("a fact");
    let facts = [started.clone(), step.clone(), fact.clone()];
    let state = folded(&facts);
    assert_eq!((&*state.lead_status, state.tasks.len()), (ABANDONED, 1));
    assert_eq!(state.last_activity, Some(at(10)), "the contact did nothing");
    assert_eq!(state.abandoned(PROJECT, 30, at(900)), None);
    let completed = event(3, 20, "booking.completed", json!({}), Some(500));
    let state = folded(&[started, step, fact, completed]);
    assert_eq!(state.lead_status, CUSTOMER);
    assert!(state.tasks.iter().all(|task| task.seed.kind != "abandoned_booking"));
}

#[test]
fn what_a_member_does_is_a_fact_with_its_time() {
    let edit = ContactEdit {
        lead_status: Some("Lost".to_owned()),
        phone: Some(String::new()),
        ..ContactEdit::default()
    };
    let edited = hand(5, 5, FactPayload::Edited { member: ANNA, edit });
    let state = folded(&[plain(1, 0, "customer.created"), edited.clone()]);
    assert_eq!(state.lead_status, "Lost");
    let state = folded(&[edited, plain(2, 9, "booking.completed")]);
    assert_eq!(state.lead_status, CUSTOMER);
}

#[test]
fn a_task_in_hand_survives_a_late_event_that_would_have_opened_it_earlier() {
    let second = plain(2, 10, "payment.failed");
    let seed = folded(std::slice::from_ref(&second)).tasks[0].seed.clone();
    let action = TaskAction::Assign(Some(ANNA));
    let assigned = hand(3, 20, FactPayload::Task { member: ANNA, seed: seed.clone(), action });
    let done = hand(
        4,
        30,
        FactPayload::Task { member: ANNA, seed: seed.clone(), action: TaskAction::Complete },
    );
    let state = folded(&[plain(1, 0, "payment.failed"), second.clone(), assigned, done]);
    assert_eq!(state.tasks.len(), 1);
    let task = &state.tasks[0];
    assert_eq!(
        (task.seed.id, task.assigned_to, task.status),
        (seed.id, Some(ANNA), TaskStatus::Done)
    );
}

#[test]
fn a_merge_is_recorded_on_the_contact() {
    let by_email = ContactFact {
        identities: Identity::all(PROJECT, None, Some("u@shop.test")),
        ..plain(1, 0, "chat.message")
    };
    let by_user = plain(2, 1, "customer.login");
    let both = ContactFact {
        identities: Identity::all(PROJECT, Some("u"), Some("u@shop.test")),
        ..plain(3, 2, "customer.updated")
    };
    let state = folded(&[both, by_user, by_email]);
    let absorbed = Identity::email(PROJECT, "u@shop.test").contact_id;
    assert_eq!(state.merges, [Merge { fact: id(3), at: at(2), absorbed }]);
    assert_eq!(state.website_visits, 1);
}

fn any_facts() -> impl Strategy<Value = Vec<ContactFact>> {
    let names = [
        "customer.created",
        "customer.login",
        "vehicle.viewed",
        "page.viewed",
        "booking.started",
        "booking.step_completed",
        "booking.abandoned",
        "booking.completed",
        "payment.failed",
        "other",
    ];
    let one =
        (0..40_i64, prop::sample::select(names.to_vec()), prop::option::of(1..900_i64), 0..3_usize);
    prop::collection::vec(one, 1..30).prop_map(|drawn| {
        let identities = [
            Identity::all(PROJECT, Some("u"), None),
            Identity::all(PROJECT, None, Some("u@shop.test")),
            Identity::all(PROJECT, Some("u"), Some("u@shop.test")),
        ];
        let facts = drawn.into_iter().zip(1..);
        facts
            .map(|((minute, name, amount, who), number)| ContactFact {
                identities: identities[who].clone(),
                ..event(number, minute, name, json!({"name": number.to_string()}), amount)
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn any_order_and_repetition_give_the_same_contact(
        (facts, shuffled) in any_facts().prop_flat_map(|facts| {
            let doubled: Vec<ContactFact> = facts.iter().chain(&facts).cloned().collect();
            (Just(facts), Just(doubled).prop_shuffle())
        }),
        cut in 0..60_usize,
    ) {
        let whole = folded(&facts);
        prop_assert_eq!(&folded(&shuffled), &whole);
        // And in parts, as a projection goes on with what is stored.
        let mut sorted = facts.clone();
        sorted.sort_by_key(ContactFact::order);
        let (first, rest) = sorted.split_at(cut.min(sorted.len()));
        let mut state = folded(first);
        for fact in rest.iter().chain(first) {
            state.apply(PROJECT, fact, &RuleHistory::default());
        }
        prop_assert_eq!(state, whole);
        let bookings = facts.iter().filter(|fact| fact.name() == "booking.completed").count();
        prop_assert_eq!(folded(&facts).total_bookings, bookings as u64);
    }
}
