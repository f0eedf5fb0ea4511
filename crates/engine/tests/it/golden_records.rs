//! Records of every version ever released can be read.
//!
//! `tests/golden/record/v<n>/` holds what version n wrote, one record a file, as hexadecimal digits. Files of
//! a released version are never changed: a new version adds a folder, written by `FOOTFALL_GEN=1`, and its
//! own test beside the one below.

use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use domain::event::{Category, Device, Element, Event, Friction, Page, Place, Utm, Vitals};
use domain::id::{EventId, ProjectId};
use domain::outcome::{Contract, RejectionReason};
use domain::time::Timestamp;
use engine::record::{self, Record, RejectedRecord};
use uuid::Uuid;

const PROJECT: ProjectId = ProjectId(Uuid::from_u128(0x018f_3f3e_7d1c_7cc2_9d4e_1f2a_3b4c_5d6e));
const ID: EventId = EventId(Uuid::from_u128(0x0190_e0a4_a1b2_7c3d_8e4f_a5b6_c7d8_e9f0));
const AT: Timestamp = Timestamp::from_micros(1_795_132_800_123_456);

/// An event with a value in every field, no two alike.
fn full() -> Event {
    let text = |text: &str| Some(text.to_owned());
    Event {
        id: ID,
        project_id: PROJECT,
        category: Category::Friction,
        name: "rage_click".to_owned(),
        occurred_at: AT,
        client_at: Some(AT.plus_micros(-1)),
        sent_at: Some(AT.plus_micros(-2)),
        received_at: AT.plus_micros(3),
        seq: Some(u32::MAX),
        visitor_id: text("visitor"),
        session_id: text("session"),
        user_id: text("user"),
        page: Page {
            url: text("https://shop.test/cart?a=1"),
            path: text("/cart"),
            title: text("Cart — größer"),
            referrer: text("https://search.test/"),
            utm: Utm {
                source: text("news"),
                medium: text("mail"),
                campaign: text("spring"),
                term: text("shoes"),
                content: text("top"),
            },
        },
        element: Element {
            selector: text("#pay"),
            text: text("Pay now"),
            x: Some(-1),
            y: Some(i32::MAX),
            element_x: Some(0.25),
            element_y: Some(-0.0),
            viewport_width: Some(1_280),
            viewport_height: Some(720),
            document_width: Some(1_281),
            document_height: Some(i32::MIN),
        },
        friction: Some(Friction {
            error_message: text("is not a function"),
            stack: text("at pay (app.js:1:2)"),
            severity: text("high"),
            screenshot_url: text("https://shop.test/1.png"),
            error_group: text("0123456789abcdef"),
        }),
        vitals: Some(Vitals {
            load_time: Some(1.5),
            first_contentful_paint: Some(2.5),
            time_to_interactive: Some(3.5),
            largest_contentful_paint: Some(4.5),
            interaction_to_next_paint: Some(5.5),
            cumulative_layout_shift: Some(0.125),
            time_to_first_byte: Some(f64::MAX),
        }),
        value: Some(-12.75),
        currency: text("TZS"),
        device: Device {
            kind: text("mobile"),
            browser: text("Chrome"),
            browser_version: text("142.0"),
            os: text("Android"),
            os_version: text("14"),
        },
        place: Place {
            country: text("TZ"),
            region: text("Dar es Salaam Region"),
            city: text("Dar es Salaam"),
            masked_ip: text("196.249.xxx.xxx"),
        },
        properties: text(r#"{"a":1}"#),
        bot: text("ua:curl"),
    }
}

/// An event with nothing that can be left out.
fn least() -> Event {
    Event::new(ID, PROJECT, Category::System, "", Timestamp::from_micros(-1))
}

fn refused(is_full: bool) -> RejectedRecord<'static> {
    RejectedRecord {
        project_id: PROJECT,
        received_at: AT,
        contract: if is_full { Contract::Session } else { Contract::Behavior },
        reason: if is_full { RejectionReason::RecordingOff } else { RejectionReason::Unparseable },
        detail: if is_full { "page_url is missing" } else { "" },
        count: if is_full { u32::MAX } else { 1 },
        bytes: is_full.then_some(b"{\"\xff\0}"),
    }
}

/// The record of a golden file; written first when it is missing and `FOOTFALL_GEN` is set.
fn golden(version: &str, name: &str, now: &[u8]) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/record").join(version);
    let path: PathBuf = folder.join(name).with_extension("hex");
    if !path.exists() && std::env::var_os("FOOTFALL_GEN").is_some() {
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(&path, HEXLOWER.encode(now) + "\n").expect("written");
    }
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| {
        unreachable!("{}: {error}; FOOTFALL_GEN=1 writes it", path.display())
    });
    HEXLOWER.decode(text.trim().as_bytes()).expect("hexadecimal digits")
}

#[test]
fn version_1_is_written_and_read() {
    for (name, event) in [("event-full", full()), ("event-least", least())] {
        let mut now = Vec::new();
        record::encode_event(&event.borrowed(), &mut now).expect("encodes");
        let stored = golden("v1", name, &now);
        let Record::Event(encoded) = record::decode(&stored).expect("a record") else {
            unreachable!("{name} is an event")
        };
        assert_eq!(encoded.decode().expect("an event"), event.borrowed(), "{name}");
        assert_eq!(now, stored, "{name}: version 1 is released, so write another version");
    }
    for (name, is_full) in [("refused-full", true), ("refused-least", false)] {
        let mut now = Vec::new();
        record::encode_rejected(&refused(is_full), &mut now).expect("encodes");
        let stored = golden("v1", name, &now);
        let read = record::decode(&stored).expect("a record");
        assert_eq!(read, Record::Rejected(refused(is_full)), "{name}");
        assert_eq!(now, stored, "{name}: version 1 is released, so write another version");
    }
    let mut event = Vec::new();
    record::encode_event(&least().borrowed(), &mut event).expect("encodes");
    let now = record::erased(&event, |_| true, |_| false).expect("the subject's");
    let stored = golden("v1", "erased", &now);
    assert_eq!(record::decode(&stored).expect("a record"), Record::Erased);
    assert_eq!(now, stored, "version 1 is released, so write another version");
}

#[test]
fn every_golden_file_is_read_by_a_test() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/record");
    let mut found = Vec::new();
    for version in std::fs::read_dir(folder).expect("versions") {
        let version = version.expect("a folder");
        for file in std::fs::read_dir(version.path()).expect("files") {
            let name = file.expect("a file").file_name().to_string_lossy().into_owned();
            found.push(format!("{}/{name}", version.file_name().to_string_lossy()));
        }
    }
    found.sort();
    let names = ["erased", "event-full", "event-least", "refused-full", "refused-least"];
    assert_eq!(found, names.map(|name| format!("v1/{name}.hex")));
}
