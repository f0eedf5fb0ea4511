//! Validates contact fields written by members.

use domain::email;
use domain::limits::MAX_ID_BYTES;

use crate::{Error, validate};

/// A text of at least one character.
pub(super) fn required(
    field: &'static str,
    value: &str,
    max_chars: usize,
) -> Result<String, Error> {
    let written = validate::line(field, value, max_chars)?;
    if written.is_empty() {
        return Err(Error::invalid(field, format!("{field} must not be empty")));
    }
    Ok(written)
}

/// An address as it is stored; empty clears.
pub(super) fn email(text: &str) -> Result<String, Error> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    email::parse(text)
        .ok_or_else(|| Error::invalid("email", "email must be an e-mail address, or empty"))
}

/// What is searched for; none when there is nothing to.
pub(super) fn search(written: Option<String>) -> Option<String> {
    let text = domain::limits::cut(written?, MAX_ID_BYTES);
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
