//! An amount of money in answers.

use domain::money::Money;
use serde::Serialize;
use utoipa::ToSchema;

/// An amount of money.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct Amount {
    /// In major units as decimal text, such as `1500.00`.
    #[serde(rename = "amount")]
    decimal: String,
    /// In whole minor units.
    minor: i64,
    /// ISO 4217.
    currency: String,
    /// For people: `TZS 150,000`.
    text: String,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self {
            decimal: money.to_decimal(),
            minor: money.minor,
            text: money.to_string(),
            currency: money.currency.into(),
        }
    }
}
