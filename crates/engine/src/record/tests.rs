//! Records read back as written, and what is none is an error.

use domain::event::Event;
use uuid::Uuid;

use super::*;

fn refused() -> RejectedRecord<'static> {
    RejectedRecord {
        project_id: ProjectId(Uuid::from_u128(7)),
        received_at: Timestamp::from_seconds(1),
        contract: Contract::Friction,
        reason: RejectionReason::MissingField,
        detail: "page_url is missing",
        count: 1,
        bytes: Some(b"{}"),
    }
}

fn encoded(refused: &RejectedRecord<'_>) -> Vec<u8> {
    let mut buffer = Vec::new();
    encode_rejected(refused, &mut buffer).expect("encodes");
    buffer
}

#[test]
fn a_rejection_reads_back_as_written() {
    let buffer = encoded(&refused());
    assert_eq!(decode(&buffer).expect("decodes"), Record::Rejected(refused()));
}

#[test]
fn every_code_stands_for_one_value() {
    for (contract, reason) in
        RejectionReason::ALL.into_iter().zip(0..).map(|(reason, n)| (Contract::ALL[n % 5], reason))
    {
        let buffer = encoded(&RejectedRecord { contract, reason, ..refused() });
        let Record::Rejected(read) = decode(&buffer).expect("decodes") else { panic!("a refusal") };
        assert_eq!((read.contract, read.reason), (contract, reason));
    }
    let mut unknown = Vec::new();
    let event = Event::new(
        EventId(Uuid::from_u128(1)),
        ProjectId(Uuid::from_u128(7)),
        Category::System,
        "start",
        Timestamp::EPOCH,
    );
    encode_event(&event.borrowed(), &mut unknown).expect("encodes");
    assert_eq!(unknown[2], 7, "the category's code comes first");
    unknown[2] = 9;
    let Record::Event(read) = decode(&unknown).expect("decodes") else { panic!("an event") };
    assert!(matches!(read.head(), Err(Unreadable::Code { what: "category", code: 9 })));
}

#[test]
fn an_erased_record_counts_and_says_nothing() {
    let buffer = encoded(&refused());
    assert_eq!(erased(&buffer, |_| true, |_| false), None);
    let left = erased(&buffer, |_| false, |bytes| bytes == b"{}").expect("mentions the subject");
    let expected = RejectedRecord { bytes: None, detail: "", ..refused() };
    assert_eq!(decode(&left).expect("decodes"), Record::Rejected(expected));
    assert_eq!(erased(&left, |_| true, |_| true), None, "there is nothing left to erase");
    let tombstone = [v1::VERSION, v1::ERASED];
    assert_eq!(decode(&tombstone).expect("decodes"), Record::Erased);
    assert_eq!(erased(&tombstone, |_| true, |_| true), None);
}

#[test]
fn unknown_versions_and_cut_records_are_errors() {
    let mut buffer = encoded(&refused());
    assert!(matches!(decode(&buffer[..buffer.len() - 1]), Err(Unreadable::Malformed(_))));
    buffer[1] = 9;
    assert!(matches!(decode(&buffer), Err(Unreadable::Code { what: "kind", code: 9 })));
    buffer[0] = 9;
    assert!(matches!(decode(&buffer), Err(Unreadable::Version(9))));
    assert!(matches!(decode(&[]), Err(Unreadable::Cut)));
}
