//! What requests about contacts and tasks have in common.

use domain::crm::ContactId;
use serde::{Deserialize, Deserializer};

use crate::error::Error;

/// Rows of a list that are asked for unless said otherwise.
pub(super) const DEFAULT_LIMIT: u32 = 50;

/// The id of a contact's path.
#[derive(Debug, Deserialize)]
pub(super) struct ContactPath {
    contact_id: String,
}

impl ContactPath {
    pub(super) fn id(&self) -> Result<ContactId, Error> {
        self.contact_id.parse().map_err(|_| engine::Error::NotFound("contact").into())
    }
}

/// A field of a change that may be null.
#[derive(Debug, Default)]
pub(super) enum Change<T> {
    /// Left out: it stays.
    #[default]
    Stays,
    /// Null.
    Cleared,
    /// A value.
    Set(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Cleared, Self::Set))
    }
}

/// A filter; an empty one counts as none.
pub(super) fn given(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Where the page before ended: the number its last row was sorted by, and that row's id.
pub(super) fn cursor<T: std::str::FromStr>(text: Option<&str>) -> Result<Option<(i64, T)>, Error> {
    let Some(text) = text else { return Ok(None) };
    let read = || {
        let (number, id) = text.split_once('.')?;
        Some((number.parse().ok()?, id.parse().ok()?))
    };
    read().map(Some).ok_or_else(|| Error::invalid("cursor", "cursor is not one of ours"))
}
