//! The event: an immutable fact with an id, a name, a category, a time and properties.
//!
//! Its texts are owned ([`Event`]) or borrowed ([`EventRef`]): what reads events takes borrowed ones, so that
//! a journal record is read where it lies and ingest writes one without copying its parts.

mod category;
mod new;
mod text;

use crate::id::{EventId, ProjectId};
use crate::time::Timestamp;

pub use category::Category;
pub use new::NewEvent;

/// An accepted event, complete: what the client said, corrected and enriched by ingest.
///
/// Everything that depends on the moment of arrival (clock correction, user agent, place) is
/// already in here, so that projections are pure functions of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Event<Text = String> {
    /// Names the event; re-sending the same id changes nothing.
    pub id: EventId,
    /// The tenant.
    pub project_id: ProjectId,
    /// The part of the product.
    pub category: Category,
    /// The kind within its category, such as `rage_click` or `pageview`.
    pub name: Text,
    /// When it happened: the client's time, corrected when its clock was found to be wrong.
    pub occurred_at: Timestamp,
    /// When it happened by the client's own clock, as sent.
    pub client_at: Option<Timestamp>,
    /// When the client sent the batch, by its own clock.
    pub sent_at: Option<Timestamp>,
    /// When the server had read it.
    pub received_at: Timestamp,
    /// Its place within the session, counted by the client.
    pub seq: Option<u32>,
    /// The browser's anonymous id.
    pub visitor_id: Option<Text>,
    /// The visit.
    pub session_id: Option<Text>,
    /// The customer, when known.
    pub user_id: Option<Text>,
    /// Where it happened.
    pub page: Page<Text>,
    /// What it happened to.
    pub element: Element<Text>,
    /// What went wrong, for friction events.
    pub friction: Option<Friction<Text>>,
    /// The measurements, for performance events.
    pub vitals: Option<Vitals>,
    /// An amount, metric or duration.
    pub value: Option<f64>,
    /// ISO 4217 code of `value` when it is money.
    pub currency: Option<Text>,
    /// The device, from the user agent.
    pub device: Device<Text>,
    /// The place, from the address.
    pub place: Place<Text>,
    /// Anything else, as JSON text; `None` stands for `{}`.
    pub properties: Option<Text>,
    /// The rule that took the sender for a bot. Such events are kept and left out of answers.
    pub bot: Option<Text>,
}

/// An event whose texts lie elsewhere: in a journal record, or in the request it came with.
pub type EventRef<'a> = Event<&'a str>;

impl Event {
    /// An event of which nothing more is known, received when it happened.
    pub fn new(
        id: EventId,
        project_id: ProjectId,
        category: Category,
        name: impl Into<String>,
        occurred_at: Timestamp,
    ) -> Self {
        Self {
            id,
            project_id,
            category,
            name: name.into(),
            occurred_at,
            client_at: None,
            sent_at: None,
            received_at: occurred_at,
            seq: None,
            visitor_id: None,
            session_id: None,
            user_id: None,
            page: Page::default(),
            element: Element::default(),
            friction: None,
            vitals: None,
            value: None,
            currency: None,
            device: Device::default(),
            place: Place::default(),
            properties: None,
            bot: None,
        }
    }
}

/// Where an event happened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page<Text = String> {
    /// The whole URL, without user info, personal data and parameters that nobody allowed.
    pub url: Option<Text>,
    /// Its path: the part by which pages are grouped.
    pub path: Option<Text>,
    /// The document's title.
    pub title: Option<Text>,
    /// Where the visitor came from.
    pub referrer: Option<Text>,
    /// The `utm_*` parameters of the URL.
    pub utm: Utm<Text>,
}

/// Campaign parameters of a URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Utm<Text = String> {
    /// `utm_source`
    pub source: Option<Text>,
    /// `utm_medium`
    pub medium: Option<Text>,
    /// `utm_campaign`
    pub campaign: Option<Text>,
    /// `utm_term`
    pub term: Option<Text>,
    /// `utm_content`
    pub content: Option<Text>,
}

/// What an event happened to, and where on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Element<Text = String> {
    /// A CSS selector that finds it again.
    pub selector: Option<Text>,
    /// Its visible text, never an input's value.
    pub text: Option<Text>,
    /// Page coordinate, CSS pixels from the left.
    pub x: Option<i32>,
    /// Page coordinate, CSS pixels from the top.
    pub y: Option<i32>,
    /// Position inside the element, 0 to 1 from its left edge.
    pub element_x: Option<f64>,
    /// Position inside the element, 0 to 1 from its top edge.
    pub element_y: Option<f64>,
    /// CSS pixels.
    pub viewport_width: Option<i32>,
    /// CSS pixels.
    pub viewport_height: Option<i32>,
    /// CSS pixels.
    pub document_width: Option<i32>,
    /// CSS pixels.
    pub document_height: Option<i32>,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Friction<Text = String> {
    /// The error's message.
    pub error_message: Option<Text>,
    /// The stack as the browser gave it.
    pub stack: Option<Text>,
    /// `high`, `medium` or `low`.
    pub severity: Option<Text>,
    /// A picture of the moment.
    pub screenshot_url: Option<Text>,
    /// Groups the same error over sessions; see [`crate::error_group`].
    pub error_group: Option<Text>,
}

/// Measurements of one page load, milliseconds unless said.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Vitals {
    /// `loadEventEnd`.
    pub load_time: Option<f64>,
    /// FCP.
    pub first_contentful_paint: Option<f64>,
    /// TTI.
    pub time_to_interactive: Option<f64>,
    /// LCP.
    pub largest_contentful_paint: Option<f64>,
    /// INP.
    pub interaction_to_next_paint: Option<f64>,
    /// CLS, without unit.
    pub cumulative_layout_shift: Option<f64>,
    /// TTFB.
    pub time_to_first_byte: Option<f64>,
}

/// The device an event came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Device<Text = String> {
    /// `desktop`, `mobile` or `tablet`, `program` for what is no browser, or none when unknown.
    pub kind: Option<Text>,
    /// Family, such as `Chrome`.
    pub browser: Option<Text>,
    /// Major and minor version.
    pub browser_version: Option<Text>,
    /// Family, such as `Android`.
    pub os: Option<Text>,
    /// Major and minor version.
    pub os_version: Option<Text>,
}

/// Where in the world an event came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place<Text = String> {
    /// ISO 3166-1 alpha-2.
    pub country: Option<Text>,
    /// First subdivision, by its English name.
    pub region: Option<Text>,
    /// By its English name.
    pub city: Option<Text>,
    /// The address with its host part masked, such as `196.249.xxx.xxx`.
    pub masked_ip: Option<Text>,
}

impl<Text> Default for Element<Text> {
    fn default() -> Self {
        Self {
            selector: None,
            text: None,
            x: None,
            y: None,
            element_x: None,
            element_y: None,
            viewport_width: None,
            viewport_height: None,
            document_width: None,
            document_height: None,
        }
    }
}

impl<Text> Default for Friction<Text> {
    fn default() -> Self {
        Self {
            error_message: None,
            stack: None,
            severity: None,
            screenshot_url: None,
            error_group: None,
        }
    }
}
