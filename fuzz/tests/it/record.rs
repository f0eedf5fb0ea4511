//! The journal's records: any bytes are an error or a record, and a record is its own encoding's reading.

use domain::event::{Category, Event};
use domain::id::{EventId, ProjectId};
use domain::outcome::{Contract, Reason};
use domain::time::Timestamp;
use engine::record::{self, Peek, Record, Refused};
use fuzz::{Found, Random, Target, mutate, text};
use uuid::Uuid;

struct Records;

impl Target for Records {
    fn name(&self) -> &'static str {
        "record"
    }

    fn generate(&mut self, random: &mut Random) -> Vec<u8> {
        let bytes = if random.one_in(2) { refused(random) } else { event(random) };
        match random.below(4) {
            0 => bytes,
            1 => {
                let count = random.small(200);
                [&[1], &*random.bytes(count)].concat()
            }
            _ => mutate::bytes(random, &bytes, &[0xff; 16]),
        }
    }

    fn check(&mut self, input: &[u8]) -> Found {
        let peeked = record::peek(input);
        // Reads less than the whole, so it may read what the whole is not; it must not panic.
        let head = record::head(input);
        let read = match record::read(input) {
            Ok(read) => read,
            Err(error) => {
                return format!("error {error}").split(':').next().unwrap_or_default().to_owned();
            }
        };
        let mut written = Vec::new();
        match &read {
            Record::Event(event) => {
                record::write_event(event, &mut written).expect("what was read can be written");
                assert!(matches!(peeked, Ok(Peek::Event)), "{peeked:?}");
                let head = head.expect("a head").expect("an event's");
                assert_eq!(head.session_id, event.session_id.as_deref());
                assert_eq!(head.user_id, event.user_id.as_deref());
                assert_eq!(head.category, event.category);
            }
            Record::Refused(refused) => {
                record::write_refused(refused.clone(), &mut written)
                    .expect("what was read can be written");
                assert_eq!(peeked.expect("a refusal"), Peek::Refused(refused.clone()));
            }
            Record::Erased => {
                assert_eq!(peeked.expect("a record"), Peek::Erased);
                return "erased".to_owned();
            }
        }
        let again = record::read(&written).expect("what was written can be read");
        // Written once more, since a number that is none equals nothing.
        assert_eq!(format!("{again:?}"), format!("{read:?}"));
        erase(&written, &read);
        if matches!(read, Record::Event(_)) { "event".to_owned() } else { "refused".to_owned() }
    }

    fn must_find(&self) -> &'static [&'static str] {
        &["event", "refused", "error record version", "error record is malformed"]
    }
}

/// What is left of a record when its subject is forgotten counts as before and says nothing.
fn erase(written: &[u8], read: &Record) {
    let left = record::erased(written, |_| true, |_| true);
    match (read, left.map(|left| record::read(&left).expect("what is left can be read"))) {
        (Record::Event(_), left) => assert_eq!(left, Some(Record::Erased)),
        (Record::Refused(before), Some(Record::Refused(after))) => {
            assert_eq!((before.count, before.reason), (after.count, after.reason));
            assert!(after.bytes.is_none() && after.detail.is_empty());
        }
        (Record::Refused(before), left) => assert!(before.bytes.is_none() && left.is_none()),
        (Record::Erased, left) => assert_eq!(left, None),
    }
}

fn refused(random: &mut Random) -> Vec<u8> {
    let count = random.small(300);
    let refused = Refused {
        project_id: ProjectId(Uuid::from_u64_pair(random.bits(), random.bits())),
        received_at: Timestamp::from_micros(random.bits().cast_signed()),
        contract: Contract::ALL[random.below(Contract::ALL.len())],
        reason: Reason::ALL[random.below(Reason::ALL.len())],
        detail: text::any(random),
        count: u32::try_from(random.small(1 << 30)).expect("small"),
        bytes: (!random.one_in(3)).then(|| random.bytes(count)),
    };
    let mut bytes = Vec::new();
    record::write_refused(refused, &mut bytes).expect("encodes");
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
    record::write_event(&event, &mut bytes).expect("encodes");
    bytes
}

#[test]
fn record() {
    fuzz::run(&mut Records);
}
