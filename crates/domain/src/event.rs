//! The event: an immutable fact with an id, a name, a category, a time and properties.

mod new;

use serde::{Deserialize, Serialize};

use crate::id::{EventId, ProjectId};
use crate::time::Timestamp;

pub use new::NewEvent;

/// What part of the product an event belongs to.
///
/// The order is part of the journal's record format: add at the end only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Category {
    /// What a visitor looked at or searched for (contract 1).
    Behavior,
    /// A call widget's life (contract 2).
    Widget,
    /// Something went wrong for the visitor (contract 3).
    Friction,
    /// A click, move or scroll with its place on the page, and page views (contract 3).
    Heatmap,
    /// Web vitals and load times (contract 3).
    Performance,
    /// A customer's business event (contract 4).
    Customer,
    /// A session's start or end (contract 5).
    Session,
    /// Something Footfall itself records.
    System,
}

impl Category {
    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Behavior => "behavior",
            Self::Widget => "widget",
            Self::Friction => "friction",
            Self::Heatmap => "heatmap",
            Self::Performance => "performance",
            Self::Customer => "customer",
            Self::Session => "session",
            Self::System => "system",
        }
    }
}

/// An accepted event, complete: what the client said, corrected and enriched by ingest.
///
/// Everything that depends on the moment of arrival (clock correction, user agent, place) is
/// already in here, so that projections are pure functions of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Names the event; re-sending the same id changes nothing.
    pub id: EventId,
    /// The tenant.
    pub project_id: ProjectId,
    /// The part of the product.
    pub category: Category,
    /// The kind within its category, such as `rage_click` or `pageview`.
    pub name: String,
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
    pub visitor_id: Option<String>,
    /// The visit.
    pub session_id: Option<String>,
    /// The customer, when known.
    pub user_id: Option<String>,
    /// Where it happened.
    pub page: Page,
    /// What it happened to.
    pub element: Element,
    /// What went wrong, for friction events.
    pub friction: Option<Friction>,
    /// The measurements, for performance events.
    pub vitals: Option<Vitals>,
    /// An amount, metric or duration.
    pub value: Option<f64>,
    /// ISO 4217 code of `value` when it is money.
    pub currency: Option<String>,
    /// The device, from the user agent.
    pub device: Device,
    /// The place, from the address.
    pub place: Place,
    /// Anything else, as JSON text; `None` stands for `{}`.
    pub properties: Option<String>,
    /// The rule that took the sender for a bot. Such events are kept and left out of answers.
    pub bot: Option<String>,
}

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
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The whole URL, without user info, personal data and parameters that nobody allowed.
    pub url: Option<String>,
    /// Its path: the part by which pages are grouped.
    pub path: Option<String>,
    /// The document's title.
    pub title: Option<String>,
    /// Where the visitor came from.
    pub referrer: Option<String>,
    /// The `utm_*` parameters of the URL.
    pub utm: Utm,
}

/// Campaign parameters of a URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Utm {
    /// `utm_source`
    pub source: Option<String>,
    /// `utm_medium`
    pub medium: Option<String>,
    /// `utm_campaign`
    pub campaign: Option<String>,
    /// `utm_term`
    pub term: Option<String>,
    /// `utm_content`
    pub content: Option<String>,
}

/// What an event happened to, and where on the page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Element {
    /// A CSS selector that finds it again.
    pub selector: Option<String>,
    /// Its visible text, never an input's value.
    pub text: Option<String>,
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Friction {
    /// The error's message.
    pub error_message: Option<String>,
    /// The stack as the browser gave it.
    pub stack: Option<String>,
    /// `high`, `medium` or `low`.
    pub severity: Option<String>,
    /// A picture of the moment.
    pub screenshot_url: Option<String>,
    /// Groups the same error over sessions; see [`crate::error_group`].
    pub error_group: Option<String>,
}

/// Measurements of one page load, milliseconds unless said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// `desktop`, `mobile`, `tablet`, or none when unknown.
    pub kind: Option<String>,
    /// Family, such as `Chrome`.
    pub browser: Option<String>,
    /// Major and minor version.
    pub browser_version: Option<String>,
    /// Family, such as `Android`.
    pub os: Option<String>,
    /// Major and minor version.
    pub os_version: Option<String>,
}

/// Where in the world an event came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// First subdivision, by its English name.
    pub region: Option<String>,
    /// By its English name.
    pub city: Option<String>,
    /// The address with its host part masked, such as `196.249.xxx.xxx`.
    pub masked_ip: Option<String>,
}
