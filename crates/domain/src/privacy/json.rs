//! Texts within JSON.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::QueryParameters;
use super::mask;
use super::numbers::is_card;

/// Names of members whose values are masked whatever they look like, without `_` and `-`.
const PERSONAL: [(&str, &str); 32] = [
    ("accesstoken", "[token]"),
    ("apikey", "[token]"),
    ("authorization", "[token]"),
    ("cardnumber", "[card]"),
    ("creditcard", "[card]"),
    ("cvc", "[number]"),
    ("cvv", "[number]"),
    ("email", "[email]"),
    ("emailaddress", "[email]"),
    ("iban", "[iban]"),
    ("idtoken", "[token]"),
    ("mail", "[email]"),
    ("mobile", "[phone]"),
    ("mobilenumber", "[phone]"),
    ("msisdn", "[phone]"),
    ("nationalid", "[number]"),
    ("otp", "[number]"),
    ("passcode", "[token]"),
    ("passport", "[number]"),
    ("passportnumber", "[number]"),
    ("passwd", "[token]"),
    ("password", "[token]"),
    ("phone", "[phone]"),
    ("phonenumber", "[phone]"),
    ("pin", "[number]"),
    ("pwd", "[token]"),
    ("refreshtoken", "[token]"),
    ("secret", "[token]"),
    ("ssn", "[number]"),
    ("tel", "[phone]"),
    ("telephone", "[phone]"),
    ("token", "[token]"),
];
/// Digits of the shortest card number.
const MIN_CARD: usize = 13;

/// The JSON of an object with its texts masked; as it was where nothing is, none where it is no JSON. Members
/// named `id` or `…_id` keep numbers and tokens, which are what ids look like. `skipped` members stay.
pub fn json(text: &str, parameters: &QueryParameters, skipped: &[&str]) -> Option<String> {
    let Ok(Value::Object(mut object)) = serde_json::from_str::<Value>(text) else { return None };
    let is_changed = mask_members(&mut object, parameters, skipped);
    if is_changed { serde_json::to_string(&object).ok() } else { Some(text.to_owned()) }
}

/// Whether anything was changed.
fn mask_members(
    object: &mut Map<String, Value>,
    parameters: &QueryParameters,
    skipped: &[&str],
) -> bool {
    let mut is_changed = false;
    for (name, value) in object.iter_mut() {
        if skipped.contains(&name.as_str()) || is_plain_id(name, value) {
            continue;
        }
        match personal(name) {
            Some(word) if holds_data(value) && value != word => {
                *value = Value::from(word);
                is_changed = true;
            }
            _ => is_changed |= mask_value(value, parameters),
        }
    }
    // Names are data where a page counts by them.
    let named: Vec<(String, String)> = object
        .keys()
        .filter_map(|name| match mask::text(name, parameters) {
            Cow::Owned(masked) => Some((name.clone(), masked)),
            Cow::Borrowed(_) => None,
        })
        .collect();
    for (name, masked) in named {
        if let Some(value) = object.remove(&name) {
            object.insert(masked, value);
            is_changed = true;
        }
    }
    is_changed
}

fn mask_value(value: &mut Value, parameters: &QueryParameters) -> bool {
    match value {
        Value::String(text) => match mask::text(text, parameters) {
            Cow::Owned(masked) => {
                *text = masked;
                true
            }
            Cow::Borrowed(_) => false,
        },
        Value::Array(values) => values
            .iter_mut()
            .fold(false, |is_changed, value| mask_value(value, parameters) | is_changed),
        Value::Object(object) => mask_members(object, parameters, &[]),
        Value::Number(number) => {
            let digits = number.to_string();
            let is_number_of_card = digits.len() >= MIN_CARD
                && digits.starts_with(['3', '4', '5', '6'])
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && is_card(&digits);
            if is_number_of_card {
                *value = Value::from("[card]");
            }
            is_number_of_card
        }
        Value::Null | Value::Bool(_) => false,
    }
}

/// Numbers and tokens are what ids look like; addresses are not.
fn is_plain_id(name: &str, value: &Value) -> bool {
    let is_id = name == "id" || name.ends_with("_id") || name.ends_with("Id");
    is_id && value.as_str().is_none_or(|id| !id.contains(['@', '+', '%']))
}

fn personal(name: &str) -> Option<&'static str> {
    let plain: String =
        name.chars().filter(|c| !"_- ".contains(*c)).map(|c| c.to_ascii_lowercase()).collect();
    PERSONAL.iter().find(|(known, _)| *known == plain).map(|(_, word)| *word)
}

/// A filter such as `phone: true` says nothing of anybody.
fn holds_data(value: &Value) -> bool {
    matches!(value, Value::String(text) if !text.is_empty()) || value.is_number()
}
