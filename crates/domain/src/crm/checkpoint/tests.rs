//! A fold that continues from a checkpoint equals the fold of all facts.

use proptest::prelude::*;
use serde_json::Map;
use uuid::Uuid;

use super::*;
use crate::crm::{CUSTOMER, ContactFields, EventPayload, Identity, fold};
use crate::id::EventId;
use crate::money::{Currency, Money};

const PROJECT: ProjectId = ProjectId(Uuid::from_u128(7));

fn at(minute: i64) -> Timestamp {
    Timestamp::from_seconds(1_795_262_400 + minute * 60)
}

fn money(minor: i64) -> Money {
    Money { minor, currency: Currency::parse("TZS").expect("a currency") }
}

/// An event of a customer known by user id, by address, or by both; in a session of its hour.
fn event(number: u128, minute: i64, name: &str, who: (bool, bool)) -> ContactFact {
    let user = who.0.then_some("u");
    let email = who.1.then_some("u@shop.test");
    let fields = ContactFields {
        user_id: user.map(str::to_owned),
        email: email.map(str::to_owned),
        ..ContactFields::default()
    };
    ContactFact {
        id: EventId(Uuid::from_u128(number)),
        occurred_at: at(minute),
        identities: Identity::all(PROJECT, user, email),
        payload: FactPayload::Event(EventPayload {
            name: name.to_owned(),
            fields,
            amount: name
                .starts_with("booking.")
                .then(|| money(i64::try_from(number).expect("small"))),
            session_id: Some(format!("s{}", minute / 60)),
            data: Map::new(),
        }),
    }
}

fn by_user(number: u128, minute: i64, name: &str) -> ContactFact {
    event(number, minute, name, (true, false))
}

fn by_email(number: u128, minute: i64, name: &str) -> ContactFact {
    event(number, minute, name, (false, true))
}

fn rules() -> RuleHistory {
    RuleHistory::default()
}

fn checkpoint(facts: &[ContactFact]) -> Checkpoint {
    let mut checkpoint = Checkpoint::default();
    checkpoint.extend(PROJECT, facts, &rules());
    checkpoint
}

#[test]
fn a_late_fact_from_before_a_checkpoint_changes_nothing() {
    let covered = checkpoint(&[by_user(1, 0, "customer.login"), by_user(2, 60, "customer.login")]);
    let late = [by_user(3, 30, "booking.completed"), by_user(4, 90, "customer.login")];
    let state = fold_from(PROJECT, Some(covered.clone()), late.to_vec(), &rules());
    assert_eq!((state.website_visits, state.total_bookings), (3, 0));
    let repeated = vec![by_user(2, 60, "customer.login")];
    assert_eq!(fold_from(PROJECT, Some(covered.clone()), repeated, &rules()), covered.state);
}

#[test]
fn a_checkpoint_remembers_sessions_as_long_as_their_events_are_stored() {
    let mut covered = checkpoint(&[
        by_user(1, 0, "customer.login"),
        by_user(2, 59, "customer.login"),
        by_user(3, 60, "customer.login"),
    ]);
    assert_eq!(covered.sessions, BTreeMap::from([("s0".into(), at(59)), ("s1".into(), at(60))]));
    covered.forget_sessions(at(60));
    assert_eq!(covered.sessions.into_keys().collect::<Vec<_>>(), ["s1"]);
}

#[test]
fn two_checkpoints_of_one_person_add_up() {
    let user = checkpoint(&[by_user(1, 0, "customer.login"), by_user(2, 10, "booking.completed")]);
    let email = checkpoint(&[
        by_email(3, 5, "payment.failed"),
        by_email(4, 20, "booking.started"),
        by_email(5, 70, "booking.completed"),
        by_email(6, 80, "booking.started"),
    ]);
    let one = user.clone().join(email.clone(), &rules());
    assert_eq!(one, email.join(user, &rules()), "whichever way they come");
    let state = &one.state;
    assert_eq!((state.total_bookings, state.website_visits), (2, 1));
    assert_eq!(state.main_revenue(), Some(money(7)));
    assert_eq!((&*state.lead_status, state.created_at), (CUSTOMER, at(0)));
    assert_eq!(state.last_action.as_deref(), Some("booking.started"));
    assert_eq!(
        (state.user_id.as_deref(), state.email.as_deref()),
        (Some("u"), Some("u@shop.test"))
    );
    assert_eq!(state.tasks.len(), 3, "a failed payment and two bookings");
    assert_eq!(one.sessions.len(), 2);
    let both = event(7, 100, "customer.updated", (true, true));
    let state = fold_from(PROJECT, Some(one), vec![both], &rules());
    let absorbed = Identity::email(PROJECT, "u@shop.test").contact_id;
    assert_eq!(state.merges.iter().map(|merge| merge.absorbed).collect::<Vec<_>>(), [absorbed]);
}

