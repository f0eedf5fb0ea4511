//! Events matched to a subject: cases by hand, and any mixture of identifiers.

use proptest::prelude::*;

use super::*;
use crate::erasure::Identifiers;

fn subject() -> Identifiers {
    let mut subject = Identifiers::of_subject("u-1");
    subject.emails.insert("amina@shop.test".to_owned());
    subject.visitor_ids.insert("v-1".to_owned());
    subject.session_ids.insert("s-1".to_owned());
    subject
}

fn is_hers(traces: &EventIdentifiers<'_>) -> bool {
    let subject = subject();
    traces.belong_to(&|kind, text| subject.has(kind, text))
}

fn properties(text: &str) -> EventIdentifiers<'_> {
    EventIdentifiers { properties: Some(text), ..EventIdentifiers::default() }
}

#[test]
fn an_event_is_the_users_it_names() {
    let named =
        |user_id| EventIdentifiers { user_id: Some(user_id), ..EventIdentifiers::default() };
    assert!(is_hers(&named("u-1")));
    assert!(is_hers(&named("Amina@Shop.test ")), "an address may serve as a user id");
    assert!(!is_hers(&named("u-10")));
    assert!(!is_hers(&EventIdentifiers::default()));
}

#[test]
fn events_of_another_user_stay_on_a_shared_device() {
    let shared = EventIdentifiers {
        user_id: Some("u-2"),
        visitor_id: Some("v-1"),
        session_id: Some("s-1"),
        properties: Some(r#"{"referred_by":"amina@shop.test"}"#),
    };
    assert!(!is_hers(&shared));
    assert!(is_hers(&EventIdentifiers { user_id: None, ..shared }));
    assert!(is_hers(&EventIdentifiers { user_id: Some(""), ..shared }), "empty names nobody");
}

#[test]
fn properties_mention_by_address_or_by_an_id_under_its_key() {
    assert!(is_hers(&properties(r#"{"form":{"fields":["x"," AMINA@shop.test"]}}"#)));
    assert!(is_hers(&properties(r#"{"contact":"amina@shop.test"}"#)));
    assert!(is_hers(&properties(r#"{"metadata":{"user_id":"u-1"}}"#)));
    assert!(is_hers(&properties(r#"{"customer":{"id":"u-1"}}"#)));
    assert!(!is_hers(&properties(r#"{"product":{"id":"u-1"},"text":"u-1"}"#)));
    assert!(!is_hers(&properties(r#"{"contact":"other@shop.test"}"#)));
    assert!(!is_hers(&properties("{")));
}

#[test]
fn bytes_that_cannot_be_read_mention_by_word() {
    let subject = subject();
    let has = |kind, text: &str| subject.has(kind, text);
    assert!(mentions(br#"{"user_id": "u-1", "#, &has));
    assert!(mentions(b"mail Amina@shop.test, please", &has));
    assert!(mentions(b"\xff s-1", &has));
    assert!(mentions(br#"{"user_id": "u-1"}"#, &has));
    assert!(!mentions(br#"{"user_id": "u-2", "#, &has));
    assert!(!mentions(br#"{"user_id": "u-2"}"#, &has));
    assert!(!mentions(b"", &has));
}

#[test]
fn numbers_are_ids_under_their_keys_only() {
    let subject = Identifiers::of_subject("42");
    let has = |kind, text: &str| subject.has(kind, text);
    assert!(mentions(br#"{"user_id": 42}"#, &has));
    assert!(!mentions(br#"{"x": 42, "id": 42}"#, &has));
}

proptest! {
    /// Of events with any mixture of names, exactly those of the subject are hers.
    #[test]
    fn exactly_the_subject_is_found(
        user in prop::option::of(0_u8..4),
        visitor in prop::option::of(0_u8..4),
        session in prop::option::of(0_u8..4),
        mentioned in prop::option::of(0_u8..4),
    ) {
        let id = |prefix: &str, number: Option<u8>| number.map(|number| format!("{prefix}-{number}"));
        let (user_id, visitor_id, session_id) = (id("u", user), id("v", visitor), id("s", session));
        let address = mentioned.map(|number| match number {
            1 => "Amina@shop.test".to_owned(),
            other => format!("person{other}@shop.test"),
        });
        let text = address.map(|address| format!(r#"{{"a":{{"b":["{address}"]}}}}"#));
        let traces = EventIdentifiers {
            user_id: user_id.as_deref(),
            visitor_id: visitor_id.as_deref(),
            session_id: session_id.as_deref(),
            properties: text.as_deref(),
        };
        let expected = match user {
            Some(user) => user == 1,
            None => [visitor, session, mentioned].contains(&Some(1)),
        };
        prop_assert_eq!(is_hers(&traces), expected);
    }
}
