//! Admission, and the way from an item to a journal record.

use domain::event::NewEvent;
use domain::outcome::{Contract, RejectionReason};
use engine::ingest::{AdmissionRejection, Envelope, IncomingItem, Rejection, Sender};
use engine::ports::journal::{Block, Journal as _, RecordBody};
use engine::record::{self, Record};
use testkit::records::OwnedRecord;

use crate::fixture::{ADDRESS, BROWSER, IngestFixture, KEY, PROJECT, ingest, item, rage_click};

const PAGE: Option<&str> = Some("https://shop.test");
const SENDER: Sender<'static> = Sender { user_agent: BROWSER, address: ADDRESS };

#[tokio::test]
async fn a_sender_is_admitted_by_key_origin_and_rate() {
    let fixture = ingest(0);
    let admit = |key, origin| fixture.ingest.admit(key, origin);
    assert!(matches!(admit(None, PAGE).await, Err(AdmissionRejection::NoKey)));
    assert!(matches!(admit(Some("fk_no"), PAGE).await, Err(AdmissionRejection::UnknownKey)));
    let foreign = admit(Some(KEY), Some("https://evil.test")).await;
    assert!(matches!(foreign, Err(AdmissionRejection::OriginNotAllowed(PROJECT))));
    for _ in 0..10 {
        assert_eq!(admit(Some(KEY), PAGE).await.expect("admitted").project_id, PROJECT);
    }
    assert!(matches!(
        admit(Some(KEY), PAGE).await,
        Err(AdmissionRejection::KeyLimited(PROJECT, _))
    ));
    fixture.clock.advance_seconds(120);
    assert!(admit(Some(KEY), PAGE).await.is_ok(), "a minute later it may again");
}

#[tokio::test]
async fn a_key_switched_off_admits_nothing_and_its_use_is_noted() {
    let fixture = ingest(0);
    fixture.ingest.admit(Some(KEY), PAGE).await.expect("admitted");
    fixture.ingest.keys().store_uses().await.expect("stored");
    assert!(fixture.keys.0.lock().expect("unpoisoned").last_used_at.is_some());
    fixture.keys.0.lock().expect("unpoisoned").is_active = false;
    fixture.ingest.keys().forget(KEY).await;
    let rejection = fixture.ingest.admit(Some(KEY), PAGE).await;
    assert!(matches!(rejection, Err(AdmissionRejection::KeyInactive(PROJECT))));
}

#[tokio::test]
async fn an_event_is_stored_enriched_and_scrubbed() {
    let fixture = ingest(0);
    let admitted = fixture.ingest.admit(Some(KEY), PAGE).await.expect("admitted");
    let envelope = Envelope { session_id: Some("s1".to_owned()), ..Envelope::default() };
    let items = vec![item(rage_click("one"))];
    let receipt = fixture
        .ingest
        .accept(Contract::Friction, &admitted, SENDER, envelope, items)
        .await
        .expect("stored");
    assert_eq!((receipt.stored.len(), receipt.refused.len()), (1, 0));
    let records = fixture.records().await;
    let [Some(OwnedRecord::Event(event))] = records.as_slice() else { unreachable!("{records:?}") };
    assert_eq!(event.session_id.as_deref(), Some("s1"));
    assert_eq!(event.page.url.as_deref(), Some("https://shop.test/cart"));
    assert_eq!(event.device.browser.as_deref(), Some("Chrome"));
    assert_eq!(event.place.masked_ip.as_deref(), Some("196.249.xxx.xxx"));
    assert_eq!(event.friction.as_ref().and_then(|f| f.severity.as_deref()), Some("high"));
    assert_eq!(event.bot, None);
}

