//! Webhook changes between two contact states.

use proptest::prelude::*;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::*;
use crate::crm::{
    ContactEdit, ContactFact, ContactFields, ContactId, ContactState, EventPayload, FactPayload,
    Identity, RuleHistory, TaskAction, fold,
};
use crate::id::{EventId, MemberId, ProjectId};
use crate::money::{Currency, Money};
use crate::time::Timestamp;

const PROJECT: ProjectId = ProjectId(Uuid::from_u128(7));

fn me() -> ContactId {
    Identity::user(PROJECT, "u").contact_id
}

fn fact(number: u128, payload: FactPayload) -> ContactFact {
    let occurred_at = Timestamp::from_seconds(1_795_262_400 + i64::try_from(number).unwrap() * 60);
    let identities = Identity::all(PROJECT, Some("u"), None);
    ContactFact { id: EventId(Uuid::from_u128(number)), occurred_at, identities, payload }
}

fn event(number: u128, name: &str) -> ContactFact {
    let amount = Money { minor: 500, currency: Currency::parse("TZS").unwrap() };
    fact(
        number,
        FactPayload::Event(EventPayload {
            name: name.to_owned(),
            fields: ContactFields { user_id: Some("u".to_owned()), ..ContactFields::default() },
            amount: name.starts_with("booking.").then_some(amount),
            session_id: None,
            data: Map::new(),
        }),
    )
}

fn state(facts: &[ContactFact]) -> ContactState {
    fold(PROJECT, facts.to_vec(), &RuleHistory::default())
}

fn changes_between(before: Option<&ContactState>, after: &ContactState) -> Vec<(EventKind, Value)> {
    let before = PreviousContact { contact: before, absorbed: &[] };
    let changes = changes(me(), before, after).into_iter();
    changes.map(|change| (change.kind, change.data["changes"].clone())).collect()
}

#[test]
fn a_contact_is_created_once_and_looking_around_is_no_change() {
    let first = state(&[event(1, "customer.created")]);
    assert_eq!(changes_between(None, &first), [(EventKind::ContactCreated, serde_json::json!([]))]);
    let looked = state(&[
        event(1, "customer.created"),
        event(2, "page.viewed"),
        event(3, "vehicle.viewed"),
        event(4, "customer.login"),
    ]);
    assert_eq!(changes_between(Some(&first), &looked), []);
    let started = state(&[event(1, "customer.created"), event(5, "booking.started")]);
    let changed = serde_json::json!(["lead_status", "estimated_deal_value"]);
    assert_eq!(changes_between(Some(&looked), &started), [(EventKind::ContactUpdated, changed)]);
}

#[test]
fn a_task_is_created_updated_and_completed() {
    let mut facts = vec![event(1, "payment.failed")];
    let opened = state(&facts);
    let kinds = |before: Option<&ContactState>, after: &ContactState| -> Vec<EventKind> {
        changes_between(before, after).into_iter().map(|(kind, _)| kind).collect()
    };
    assert_eq!(kinds(None, &opened), [EventKind::ContactCreated, EventKind::TaskCreated]);
    let member = MemberId(Uuid::from_u128(9));
    let mut act = |number, action| {
        let seed = opened.tasks[0].seed.clone();
        facts.push(fact(number, FactPayload::Task { member, seed, action }));
        state(&facts)
    };
    let assigned = act(2, TaskAction::Assign(Some(member)));
    let done = act(3, TaskAction::Complete);
    let reopened = act(4, TaskAction::Reopen);
    assert_eq!(
        changes_between(Some(&opened), &assigned),
        [(EventKind::TaskUpdated, "assigned_to".list())]
    );
    assert_eq!(kinds(Some(&assigned), &done), [EventKind::TaskCompleted]);
    assert_eq!(kinds(Some(&done), &reopened), [EventKind::TaskUpdated]);
    // What was opened and closed before anybody heard of it.
    assert_eq!(
        kinds(None, &done),
        [EventKind::ContactCreated, EventKind::TaskCreated, EventKind::TaskCompleted]
    );
    let without = state(&[event(9, "customer.created")]);
    assert_eq!(
        changes_between(Some(&opened), &without),
        [(EventKind::TaskUpdated, "removed".list())]
    );
}

#[test]
fn a_merge_replaces_other_messages_and_makes_no_tasks_again() {
    let other = Identity::email(PROJECT, "u@shop.test").contact_id;
    let absorbed = state(&[event(1, "payment.failed")]);
    let after = state(&[event(1, "payment.failed"), event(2, "booking.completed")]);
    let before = PreviousContact { contact: None, absorbed: &[(other, absorbed)] };
    let announced = changes(me(), before, &after);
    let kinds: Vec<EventKind> = announced.iter().map(|change| change.kind).collect();
    // Its own: the confirmation that the booking asks for.
    assert_eq!(kinds, [EventKind::ContactMerged, EventKind::TaskCreated]);
    assert_eq!(announced[0].data["absorbed_id"], other.to_string());
    assert_eq!(announced[0].data["contact"]["id"], me().to_string());
}

