//! What calls cost.

use serde::{Deserialize, Serialize};

use crate::money::Currency;

const MICROS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_MINUTE: i64 = 60;

/// A project's price of calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tariff {
    /// Of the price.
    pub currency: Currency,
    /// Minor units for each unit of `rounding`.
    pub price_minor: i64,
    /// By what calls are counted.
    pub rounding: Rounding,
    /// Seconds at the beginning of every call that cost nothing.
    pub free_seconds: u32,
}

/// The unit calls are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Whole seconds; what is left of one is not counted.
    PerSecond,
    /// Started minutes: one second more is a minute more.
    PerStartedMinute,
}

/// What one call is charged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Charge {
    /// Seconds after rounding.
    pub billable_seconds: i64,
    /// In minor units of the tariff's currency.
    pub amount_minor: i64,
}

impl Rounding {
    /// Every rounding.
    pub const ALL: [Self; 2] = [Self::PerSecond, Self::PerStartedMinute];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PerSecond => "per_second",
            Self::PerStartedMinute => "per_started_minute",
        }
    }

    /// The rounding of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rounding| rounding.as_str() == text)
    }
}

impl Tariff {
    /// What a call of this length is charged; a negative length counts as none.
    pub fn charge(&self, duration_micros: i64) -> Charge {
        let free_micros = i64::from(self.free_seconds) * MICROS_PER_SECOND;
        let micros = duration_micros.saturating_sub(free_micros).max(0);
        let (units, seconds_per_unit) = match self.rounding {
            Rounding::PerSecond => (micros / MICROS_PER_SECOND, 1),
            Rounding::PerStartedMinute => {
                let minute = SECONDS_PER_MINUTE * MICROS_PER_SECOND;
                (micros / minute + i64::from(micros % minute > 0), SECONDS_PER_MINUTE)
            }
        };
        Charge {
            billable_seconds: units.saturating_mul(seconds_per_unit),
            amount_minor: units.saturating_mul(self.price_minor),
        }
    }
}
