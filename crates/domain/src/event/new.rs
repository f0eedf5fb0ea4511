//! Events on their way in.

use std::borrow::Cow;

use super::{Category, Device, Element, Friction, Vitals};
use crate::time::Timestamp;

/// An event as its sender gave it: read, not yet checked or enriched. Its texts are owned, or lie in the
/// request where that wrote them without escapes (`NewEvent<Cow<'_, str>>`).
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent<Text = String> {
    /// The client's id for it.
    pub id: Option<Text>,
    /// The part of the product.
    pub category: Category,
    /// The kind within its category.
    pub name: Text,
    /// When it happened, by the client's clock.
    pub at: Option<Timestamp>,
    /// Its place within the session.
    pub seq: Option<u32>,
    /// The browser's anonymous id.
    pub visitor_id: Option<Text>,
    /// The visit.
    pub session_id: Option<Text>,
    /// The customer.
    pub user_id: Option<Text>,
    /// The page's URL.
    pub page_url: Option<Text>,
    /// The document's title.
    pub page_title: Option<Text>,
    /// Where the visitor came from.
    pub referrer: Option<Text>,
    /// What it happened to.
    pub element: Element<Text>,
    /// What went wrong.
    pub friction: Option<Friction<Text>>,
    /// The measurements.
    pub vitals: Option<Vitals>,
    /// An amount, metric or duration.
    pub value: Option<f64>,
    /// ISO 4217 code of `value` when it is money.
    pub currency: Option<Text>,
    /// The user agent it names itself, where its sender is not the browser.
    pub user_agent: Option<Text>,
    /// The visitor's device by its sender's word: counts where the user agent says less.
    pub device: Option<Box<Device<Text>>>,
    /// Anything else, as the JSON text of an object.
    pub properties: Option<Text>,
}

impl<Text> NewEvent<Text> {
    /// An event of which only category and name are known.
    pub fn new(category: Category, name: impl Into<Text>) -> Self {
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
            device: None,
            properties: None,
        }
    }
}

impl From<NewEvent> for NewEvent<Cow<'_, str>> {
    fn from(event: NewEvent) -> Self {
        let text = |text: Option<String>| text.map(Cow::Owned);
        Self {
            id: text(event.id),
            category: event.category,
            name: Cow::Owned(event.name),
            at: event.at,
            seq: event.seq,
            visitor_id: text(event.visitor_id),
            session_id: text(event.session_id),
            user_id: text(event.user_id),
            page_url: text(event.page_url),
            page_title: text(event.page_title),
            referrer: text(event.referrer),
            element: event.element.into(),
            friction: event.friction.map(Into::into),
            vitals: event.vitals,
            value: event.value,
            currency: text(event.currency),
            user_agent: text(event.user_agent),
            device: event.device.map(|device| Box::new((*device).into())),
            properties: text(event.properties),
        }
    }
}
