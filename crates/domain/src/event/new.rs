//! Events on their way in.

use super::{Category, Element, Friction, Vitals};
use crate::time::Timestamp;

/// An event as its sender gave it: read, not yet checked or enriched.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// The client's id for it.
    pub id: Option<String>,
    /// The part of the product.
    pub category: Category,
    /// The kind within its category.
    pub name: String,
    /// When it happened, by the client's clock.
    pub at: Option<Timestamp>,
    /// Its place within the session.
    pub seq: Option<u32>,
    /// The browser's anonymous id.
    pub visitor_id: Option<String>,
    /// The visit.
    pub session_id: Option<String>,
    /// The customer.
    pub user_id: Option<String>,
    /// The page's URL.
    pub page_url: Option<String>,
    /// The document's title.
    pub page_title: Option<String>,
    /// Where the visitor came from.
    pub referrer: Option<String>,
    /// What it happened to.
    pub element: Element,
    /// What went wrong.
    pub friction: Option<Friction>,
    /// The measurements.
    pub vitals: Option<Vitals>,
    /// An amount, metric or duration.
    pub value: Option<f64>,
    /// ISO 4217 code of `value` when it is money.
    pub currency: Option<String>,
    /// The user agent it names itself, where its sender is not the browser.
    pub user_agent: Option<String>,
    /// Anything else, as the JSON text of an object.
    pub properties: Option<String>,
}

impl NewEvent {
    /// An event of which only category and name are known.
    pub fn new(category: Category, name: impl Into<String>) -> Self {
        Self {
            id: None,
            category,
            name: name.into(),
            at: None,
            seq: None,
            visitor_id: None,
            session_id: None,
            user_id: None,
            page_url: None,
            page_title: None,
            referrer: None,
            element: Element::default(),
            friction: None,
            vitals: None,
            value: None,
            currency: None,
            user_agent: None,
            properties: None,
        }
    }
}
