//! Version 1 of the record format. Released: never change it, neither fields nor their order nor codes.
//!
//! Instants are microseconds since 1970 (UTC), ids 16 bytes, absent values one byte.

use serde::{Deserialize, Serialize};

/// The version's number.
pub(super) const VERSION: u8 = 1;
/// Kind of an accepted event.
pub(super) const EVENT: u8 = 0;
/// Kind of a refusal.
pub(super) const REFUSED: u8 = 1;
/// Kind of what an erasure left of an event.
pub(super) const ERASED: u8 = 2;

/// The first fields of an event.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct EventHead<'a> {
    pub(super) category: u8,
    pub(super) project_id: [u8; 16],
    pub(super) id: [u8; 16],
    pub(super) name: &'a str,
    pub(super) occurred_at: i64,
    pub(super) visitor_id: Option<&'a str>,
    pub(super) session_id: Option<&'a str>,
    pub(super) user_id: Option<&'a str>,
    pub(super) bot: Option<&'a str>,
}

/// An accepted event.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Event<'a> {
    #[serde(borrow)]
    pub(super) head: EventHead<'a>,
    pub(super) received_at: i64,
    pub(super) client_at: Option<i64>,
    pub(super) sent_at: Option<i64>,
    pub(super) seq: Option<u32>,
    #[serde(borrow)]
    pub(super) page: Page<'a>,
    pub(super) element: Option<Element<'a>>,
    pub(super) friction: Option<Friction<'a>>,
    pub(super) vitals: Option<Vitals>,
    pub(super) value: Option<f64>,
    pub(super) currency: Option<&'a str>,
    #[serde(borrow)]
    pub(super) device: Device<'a>,
    #[serde(borrow)]
    pub(super) place: Place<'a>,
    pub(super) properties: Option<&'a str>,
}

/// Where it happened.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Page<'a> {
    pub(super) url: Option<&'a str>,
    pub(super) path: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) referrer: Option<&'a str>,
    #[serde(borrow)]
    pub(super) utm: Option<Utm<'a>>,
}

/// Campaign parameters; absent when none is there.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Utm<'a> {
    pub(super) source: Option<&'a str>,
    pub(super) medium: Option<&'a str>,
    pub(super) campaign: Option<&'a str>,
    pub(super) term: Option<&'a str>,
    pub(super) content: Option<&'a str>,
}

/// What it happened to, with its place inside the element as `offset`; absent when nothing is known of it.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Element<'a> {
    pub(super) selector: Option<&'a str>,
    pub(super) text: Option<&'a str>,
    pub(super) x: Option<i32>,
    pub(super) y: Option<i32>,
    pub(super) offset_x: Option<f64>,
    pub(super) offset_y: Option<f64>,
    pub(super) viewport_width: Option<i32>,
    pub(super) viewport_height: Option<i32>,
    pub(super) document_width: Option<i32>,
    pub(super) document_height: Option<i32>,
}

/// What went wrong.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Friction<'a> {
    pub(super) error_message: Option<&'a str>,
    pub(super) stack: Option<&'a str>,
    pub(super) severity: Option<&'a str>,
    pub(super) screenshot_url: Option<&'a str>,
    pub(super) error_group: Option<&'a str>,
}

/// Measurements, milliseconds except the layout shift.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Vitals {
    pub(super) load_time: Option<f64>,
    pub(super) first_contentful_paint: Option<f64>,
    pub(super) time_to_interactive: Option<f64>,
    pub(super) largest_contentful_paint: Option<f64>,
    pub(super) interaction_to_next_paint: Option<f64>,
    pub(super) cumulative_layout_shift: Option<f64>,
    pub(super) time_to_first_byte: Option<f64>,
}

/// The device.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Device<'a> {
    pub(super) kind: Option<&'a str>,
    pub(super) browser: Option<&'a str>,
    pub(super) browser_version: Option<&'a str>,
    pub(super) os: Option<&'a str>,
    pub(super) os_version: Option<&'a str>,
}

/// The place.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Place<'a> {
    pub(super) country: Option<&'a str>,
    pub(super) region: Option<&'a str>,
    pub(super) city: Option<&'a str>,
    pub(super) masked_ip: Option<&'a str>,
}

/// Items refused for the same reason.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Rejected<'a> {
    pub(super) project_id: [u8; 16],
    pub(super) received_at: i64,
    pub(super) contract: u8,
    pub(super) reason: u8,
    pub(super) detail: &'a str,
    pub(super) count: u32,
    pub(super) bytes: Option<&'a [u8]>,
}
