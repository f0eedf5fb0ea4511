//! Usage as answers show it.

use domain::billing::Usage;
use domain::money::{Currency, Money};
use serde::Serialize;
use utoipa::ToSchema;

/// Figures of calls. Differences may be negative.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Figures {
    /// Calls begun.
    pub(super) calls: i64,
    /// How many of these have an inferred end.
    pub(super) inferred_calls: i64,
    /// How many of these ended with an error.
    pub(super) errors: i64,
    /// Seconds after the tariff's rounding.
    pub(super) billable_seconds: i64,
    /// In minor units of the currency; null without a tariff.
    pub(super) amount_minor: Option<i64>,
    /// In major units, such as `1500.00`; null without a tariff.
    pub(super) amount: Option<String>,
}

impl Figures {
    /// The figures, with their amount in this currency.
    pub(super) fn new(usage: Usage, currency: Option<&Currency>) -> Self {
        let amount = currency
            .map(|currency| Money { minor: usage.amount_minor, currency: currency.clone() });
        Self {
            calls: usage.calls,
            inferred_calls: usage.inferred_calls,
            errors: usage.errors,
            billable_seconds: usage.billable_seconds,
            amount_minor: amount.as_ref().map(|money| money.minor),
            amount: amount.map(|money| money.to_decimal()),
        }
    }
}
