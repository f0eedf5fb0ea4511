//! The journal's records: any bytes are an error or a record, and a record is its own encoding's reading.

use domain::event::{Category, Event};
use domain::id::{EventId, ProjectId};
use domain::outcome::{Contract, RejectionReason};
use domain::time::Timestamp;
use engine::record::{self, Record, RejectedRecord, Unreadable};
use fuzz::{Observation, Random, Target, mutate, text};
use uuid::Uuid;

struct RecordTarget;

impl Target for RecordTarget {
    fn name(&self) -> &'static str {
        "record"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        let bytes = if random.one_in(2) { refused(random) } else { event(random) };
        match random.below(4) {
            0 => bytes,
            1 => {
                let count = random.small(200);
                [&[1, u8::try_from(random.below(4)).expect("small")], &*random.bytes(count)]
                    .concat()
            }
            _ => mutate::bytes(random, &bytes, &[0xff; 16]),
        }
    }

    fn check(&mut self, input: &[u8]) -> Observation {
        let error = |error: Unreadable| {
            format!("error {error}").split(':').next().unwrap_or_default().to_owned()
        };
        let read = match record::decode(input) {
            Ok(read) => read,
            Err(unreadable) => return error(unreadable),
        };
        let mut written = Vec::new();
        let found = match &read {
            Record::Event(encoded) => {
                // The head is less than the whole, so it may be read where the whole is not.
                let head = encoded.head();
                let event = match encoded.decode() {
                    Ok(event) => event,
                    Err(unreadable) => return error(unreadable),
                };
                record::encode_event(&event, &mut written).expect("what was read can be written");
                let head = head.expect("a head");
                assert_eq!((head.session_id, head.user_id), (event.session_id, event.user_id));
                assert_eq!(head.category, event.category);
                let again = match record::decode(&written) {
                    Ok(Record::Event(again)) => again.decode().expect("an event"),
                    other => unreachable!("an event was written: {other:?}"),
                };
                // As text, since a number that is none equals nothing.
                assert_eq!(format!("{again:?}"), format!("{event:?}"));
                "event"
            }
            Record::Rejected(refused) => {
                record::encode_rejected(refused, &mut written)
                    .expect("what was read can be written");
                assert_eq!(record::decode(&written).expect("a record"), read);
                "refused"
            }
            Record::Erased => return "erased".to_owned(),
        };
        erase(&written, &read);
        found.to_owned()
    }

    fn must_find(&self) -> &'static [&'static str] {
        &["event", "refused", "error record version", "error record is malformed"]
    }
}

/// What is left of a record when its subject is forgotten counts as before and says nothing.
fn erase(written: &[u8], read: &Record<'_>) {
    let left = record::erased(written, |_| true, |_| true);
    let left = left.as_deref().map(|left| record::decode(left).expect("what is left can be read"));
    match (read, left) {
        (Record::Event(_), left) => assert_eq!(left, Some(Record::Erased)),
        (Record::Rejected(before), Some(Record::Rejected(after))) => {
            assert_eq!((before.count, before.reason), (after.count, after.reason));
            assert!(after.bytes.is_none() && after.detail.is_empty());
        }
        (Record::Rejected(before), left) => assert!(before.bytes.is_none() && left.is_none()),
        (Record::Erased, left) => assert_eq!(left, None),
    }
}

fn refused(random: &mut Random) -> Vec<u8> {
    let count = random.small(300);
    let (detail, kept) = (text::any(random), random.bytes(count));
    let refused = RejectedRecord {
        project_id: ProjectId(Uuid::from_u64_pair(random.bits(), random.bits())),
        received_at: Timestamp::from_micros(random.bits().cast_signed()),
        contract: Contract::ALL[random.below(Contract::ALL.len())],
        reason: RejectionReason::ALL[random.below(RejectionReason::ALL.len())],
        detail: &detail,
        count: u32::try_from(random.small(1 << 30)).expect("small"),
        bytes: (!random.one_in(3)).then_some(&*kept),
    };
    let mut bytes = Vec::new();
    record::encode_rejected(&refused, &mut bytes).expect("encodes");
    bytes
}

fn event(random: &mut Random) -> Vec<u8> {
    let text = |random: &mut Random| (!random.one_in(3)).then(|| text::any(random));
    let id = EventId(Uuid::from_u64_pair(random.bits(), random.bits()));
    let at = Timestamp::from_micros(random.bits().cast_signed());
    let event = Event {
        sent_at: Some(Timestamp::from_micros(random.bits().cast_signed())),
        seq: Some(u32::MAX),
        visitor_id: text(random),
        session_id: text(random),
        user_id: text(random),
        value: Some(f64::from_bits(random.bits())),
        properties: text(random),
        ..Event::new(id, ProjectId(Uuid::from_u128(7)), Category::Behavior, text::any(random), at)
    };
    let mut bytes = Vec::new();
    record::encode_event(&event.borrowed(), &mut bytes).expect("encodes");
    bytes
}

#[test]
fn record() {
    fuzz::run(&mut RecordTarget);
}
