//! Reading a JSON object as a struct.
//!
//! The library reads an array as a struct, too, by position: `[[]]` was a body of no events, and stored
//! successfully. No page writes that; who does made a mistake it should hear of.

use serde::Deserialize;
use serde::de::Error as _;

/// Reads an object. What is none, such as an array, is an error.
pub(crate) fn from_slice<'de, T: Deserialize<'de>>(json: &'de [u8]) -> serde_json::Result<T> {
    // Checked as a whole, texts need no check one by one. What is no UTF-8 gets the library's own error.
    match str::from_utf8(json) {
        Ok(json) => from_str(json),
        Err(_) => check(json).and_then(|()| serde_json::from_slice(json)),
    }
}

/// [`from_slice`] of a text.
pub(crate) fn from_str<'de, T: Deserialize<'de>>(json: &'de str) -> serde_json::Result<T> {
    check(json.as_bytes())?;
    serde_json::from_str(json)
}

/// An error when `json` is an array.
pub(crate) fn check(json: &[u8]) -> serde_json::Result<()> {
    if json.trim_ascii_start().starts_with(b"[") {
        return Err(serde_json::Error::custom("an array, expected an object"));
    }
    Ok(())
}
