//! Tariffs: the price of calls.

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

/// How lengths are counted in units: a tariff's rule as numbers, for whoever counts many calls at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Microseconds at the beginning of every call that are not counted.
    pub free_micros: i64,
    /// Microseconds of a unit.
    pub unit_micros: i64,
    /// Added before dividing by the unit, in microseconds: with it a unit counts that has begun.
    pub round_up_micros: i64,
}

impl Measure {
    /// Whole seconds: how calls are counted that nobody pays for.
    pub const SECONDS: Self =
        Self { free_micros: 0, unit_micros: MICROS_PER_SECOND, round_up_micros: 0 };

    /// The units of a call of this length; a negative length counts as none.
    pub const fn units(self, duration_micros: i64) -> i64 {
        if duration_micros <= self.free_micros {
            return 0;
        }
        (duration_micros - self.free_micros).saturating_add(self.round_up_micros) / self.unit_micros
    }
}

impl Tariff {
    /// How it counts.
    pub fn measure(&self) -> Measure {
        let free_micros = i64::from(self.free_seconds) * MICROS_PER_SECOND;
        match self.rounding {
            Rounding::PerSecond => Measure { free_micros, ..Measure::SECONDS },
            Rounding::PerStartedMinute => {
                let unit_micros = SECONDS_PER_MINUTE * MICROS_PER_SECOND;
                Measure { free_micros, unit_micros, round_up_micros: unit_micros - 1 }
            }
        }
    }

    /// What so many units are charged.
    pub fn charge(&self, units: i64) -> Charge {
        Charge {
            billable_seconds: units.saturating_mul(self.measure().unit_micros / MICROS_PER_SECOND),
            amount_minor: units.saturating_mul(self.price_minor),
        }
    }
}
