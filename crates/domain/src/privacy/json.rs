//! Texts within JSON.

mod scan;

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::QueryParameters;
use super::mask;
use super::numbers::is_card;

/// Names of members whose values are masked whatever they look like, without `_` and `-`; in their order.
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

/// The JSON of an object with its texts masked: borrowed where nothing is, none where it is no JSON. Members
/// named `id` or `…_id` keep numbers and tokens, which are what ids look like. `skipped` members stay.
pub fn json<'t>(
    text: &'t str,
    parameters: &QueryParameters,
    skipped: &[&str],
) -> Option<Cow<'t, str>> {
    // Most objects hold nothing to mask, which is found out without building them.
    if scan::is_clean(text, parameters, skipped)? {
        return Some(Cow::Borrowed(text));
    }
    let Ok(Value::Object(mut object)) = serde_json::from_str::<Value>(text) else { return None };
    mask_members(&mut object, parameters, skipped);
    serde_json::to_string(&object).ok().map(Cow::Owned)
}

fn mask_members(object: &mut Map<String, Value>, parameters: &QueryParameters, skipped: &[&str]) {
    for (name, value) in object.iter_mut() {
        if skipped.contains(&name.as_str()) || is_id(name) && is_plain_id(value) {
            continue;
        }
        match personal(name) {
            Some(word) if holds_data(value) => *value = Value::from(word),
            _ => mask_value(value, parameters),
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
        }
    }
}

fn mask_value(value: &mut Value, parameters: &QueryParameters) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(masked) = mask::text(text, parameters) {
                *text = masked;
            }
        }
        Value::Array(values) => {
            for value in values {
                mask_value(value, parameters);
            }
        }
        Value::Object(object) => mask_members(object, parameters, &[]),
        Value::Number(number) => {
            if number.as_u64().is_some_and(is_number_of_card) {
                *value = Value::from("[card]");
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}

fn is_number_of_card(number: u64) -> bool {
    let digits = number.to_string();
    digits.len() >= MIN_CARD && digits.starts_with(['3', '4', '5', '6']) && is_card(&digits)
}

fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("_id") || name.ends_with("Id")
}

/// Numbers and tokens are what ids look like; addresses are not.
fn is_plain_id(value: &Value) -> bool {
    value.as_str().is_none_or(is_plain_id_text)
}

fn is_plain_id_text(id: &str) -> bool {
    !id.contains(['@', '+', '%'])
}

/// The replacement for values of members of this name.
fn personal(name: &str) -> Option<&'static str> {
    let plain =
        || name.bytes().filter(|byte| !b"_- ".contains(byte)).map(|byte| byte.to_ascii_lowercase());
    let at = PERSONAL.binary_search_by(|(known, _)| known.bytes().cmp(plain())).ok()?;
    Some(PERSONAL[at].1)
}

/// A filter such as `phone: true` says nothing of anybody.
fn holds_data(value: &Value) -> bool {
    matches!(value, Value::String(text) if !text.is_empty()) || value.is_number()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn name() -> impl Strategy<Value = String> {
        let names = ["id", "click_id", "userId", "Phone", "e-mail", "note", "4242424242424242"];
        prop_oneof![
            4 => proptest::sample::select(names.map(str::to_owned).to_vec()),
            1 => text(),
        ]
    }

    fn text() -> impl Strategy<Value = String> {
        let texts = ["asha@example.com", "+255 712 345 678", "[phone]", "", "Add to cart", "50%"];
        proptest::sample::select(texts.map(str::to_owned).to_vec())
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            prop_oneof![Just(4_242_424_242_424_242_u64), any::<u64>()].prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 12, 3, |value| {
            prop_oneof![
                vec(value.clone(), 0..3).prop_map(Value::from),
                vec((name(), value), 0..3)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn an_object_is_borrowed_exactly_where_masking_changes_nothing(
            members in vec((name(), value()), 0..4),
        ) {
            let object: Map<String, Value> = members.into_iter().collect();
            let text = Value::Object(object.clone()).to_string();
            let (none, skipped) = (QueryParameters::default(), ["note"]);
            let mut expected = object.clone();
            mask_members(&mut expected, &none, &skipped);
            let masked = json(&text, &none, &skipped).expect("an object");
            prop_assert_eq!(matches!(masked, Cow::Borrowed(_)), expected == object);
            let masked: Map<String, Value> = serde_json::from_str(&masked).expect("an object");
            prop_assert_eq!(masked, expected);
        }
    }

    #[test]
    fn members_named_twice_are_masked_each() {
        let text = r#"{"note":"asha@example.com","note":"none"}"#;
        let masked = json(text, &QueryParameters::default(), &[]).expect("an object");
        assert!(!masked.contains('@'), "{masked}");
    }

    #[test]
    fn names_are_in_the_order_they_are_looked_up_by() {
        assert!(PERSONAL.is_sorted());
    }
}
