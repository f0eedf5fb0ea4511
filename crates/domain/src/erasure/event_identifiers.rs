//! Matches events and raw bytes to a data subject's identifiers.
//!
//! # Rules
//!
//! - An event that names a user is that user's, whatever else it says: a device that two people share
//!   never makes the one's events the other's.
//! - An event that names no user is the subject's when it was sent by a browser, or belongs to a
//!   session, that only the subject used, or when its properties mention the subject.
//! - Properties mention a person by an address anywhere among their values, or by an id under a key
//!   that is for one, such as `user_id`.

use serde_json::Value;

use super::identifiers::IdentifierKind;
use crate::email::folded;
use crate::event::EventRef;

/// Keys under which people write ids of users, browsers and sessions.
const KEYS: [(IdentifierKind, &[&str]); 3] = [
    (IdentifierKind::User, &["user_id", "userId", "customer_id", "customerId"]),
    (IdentifierKind::Visitor, &["visitor_id", "visitorId", "anonymous_id", "anonymousId"]),
    (IdentifierKind::Session, &["session_id", "sessionId"]),
];
/// In this object a plain `id` is a user's.
const PERSON: &str = "customer";

/// What an event says about whose it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventIdentifiers<'a> {
    /// The user it names.
    pub user_id: Option<&'a str>,
    /// The browser it came from.
    pub visitor_id: Option<&'a str>,
    /// The session it belongs to.
    pub session_id: Option<&'a str>,
    /// Anything else, as JSON text.
    pub properties: Option<&'a str>,
}

impl<'a> EventIdentifiers<'a> {
    /// The traces in an event.
    pub fn of(event: &EventRef<'a>) -> Self {
        Self {
            user_id: event.user_id,
            visitor_id: event.visitor_id,
            session_id: event.session_id,
            properties: event.properties,
        }
    }

    /// Whether the event is the subject's, who is known by what `has` says.
    pub fn belong_to(&self, has: &impl Fn(IdentifierKind, &str) -> bool) -> bool {
        if let Some(user_id) = self.user_id.filter(|id| !id.is_empty()) {
            return is_user(user_id, has);
        }
        let is = |kind, id: Option<&str>| id.is_some_and(|id| !id.is_empty() && has(kind, id));
        is(IdentifierKind::Visitor, self.visitor_id)
            || is(IdentifierKind::Session, self.session_id)
            || self.properties.is_some_and(|text| {
                // Most properties name nobody; reading them all would cost more than the rest.
                may_name_somebody(text)
                    && serde_json::from_str(text).is_ok_and(|value| names(&value, "", "", has))
            })
    }
}

/// Whether bytes that were received mention the subject: as JSON by the rules for properties, else by
/// any word in them.
pub fn mentions(bytes: &[u8], has: &impl Fn(IdentifierKind, &str) -> bool) -> bool {
    if let Ok(value) = serde_json::from_slice(bytes) {
        return names(&value, "", "", has);
    }
    let text = String::from_utf8_lossy(bytes);
    let is_between = |c: char| !(c.is_alphanumeric() || "@._+-|:~".contains(c));
    text.split(is_between).filter(|word| !word.is_empty()).any(|word| {
        is_user(word, has)
            || has(IdentifierKind::Visitor, word)
            || has(IdentifierKind::Session, word)
    })
}

fn is_user(text: &str, has: &impl Fn(IdentifierKind, &str) -> bool) -> bool {
    has(IdentifierKind::User, text) || is_address(text, has)
}

fn is_address(text: &str, has: &impl Fn(IdentifierKind, &str) -> bool) -> bool {
    text.contains('@') && has(IdentifierKind::Email, &folded(text))
}

/// Whether the JSON text could name somebody; escapes could hide anything.
fn may_name_somebody(text: &str) -> bool {
    text.contains('@')
        || text.contains('\\')
        || text.contains("\"customer\"")
        || KEYS.iter().flat_map(|(_, keys)| *keys).any(|key| text.contains(key))
}

/// Whether a value under `key`, in the object under `parent`, names the subject.
fn names(
    value: &Value,
    key: &str,
    parent: &str,
    has: &impl Fn(IdentifierKind, &str) -> bool,
) -> bool {
    match value {
        Value::Object(object) => object.iter().any(|(inner, value)| names(value, inner, key, has)),
        Value::Array(items) => items.iter().any(|item| names(item, key, parent, has)),
        Value::String(text) => is_address(text, has) || is_id(text, key, parent, has),
        Value::Number(number) => is_id(&number.to_string(), key, parent, has),
        Value::Null | Value::Bool(_) => false,
    }
}

fn is_id(text: &str, key: &str, parent: &str, has: &impl Fn(IdentifierKind, &str) -> bool) -> bool {
    if key == "id" && parent == PERSON {
        return has(IdentifierKind::User, text);
    }
    let kind = KEYS.iter().find(|(_, keys)| keys.contains(&key));
    kind.is_some_and(|(kind, _)| has(*kind, text))
}

#[cfg(test)]
mod tests;
