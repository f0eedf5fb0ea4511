//! What members may call themselves and how long a password is.

use secrecy::{ExposeSecret as _, SecretString};

use crate::Error;

/// Characters a password has at least.
pub const MIN_PASSWORD_CHARACTERS: usize = 12;
/// Bytes a password has at most: hashing stays bounded.
pub(super) const MAX_PASSWORD_BYTES: usize = 1_024;

/// An e-mail address, case-folded.
pub(super) fn email(text: &str) -> Result<String, Error> {
    let text = text.trim();
    let has_shape = text.split_once('@').is_some_and(|(local, host)| {
        !local.is_empty() && host.contains('.') && !host.contains('@')
    });
    if has_shape && text.len() <= 254 && !text.contains(char::is_whitespace) {
        Ok(text.to_lowercase())
    } else {
        Err(Error::invalid("email", "email must be an address such as ana@example.com"))
    }
}

/// A name of 1 to 100 characters.
pub(super) fn name(field: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 100 || text.contains(char::is_control) {
        return Err(Error::invalid(field, format!("{field} must have 1 to 100 characters")));
    }
    Ok(text.to_owned())
}

/// A password that is long enough, and short enough to hash.
pub(super) fn password(password: SecretString) -> Result<SecretString, Error> {
    let text = password.expose_secret();
    if text.chars().count() < MIN_PASSWORD_CHARACTERS || text.len() > MAX_PASSWORD_BYTES {
        return Err(Error::invalid(
            "password",
            format!("password must have at least {MIN_PASSWORD_CHARACTERS} characters"),
        ));
    }
    Ok(password)
}