/// The visitor of an event sent this way.
async fn visitor(
    fixture: &IngestFixture,
    sender: Sender<'_>,
    envelope: &Envelope,
    event: NewEvent,
) -> Option<String> {
    fixture.clock.advance_seconds(60);
    let admitted = fixture.ingest.admit(Some(KEY), PAGE).await.expect("admitted");
    let items = vec![item(event)];
    let accepted =
        fixture.ingest.accept(Contract::Friction, &admitted, sender, envelope.clone(), items);
    accepted.await.expect("stored");
    match fixture.records().await.pop() {
        Some(Some(OwnedRecord::Event(event))) => event.visitor_id,
        other => unreachable!("{other:?}"),
    }
}

#[tokio::test]
async fn a_visitor_without_consent_keeps_an_id_for_one_day() {
    let fixture = ingest(0);
    let anonymous = Envelope { is_anonymous: true, ..Envelope::default() };
    let event = || NewEvent { id: None, ..rage_click("") };
    let ask = async || visitor(&fixture, SENDER, &anonymous, event()).await;
    assert_eq!(ask().await, None, "nobody is told apart before there is a salt");
    fixture.visitors.refresh().await.expect("refreshed");
    let first = ask().await.expect("a visitor");
    assert!(first.starts_with("daily-"), "{first}");
    assert!(!first.contains("196"), "{first}");
    fixture.visitors.refresh().await.expect("refreshed");
    assert_eq!(ask().await, Some(first.clone()), "the salt lasts for the day");

    let elsewhere = Sender { address: "196.249.12.35".parse().expect("an address"), ..SENDER };
    let other = visitor(&fixture, elsewhere, &anonymous, event()).await;
    assert!(other.is_some() && other.as_ref() != Some(&first), "{other:?}");
    let other = visitor(&fixture, Sender { user_agent: "b", ..SENDER }, &anonymous, event()).await;
    assert!(other.is_some() && other.as_ref() != Some(&first), "{other:?}");
    let consented = visitor(&fixture, SENDER, &Envelope::default(), event()).await;
    assert_eq!(consented, None, "who consented names themselves");
    let named = NewEvent { visitor_id: Some("v".to_owned()), ..event() };
    assert_eq!(visitor(&fixture, SENDER, &anonymous, named).await.as_deref(), Some("v"));
    let customer = NewEvent { user_id: Some("u".to_owned()), ..event() };
    assert_eq!(
        visitor(&fixture, SENDER, &anonymous, customer).await,
        None,
        "known by another name"
    );

    fixture.clock.advance_seconds(86_400);
    let next_day = ask().await.expect("its salt was there in time");
    assert_ne!(next_day, first);
    fixture.clock.advance_seconds(2 * 86_400);
    assert_eq!(ask().await, None, "a salt that is over serves nobody");
}

#[tokio::test]
async fn a_records_head_says_what_the_whole_record_says() {
    let fixture = ingest(1_000);
    let admitted = fixture.ingest.admit(Some(KEY), PAGE).await.expect("admitted");
    let known = NewEvent {
        session_id: Some("s1".to_owned()),
        user_id: Some("u1".to_owned()),
        visitor_id: Some("v1".to_owned()),
        seq: Some(3),
        ..rage_click("a")
    };
    let bad = IncomingItem {
        raw: b"{}",
        event: Err(Rejection::new(RejectionReason::UnknownType, "no type")),
    };
    let items = vec![item(rage_click("b")), item(known), bad];
    let accepted =
        fixture.ingest.accept(Contract::Friction, &admitted, SENDER, Envelope::default(), items);
    accepted.await.expect("stored");
    let blocks = fixture.journal.read(0, usize::MAX).await.expect("reads");
    let mut users = Vec::new();
    for entry in blocks.iter().flat_map(Block::records) {
        let RecordBody::Payload(payload) = entry.body else { unreachable!("nothing came twice") };
        let Record::Event(encoded) = record::decode(payload).expect("a record") else { continue };
        let (head, event) = (encoded.head().expect("a head"), encoded.decode().expect("an event"));
        assert_eq!((head.id, head.project_id), (event.id, event.project_id));
        assert_eq!((head.category, head.name), (event.category, event.name));
        assert_eq!(head.occurred_at, event.occurred_at);
        assert_eq!((head.visitor_id, head.session_id), (event.visitor_id, event.session_id));
        assert_eq!((head.user_id, head.bot), (event.user_id, event.bot));
        let Ok(Record::Event(cut)) = record::decode(&payload[..10]) else { unreachable!("a kind") };
        assert!(cut.head().is_err(), "the head is longer");
        users.push(head.user_id.map(str::to_owned));
    }
    assert_eq!(users, [None, Some("u1".to_owned())]);
}

