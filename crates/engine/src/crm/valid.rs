//! What members may write into a contact.

use domain::limits::MAX_ID_BYTES;

use crate::Error;

/// Longest e-mail address.
const MAX_EMAIL_BYTES: usize = 320;

/// A short text without line breaks; empty clears.
pub(super) fn text(field: &'static str, text: &str, max_chars: usize) -> Result<String, Error> {
    let text = text.trim();
    if text.chars().count() > max_chars || text.contains(char::is_control) {
        let detail = format!("{field} must have at most {max_chars} characters and no line breaks");
        return Err(Error::invalid(field, detail));
    }
    Ok(text.to_owned())
}

/// A text of at least one character.
pub(super) fn required(
    field: &'static str,
    given: &str,
    max_chars: usize,
) -> Result<String, Error> {
    let given = text(field, given, max_chars)?;
    if given.is_empty() {
        return Err(Error::invalid(field, format!("{field} must not be empty")));
    }
    Ok(given)
}

/// An address, folded; empty clears.
pub(super) fn email(given: &str) -> Result<String, Error> {
    let email = given.trim().to_lowercase();
    let is_address = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !email.contains(char::is_whitespace)
    });
    if email.is_empty() || (is_address && email.len() <= MAX_EMAIL_BYTES) {
        return Ok(email);
    }
    Err(Error::invalid("email", "email must be an e-mail address, or empty"))
}

/// What is searched for; none when there is nothing to.
pub(super) fn search(given: Option<String>) -> Option<String> {
    let text = domain::limits::cut(given?, MAX_ID_BYTES);
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}
