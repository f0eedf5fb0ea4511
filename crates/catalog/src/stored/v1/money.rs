//! An amount of money within a document.

use domain::money;
use serde::{Deserialize, Serialize};

use crate::stored::document::Unreadable;

/// An amount.
#[derive(Serialize, Deserialize)]
pub(super) struct Money {
    /// Minor units.
    minor: i64,
    /// ISO 4217 code.
    currency: String,
}

impl From<&money::Money> for Money {
    fn from(money: &money::Money) -> Self {
        Self { minor: money.minor, currency: money.currency.as_str().to_owned() }
    }
}

impl TryFrom<Money> for money::Money {
    type Error = Unreadable;

    fn try_from(stored: Money) -> Result<Self, Unreadable> {
        Ok(Self { minor: stored.minor, currency: currency(&stored.currency)? })
    }
}

/// The currency of this code.
pub(super) fn currency(code: &str) -> Result<money::Currency, Unreadable> {
    money::Currency::parse(code).map_err(|_| Unreadable::Member("currency"))
}
