//! What the items of all contracts share: reading one, its numbers, and the JSON that is kept of what
//! has no column.

use domain::limits::MAX_PROPERTIES_BYTES;
use domain::outcome::Reason;
use engine::ingest::Invalid;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::object;

/// Reads an item of a contract; an error names the field at fault.
pub(super) fn read_item<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Invalid> {
    object::from_str(json).map_err(|_| why_unreadable::<T>(json))
}

/// Reads a part of an item that is kept as JSON; none for `null`. Its values take many times the bytes of
/// its text, so that is looked at first.
pub(super) fn read_part<'a, T: Deserialize<'a>>(
    name: &str,
    json: Option<&'a RawValue>,
) -> Result<Option<T>, Invalid> {
    let Some(text) = json.map(RawValue::get).filter(|text| *text != "null") else {
        return Ok(None);
    };
    if text.len() > MAX_PROPERTIES_BYTES {
        let detail = format!("{name} is larger than {MAX_PROPERTIES_BYTES} bytes");
        return Err(Invalid::new(Reason::TooLarge, detail));
    }
    let named = |bad: Invalid| Invalid { detail: format!("{name}: {}", bad.detail), ..bad };
    read_item(text).map(Some).map_err(named)
}

/// Reads once more, slowly, to name the field at fault.
fn why_unreadable<'a, T: Deserialize<'a>>(json: &'a str) -> Invalid {
    if let Err(error) = object::check(json.as_bytes()) {
        return Invalid::new(Reason::InvalidField, error.to_string());
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
            Invalid::new(Reason::InvalidField, detail)
        }
        Ok(_) => Invalid::new(Reason::InvalidField, "the item cannot be read"),
    }
}

/// A number that cannot be negative.
pub(super) fn amount(field: &str, value: Option<f64>) -> Result<Option<f64>, Invalid> {
    match value {
        Some(value) if !value.is_finite() || value < 0.0 => Err(Invalid::new(
            Reason::InvalidField,
            format!("{field} must be a number that is not negative"),
        )),
        value => Ok(value),
    }
}

/// Properties as JSON text; none when there are none.
pub(super) fn write<T: Serialize>(properties: &T) -> Result<Option<String>, Invalid> {
    let text = serde_json::to_string(properties)
        .map_err(|error| Invalid::new(Reason::InvalidField, error.to_string()))?;
    Ok((text != "{}").then_some(text))
}
