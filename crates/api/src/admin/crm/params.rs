//! Parameters shared by requests about contacts and tasks.

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
pub(crate) enum FieldUpdate<T> {
    /// Left out: it stays.
    #[default]
    Stays,
    /// Null.
    Cleared,
    /// A value.
    Set(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for FieldUpdate<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.map_or(Self::Cleared, Self::Set))
    }
}

/// A filter; an empty one counts as none.
pub(super) fn non_empty(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
