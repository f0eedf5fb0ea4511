//! Tariffs: the price of calls.

use crate::money::Currency;

const MICROS_PER_SECOND: i64 = 1_000_000;
const SECONDS_PER_MINUTE: i64 = 60;

/// A project's price of calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tariff {
    /// Of the price.
    pub currency: Currency,
    /// Minor units for each unit of `rounding`.
    pub price_minor: i64,
    /// Which time is charged.
    pub basis: Basis,
    /// By what it is counted.
    pub rounding: Rounding,
    /// Seconds at the beginning of every call, or session, that cost nothing.
    pub free_seconds: u32,
}

/// The time that is charged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Each call, from its start to its end.
    #[default]
    TalkTime,
    /// Each session of a widget, from its first start to its last end, with the time between calls.
    SessionSpan,
}

impl Basis {
    /// Every basis.
    pub const ALL: [Self; 2] = [Self::TalkTime, Self::SessionSpan];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TalkTime => "talk_time",
            Self::SessionSpan => "session_span",
        }
    }

    /// The basis of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.as_str() == text)
    }
}

/// The unit calls are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// Of which time.
    pub basis: Basis,
    /// Microseconds at the beginning of every call that are not counted.
    pub free_micros: i64,
    /// Microseconds of a unit.
    pub unit_micros: i64,
    /// Added before dividing by the unit, in microseconds: with it a unit counts that has begun.
    pub round_up_micros: i64,
}

impl Measure {
    /// Whole seconds: how calls are counted that nobody pays for.
    pub const SECONDS: Self = Self {
        basis: Basis::TalkTime,
        free_micros: 0,
        unit_micros: MICROS_PER_SECOND,
        round_up_micros: 0,
    };

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
            Rounding::PerSecond => Measure { basis: self.basis, free_micros, ..Measure::SECONDS },
            Rounding::PerStartedMinute => {
                let unit_micros = SECONDS_PER_MINUTE * MICROS_PER_SECOND;
                let round_up_micros = unit_micros - 1;
                Measure { basis: self.basis, free_micros, unit_micros, round_up_micros }
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
