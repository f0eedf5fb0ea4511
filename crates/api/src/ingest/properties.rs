//! Helpers shared by the item readers of all contracts: an item, its numbers, and the JSON of what has no
//! column.

use domain::limits::MAX_PROPERTIES_BYTES;
use domain::outcome::RejectionReason;
use engine::ingest::Rejection;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::object;

/// Reads an item of a contract; an error names the field at fault.
pub(super) fn read_item<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Rejection> {
    object::from_str(json).map_err(|_| why_unreadable::<T>(json))
}

/// Reads a part of an item that is kept as JSON; none for `null`. Its values take many times the bytes of
/// its text, so that is looked at first.
pub(super) fn read_part<'a, T: Deserialize<'a>>(
    name: &str,
    json: Option<&'a RawValue>,
) -> Result<Option<T>, Rejection> {
    let Some(text) = json.map(RawValue::get).filter(|text| *text != "null") else {
        return Ok(None);
    };
    if text.len() > MAX_PROPERTIES_BYTES {
        let detail = format!("{name} is larger than {MAX_PROPERTIES_BYTES} bytes");
        return Err(Rejection::new(RejectionReason::TooLarge, detail));
    }
    let named = |bad: Rejection| Rejection { detail: format!("{name}: {}", bad.detail), ..bad };
    read_item(text).map(Some).map_err(named)
}

/// Reads once more, slowly, to name the field at fault.
fn why_unreadable<'a, T: Deserialize<'a>>(json: &'a str) -> Rejection {
    if let Err(error) = object::check(json.as_bytes()) {
        return Rejection::new(RejectionReason::InvalidField, error.to_string());
    }
    let mut reader = serde_json::Deserializer::from_str(json);
    match serde_path_to_error::deserialize::<_, T>(&mut reader) {
        Err(error) => {
            let field = error.path().to_string();
            let detail = if field == "." {
                error.inner().to_string()
            } else {
                format!("{field}: {}", error.inner())
            };
            Rejection::new(RejectionReason::InvalidField, detail)
        }
        Ok(_) => Rejection::new(RejectionReason::InvalidField, "the item cannot be read"),
    }
}

/// A number that cannot be negative.
pub(super) fn amount(field: &str, value: Option<f64>) -> Result<Option<f64>, Rejection> {
    match value {
        Some(value) if !value.is_finite() || value < 0.0 => Err(Rejection::new(
            RejectionReason::InvalidField,
            format!("{field} must be a number that is not negative"),
        )),
        value => Ok(value),
    }
}

/// Properties as JSON text; none when there are none.
pub(super) fn write<T: Serialize>(properties: &T) -> Result<Option<String>, Rejection> {
    let text = serde_json::to_string(properties)
        .map_err(|error| Rejection::new(RejectionReason::InvalidField, error.to_string()))?;
    Ok((text != "{}").then_some(text))
}