#[tokio::test]
async fn one_bad_item_spoils_none_and_everything_takes_a_position() {
    let fixture = ingest(1_000);
    let admitted = fixture.ingest.admit(Some(KEY), PAGE).await.expect("admitted");
    let bad = || IncomingItem {
        raw: b"{\"type\":\"x\"}",
        event: Err(Rejection::new(RejectionReason::UnknownType, "type \"x\" is unknown")),
    };
    let items = vec![item(rage_click("a")), bad(), item(rage_click("a")), item(rage_click("b"))];
    let receipt = fixture
        .ingest
        .accept(Contract::Friction, &admitted, SENDER, Envelope::default(), items)
        .await
        .expect("stored");
    assert_eq!(receipt.stored.len(), 3, "a duplicate is stored already");
    assert_eq!(receipt.duplicates, 1);
    assert_eq!(receipt.refused[0].index, 1);
    let records = fixture.records().await;
    assert_eq!(records.len(), 4);
    assert_eq!(records.iter().filter(|record| record.is_none()).count(), 1);
    let refused = records.iter().flatten().find_map(|record| match record {
        OwnedRecord::Refused { bytes, .. } => Some(bytes.as_deref()),
        OwnedRecord::Event(_) | OwnedRecord::Erased => None,
    });
    let bytes = refused.expect("the refusal is journaled");
    assert_eq!(bytes, Some(&b"{\"type\":\"x\"}"[..]));
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_before_an_event_is_called_too_late_or_too_early() {
    let fixture = ingest(0);
    let admitted = fixture.ingest.admit(Some(KEY), PAGE).await.expect("admitted");
    let now = domain::clock::Clock::now(&*fixture.clock);
    let two_years_ahead = now.plus_seconds(2 * 365 * 86_400);
    let ahead = || {
        let mut event = rage_click("ahead");
        event.at = Some(two_years_ahead.plus_seconds(-5));
        event
    };
    let plain = vec![item(ahead())];
    let refused = fixture
        .ingest
        .accept(Contract::Friction, &admitted, SENDER, Envelope::default(), plain)
        .await
        .expect("taken");
    assert_eq!(refused.refused[0].reason, RejectionReason::InTheFuture);
    let envelope = Envelope { sent_at: Some(two_years_ahead), ..Envelope::default() };
    let taken = fixture
        .ingest
        .accept(Contract::Friction, &admitted, SENDER, envelope, vec![item(ahead())])
        .await;
    assert!(taken.expect("taken").refused.is_empty());
    let records = fixture.records().await;
    let stored = records.iter().flatten().find_map(|record| match record {
        OwnedRecord::Event(event) => Some(event.occurred_at),
        OwnedRecord::Refused { .. } | OwnedRecord::Erased => None,
    });
    assert_eq!(stored, Some(now.plus_seconds(-5)));
}

#[tokio::test]
async fn nothing_is_promised_while_the_journal_cannot_write() {
    let fixture = ingest(0);
    let admitted = fixture.ingest.admit(Some(KEY), PAGE).await.expect("admitted");
    fixture.journal.set_unavailable(true);
    let items = vec![item(rage_click("one"))];
    let failed = fixture
        .ingest
        .accept(Contract::Friction, &admitted, SENDER, Envelope::default(), items)
        .await;
    assert_eq!(failed.expect_err("not stored").kind(), engine::Kind::Unavailable);
    fixture.journal.set_unavailable(false);
    let items = vec![item(rage_click("one"))];
    let receipt = fixture
        .ingest
        .accept(Contract::Friction, &admitted, SENDER, Envelope::default(), items)
        .await;
    assert_eq!(receipt.expect("stored").duplicates, 0);
}

#[tokio::test]
async fn ids_longer_than_allowed_are_refused_item_by_item_wherever_they_stand() {
    let fixture = ingest(0);
    let admitted = fixture.ingest.admit(Some(KEY), PAGE).await.expect("admitted");
    let long = || Some("x".repeat(4_000_000));
    let taken = async |envelope: Envelope, events: Vec<NewEvent>| {
        let items = events.into_iter().map(item).collect();
        let taken = fixture.ingest.accept(Contract::Friction, &admitted, SENDER, envelope, items);
        taken.await.expect("taken")
    };
    let sent_at = Some(domain::clock::Clock::now(&*fixture.clock));
    let envelopes = [
        ("session_id", Envelope { session_id: long(), sent_at, ..Envelope::default() }),
        ("user_id", Envelope { user_id: long(), sent_at, ..Envelope::default() }),
    ];
    for (field, envelope) in envelopes {
        let receipt = taken(envelope, vec![rage_click("a"), rage_click("b")]).await;
        assert_eq!((receipt.stored.len(), receipt.refused.len()), (0, 2), "{field}");
        for rejected in receipt.refused {
            assert_eq!(rejected.reason, RejectionReason::InvalidField);
            assert_eq!(rejected.detail, format!("{field} is longer than 200 bytes"));
        }
    }
    let events = [
        ("session_id", NewEvent { session_id: long(), ..rage_click("c") }),
        ("visitor_id", NewEvent { visitor_id: long(), ..rage_click("d") }),
        ("user_id", NewEvent { user_id: long(), ..rage_click("e") }),
        ("event_type", NewEvent { name: "x".repeat(101), ..rage_click("f") }),
    ];
    for (field, event) in events {
        let receipt = taken(Envelope::default(), vec![event, rage_click(field)]).await;
        assert_eq!(
            (receipt.stored.len(), receipt.refused.len()),
            (1, 1),
            "the other one is stored"
        );
        assert!(receipt.refused[0].detail.starts_with(field), "{:?}", receipt.refused);
    }
}

#[tokio::test]
async fn a_request_of_many_refused_items_records_some_and_counts_all() {
    let fixture = ingest(1 << 30);
    let admitted = fixture.ingest.admit(Some(KEY), PAGE).await.expect("admitted");
    let quote = "q".repeat(10_000);
    let bad = |number: usize| {
        let reason = if number.is_multiple_of(2) {
            RejectionReason::UnknownType
        } else {
            RejectionReason::InvalidField
        };
        IncomingItem { raw: b"{}", event: Err(Rejection::new(reason, &*quote)) }
    };
    let items = (0..5_000).map(bad).collect();
    let receipt = fixture
        .ingest
        .accept(Contract::Friction, &admitted, SENDER, Envelope::default(), items)
        .await
        .expect("taken");
    assert_eq!(receipt.refused.len(), 5_000, "each is named in the answer");
    let records = fixture.records().await;
    assert_eq!(records.len(), 102, "a hundred, and the rest by reason");
    let mut counted = std::collections::BTreeMap::<RejectionReason, u32>::new();
    for record in records.into_iter().flatten() {
        let OwnedRecord::Refused { reason, detail, count, .. } = record else {
            unreachable!("nothing is stored")
        };
        assert!(detail.len() <= 300, "{}", detail.len());
        *counted.entry(reason).or_default() += count;
    }
    assert_eq!(counted.into_values().collect::<Vec<_>>(), [2_500, 2_500]);
}