#[test]
fn a_message_holds_type_time_project_and_data() {
    let contact = state(&[event(1, "booking.completed")]);
    let announced = changes(me(), PreviousContact::default(), &contact);
    let text = body(PROJECT, Timestamp::from_seconds(1_795_262_400), 12, &announced[0]);
    let message: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(message["type"], "contact.created");
    assert_eq!(message["timestamp"], "2026-11-21T12:00:00.000Z");
    assert_eq!(message["project_id"], PROJECT.to_string());
    assert_eq!(message["data"]["revision"], 12);
    assert_eq!(message["data"]["contact"]["lead_status"], "Customer - Active");
    assert_eq!(message["data"]["contact"]["total_revenue"][0]["amount"], "5.00");
}

#[test]
fn a_cause_makes_one_message_per_kind_subject_and_webhook() {
    let of = |webhook, kind, subject, cause| {
        let (webhook, cause) = (WebhookId(Uuid::from_u128(webhook)), Uuid::from_u128(cause));
        MessageId::of_change(webhook, kind, subject, cause)
    };
    let id = of(1, EventKind::ContactCreated, "contact_1", 1);
    assert_eq!(id, of(1, EventKind::ContactCreated, "contact_1", 1));
    for other in [
        of(2, EventKind::ContactCreated, "contact_1", 1),
        of(1, EventKind::ContactUpdated, "contact_1", 1),
        of(1, EventKind::ContactCreated, "contact_2", 1),
        of(1, EventKind::ContactCreated, "contact_1", 2),
    ] {
        assert_ne!(id, other);
    }
    assert_eq!(id.to_string().parse(), Ok(id));
    assert!(id.to_string().starts_with("msg_") && !id.to_string().contains('.'));
}

trait List {
    fn list(&self) -> Value;
}

impl List for str {
    fn list(&self) -> Value {
        serde_json::json!([self])
    }
}

fn any_fact() -> impl Strategy<Value = ContactFact> {
    let names = [
        "customer.created",
        "page.viewed",
        "booking.started",
        "booking.abandoned",
        "booking.completed",
        "payment.failed",
    ];
    let edit = ContactEdit { phone: Some("+255".to_owned()), ..ContactEdit::default() };
    let member = MemberId(Uuid::from_u128(9));
    prop_oneof![
        (1_u128..40, proptest::sample::select(names.to_vec()))
            .prop_map(|(number, name)| event(number, name)),
        (1_u128..40).prop_map(move |number| {
            fact(number, FactPayload::Edited { member, edit: edit.clone() })
        }),
    ]
}

proptest! {
    /// A receiver that upserts every message, whatever the batches, has what the catalog
    /// has: contact and open tasks.
    #[test]
    fn messages_rebuild_the_contact(
        facts in proptest::collection::vec(any_fact(), 1..12),
        cuts in proptest::collection::vec(1_usize..5, 12),
    ) {
        let mut known: std::collections::BTreeMap<String, Value> = std::collections::BTreeMap::new();
        let (mut before, mut seen) = (None::<ContactState>, 0);
        for cut in cuts {
            let next = (seen + cut).min(facts.len());
            if next == seen { break; }
            seen = next;
            let after = state(&facts[..seen]);
            for change in changes(me(), PreviousContact { contact: before.as_ref(), absorbed: &[] }, &after) {
                let is_gone = change.data["changes"] == serde_json::json!(["removed"]);
                let what = change.data.get("contact").or_else(|| change.data.get("task")).unwrap();
                let id = what["id"].as_str().unwrap().to_owned();
                if is_gone { known.remove(&id); } else { known.insert(id, what.clone()); }
            }
            before = Some(after);
        }
        let last = before.unwrap();
        let contact = &known[&me().to_string()];
        prop_assert_eq!(&contact["lead_status"], &last.lead_status);
        prop_assert_eq!(&contact["phone"], &serde_json::json!(last.phone));
        prop_assert_eq!(&contact["total_bookings"], last.total_bookings);
        prop_assert_eq!(known.len(), 1 + last.tasks.len());
        for task in &last.tasks {
            let announced = &known[&task.seed.id.to_string()];
            prop_assert_eq!(announced, &message::task(me(), task));
        }
    }

    /// No change, no message.
    #[test]
    fn an_unchanged_state_makes_no_message(facts in proptest::collection::vec(any_fact(), 1..12)) {
        let known = state(&facts);
        prop_assert_eq!(changes_between(Some(&known), &known), []);
    }
}
