//! Usage: what is counted of calls. Adds up, and may be negative where it is a difference.

use std::ops::{AddAssign, Sub, SubAssign};

use super::call::{Call, EndKind};
use super::tariff::{Charge, Measure, Tariff};

/// Figures of one or many calls.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Calls begun.
    pub calls: i64,
    /// Of these, those whose end was inferred.
    pub inferred_calls: i64,
    /// Of these, those that ended with an error.
    pub errors: i64,
    /// Seconds after the tariff's rounding.
    pub billable_seconds: i64,
    /// In minor units of the tariff's currency.
    pub amount_minor: i64,
}

impl Usage {
    /// The usage of one call. Without a tariff it has whole seconds and no amount.
    pub fn of(call: &Call, tariff: Option<&Tariff>) -> Self {
        let kind = call.end.map(|end| end.kind);
        let measure = measure(tariff);
        let units = measure.units(call.billed_micros(measure.basis));
        Self {
            calls: 1,
            inferred_calls: i64::from(kind == Some(EndKind::Inferred)),
            errors: i64::from(kind == Some(EndKind::Error)),
            ..Self::charged(units, tariff)
        }
    }

    /// What so many units of [`measure`] come to, of no call yet.
    pub fn charged(units: i64, tariff: Option<&Tariff>) -> Self {
        let by_the_second = Charge { billable_seconds: units, amount_minor: 0 };
        let charge = tariff.map_or(by_the_second, |tariff| tariff.charge(units));
        Self {
            billable_seconds: charge.billable_seconds,
            amount_minor: charge.amount_minor,
            ..Self::default()
        }
    }
}

/// How calls are counted under a tariff, or without one.
pub fn measure(tariff: Option<&Tariff>) -> Measure {
    tariff.map_or(Measure::SECONDS, Tariff::measure)
}

impl AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        self.calls += other.calls;
        self.inferred_calls += other.inferred_calls;
        self.errors += other.errors;
        self.billable_seconds = self.billable_seconds.saturating_add(other.billable_seconds);
        self.amount_minor = self.amount_minor.saturating_add(other.amount_minor);
    }
}

impl SubAssign for Usage {
    fn sub_assign(&mut self, other: Self) {
        self.calls -= other.calls;
        self.inferred_calls -= other.inferred_calls;
        self.errors -= other.errors;
        self.billable_seconds = self.billable_seconds.saturating_sub(other.billable_seconds);
        self.amount_minor = self.amount_minor.saturating_sub(other.amount_minor);
    }
}

impl Sub for Usage {
    type Output = Self;

    fn sub(mut self, other: Self) -> Self {
        self -= other;
        self
    }
}