#[test]
fn a_customer_stays_one_whoever_was_seen_last() {
    let customer = checkpoint(&[by_user(1, 0, "booking.completed")]);
    for (name, minute) in [("booking.started", 9), ("customer.created", 9), ("chat.message", 9)] {
        let lead = checkpoint(&[by_email(2, minute, name)]);
        let one = customer.clone().join(lead, &rules());
        assert_eq!(one.state.lead_status, CUSTOMER, "{name}");
    }
    assert_eq!(customer.clone().join(Checkpoint::default(), &rules()), customer);
    assert_eq!(Checkpoint::default().join(customer.clone(), &rules()), customer);
}

const NAMES: [&str; 8] = [
    "customer.created",
    "customer.login",
    "page.viewed",
    "booking.started",
    "booking.abandoned",
    "booking.completed",
    "payment.failed",
    "other",
];

fn any_facts() -> impl Strategy<Value = Vec<ContactFact>> {
    let one = (0..40_i64, prop::sample::select(NAMES.to_vec()), 0..3_u8);
    prop::collection::vec(one, 1..30).prop_map(|drawn| {
        let fact = |((minute, name, who), number): ((i64, &str, u8), u128)| {
            event(number, minute, name, (who != 1, who != 0))
        };
        drawn.into_iter().zip(1..).map(fact).collect()
    })
}

proptest! {
    #[test]
    fn a_fold_from_checkpoints_equals_the_fold_of_all_facts(
        facts in any_facts(),
        first in 0..50_i64,
        more in 0..50_i64,
    ) {
        let whole = fold(PROJECT, facts.clone(), &rules());
        let before = |minute| -> Vec<ContactFact> {
            facts.iter().filter(|fact| fact.occurred_at < at(minute)).cloned().collect()
        };
        let mut covered = checkpoint(&before(first));
        // The second covers what the first does, too, as after a crash.
        covered.extend(PROJECT, &before(first.max(more)), &rules());
        let rest: Vec<ContactFact> =
            facts.iter().filter(|fact| fact.occurred_at >= at(first.max(more))).cloned().collect();
        prop_assert_eq!(&fold_from(PROJECT, Some(covered.clone()), rest, &rules()), &whole);
        prop_assert_eq!(&fold_from(PROJECT, Some(covered), facts, &rules()), &whole);
    }

    #[test]
    fn counters_of_joined_checkpoints_are_those_of_all_facts(facts in any_facts()) {
        let (users, addresses): (Vec<_>, Vec<_>) = facts
            .into_iter()
            .map(|fact| if fact.identities.len() > 1 { by_user(fact.id.0.as_u128(), 50, "other") } else { fact })
            .partition(|fact| fact.identities[0] == Identity::user(PROJECT, "u"));
        let one = checkpoint(&users).join(checkpoint(&addresses), &rules()).state;
        let all = fold(PROJECT, [users, addresses].concat(), &rules());
        prop_assert_eq!(one.total_revenue, all.total_revenue);
        prop_assert_eq!(one.total_bookings, all.total_bookings);
        prop_assert_eq!(one.website_visits, all.website_visits);
        prop_assert_eq!((one.created_at, one.last_activity), (all.created_at, all.last_activity));
        prop_assert_eq!(one.folded, all.folded);
        prop_assert_eq!(one.lead_status == CUSTOMER, all.lead_status == CUSTOMER);
    }
}
