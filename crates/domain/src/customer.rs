//! Reads a customer event: the customer, and the event's own data.
//!
//! A customer event ([`Category::Customer`](crate::event::Category::Customer)) keeps its contract's
//! members in its properties: `{"customer": {…}, "event_data": {…}, "session": {…}}`. Its `user_id`
//! is the customer's id, its `value` and `currency` are the amount in major units.

use serde_json::{Map, Value};

use crate::email;
use crate::event::EventRef;
use crate::money::{Currency, Money};

/// Who a customer is, as far as one event tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Customer {
    /// The site's own id for the person.
    pub id: Option<String>,
    /// Case-folded.
    pub email: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// As written.
    pub phone: Option<String>,
}

/// A customer event, read.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerEvent {
    /// Who.
    pub customer: Customer,
    /// The event's own data; empty when there is none.
    pub data: Map<String, Value>,
    /// Its amount.
    pub amount: Option<Money>,
}

impl Customer {
    /// Reads the contract's `customer` object. A lone `name` is split at its first space; texts are
    /// trimmed, and empty ones count as none.
    pub fn read(object: &Map<String, Value>) -> Self {
        let text = |name: &str| text(object.get(name));
        let (mut first_name, mut last_name) = (text("first_name"), text("last_name"));
        if let (None, None, Some(name)) = (&first_name, &last_name, text("name")) {
            let (first, last) = name.split_once(' ').unwrap_or((&name, ""));
            first_name = Some(first.to_owned());
            last_name = Some(last.trim().to_owned()).filter(|last| !last.is_empty());
        }
        Self {
            id: text("id"),
            email: text("email").map(|email| email::folded(&email)),
            first_name,
            last_name,
            phone: text("phone"),
        }
    }

    /// Whether it names a person at all: by id or e-mail.
    pub fn is_known(&self) -> bool {
        self.id.is_some() || self.email.is_some()
    }
}

impl CustomerEvent {
    /// Reads a customer event's properties. What is malformed is taken for missing: it was checked
    /// when the event came in, which also filled in the currency.
    pub fn read(event: &EventRef<'_>) -> Self {
        let properties: Map<String, Value> =
            event.properties.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        let object = |name: &str| properties.get(name).and_then(Value::as_object);
        let mut customer = object("customer").map(Customer::read).unwrap_or_default();
        if customer.id.is_none() {
            customer.id = event.user_id.map(str::to_owned);
        }
        let currency = event.currency.and_then(|code| Currency::parse(code).ok());
        let currency = currency.unwrap_or_else(Currency::none);
        let amount = event.value.and_then(|value| Money::from_major(value, currency).ok());
        Self { customer, data: object("event_data").cloned().unwrap_or_default(), amount }
    }

    /// A text or number of the event's own data.
    pub fn text(&self, name: &str) -> Option<String> {
        text(self.data.get(name))
    }
}

/// The first of these members of a customer event's own data that is a text or number.
pub(crate) fn data_text(properties: &str, names: &[&str]) -> Option<String> {
    let properties: Map<String, Value> = serde_json::from_str(properties).ok()?;
    let data = properties.get("event_data")?.as_object()?;
    names.iter().find_map(|name| text(data.get(*name)))
}

/// A text that is not empty, or a number's digits.
fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: &Value) -> Customer {
        Customer::read(value.as_object().expect("an object"))
    }

    #[test]
    fn a_name_is_split_and_an_address_folded() {
        let customer =
            read(&json!({"id": 7, "email": " Asha@Example.COM", "name": "Asha ya Juma"}));
        assert_eq!(customer.id.as_deref(), Some("7"));
        assert_eq!(customer.email.as_deref(), Some("asha@example.com"));
        assert_eq!(customer.first_name.as_deref(), Some("Asha"));
        assert_eq!(customer.last_name.as_deref(), Some("ya Juma"));
        assert!(customer.is_known());
    }

    #[test]
    fn empty_texts_name_nobody() {
        assert!(!read(&json!({"id": "", "email": "  ", "name": "Nobody"})).is_known());
    }
}
