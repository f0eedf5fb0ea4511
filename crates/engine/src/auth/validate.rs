//! Validates names, e-mail addresses and passwords of members.

use secrecy::{ExposeSecret as _, SecretString};

use crate::Error;

pub(super) use crate::validate::{email, name};

/// Characters a password has at least.
pub const MIN_PASSWORD_CHARACTERS: usize = 12;
/// Bytes a password has at most: hashing stays bounded.
pub(super) const MAX_PASSWORD_BYTES: usize = 1_024;

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
