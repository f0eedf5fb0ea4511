//! Conversions and money that went missing where visitors got stuck.
//!
//! # Method
//!
//! A session is *exposed* to an element (or to a group of errors) when it has friction of it. It is compared with
//! *controls*: sessions without that friction which viewed the same page, on the same type of device, in the period or
//! in the period before it (the same weekdays and hours, so that a release that breaks a button for everybody still has
//! something to be compared with). A session has *converted* when it holds an order or a booking after its first view of
//! the page.
//!
//! The estimate is what exposed sessions would have converted at their controls' rate, less what they did: the effect on
//! the exposed, standardised over the strata page × device (direct standardisation; Rothman, Greenland, Lash: *Modern
//! Epidemiology*, 3rd ed., chapter 15). Its interval is the normal approximation at 95 %, with the variance of each
//! proportion taken after adding one success and one failure (Agresti and Caffo, "Simple and effective confidence
//! intervals for proportions and differences of proportions", *The American Statistician* 54, 2000), which holds for
//! groups of ten. Money is the conversions times the mean value of the controls' conversions in the same strata; its
//! variance is that of a product of independent means (first order).
//!
//! It is matched, not causal: visitors who press a button three times may differ in more than the button. Who gets
//! stuck while paying is usually keener to pay than who just looks, so that the cost is rather too small than too large.

use crate::money::Currency;

/// Sessions that each side needs for an estimate.
pub const MIN_SESSIONS: u64 = 10;
/// Of the standard normal distribution, for 95 %.
const Z: f64 = 1.959_964;

/// How some sessions fared.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct SessionOutcomes {
    /// Sessions.
    pub sessions: u64,
    /// Those that converted.
    pub converted: u64,
    /// Those whose conversion has a value in the answer's currency.
    pub valued: u64,
    /// The sum of these values.
    pub value: f64,
    /// The sum of their squares.
    pub squares: f64,
}

/// Sessions of one page and type of device.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CostStratum {
    /// With the friction, in the period.
    pub exposed: SessionOutcomes,
    /// Without it, in the period or the one before.
    pub controls: SessionOutcomes,
}

/// A number and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The best guess.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How much friction cost.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct FrictionCost {
    /// Exposed sessions.
    pub sessions: u64,
    /// Exposed sessions that have controls: the estimates are about these.
    pub matched_sessions: u64,
    /// Their controls.
    pub control_sessions: u64,
    /// The share of matched sessions that converted; none without any.
    pub conversion_rate: Option<f64>,
    /// The share that would have at the controls' rates.
    pub control_rate: Option<f64>,
    /// Conversions that went missing; none with less than [`MIN_SESSIONS`] on either side.
    pub conversions: Option<Estimate>,
    /// Their value; none where no conversion of a control has one.
    pub value: Option<Estimate>,
}

/// An element or a group of errors, and its cost.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CostedItem {
    /// The element; none of errors.
    pub element_selector: Option<String>,
    /// Its text, as of the last occurrence that has one.
    pub element_text: Option<String>,
    /// The group of errors; none of elements.
    pub error_group: Option<String>,
    /// The message of the last.
    pub error_message: Option<String>,
    /// Occurrences in the period.
    pub occurrences: u64,
    /// Its cost.
    pub cost: FrictionCost,
}

/// The items with most sessions, and their costs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FrictionCostList {
    /// Those that cost most first: significant losses by their value, then the others by their sessions.
    pub items: Vec<CostedItem>,
    /// Of all values: that of most conversions; none without any.
    pub currency: Option<Currency>,
}

impl FrictionCostList {
    /// Brings the items into their order.
    pub fn new(mut items: Vec<CostedItem>, currency: Option<Currency>) -> Self {
        let rank = |item: &CostedItem| {
            let loss =
                item.cost.conversions.filter(Estimate::is_loss).map_or(0.0, |lost| lost.value);
            let value = item.cost.value.filter(|_| loss > 0.0).map_or(0.0, |value| value.value);
            (value, loss, item.cost.sessions)
        };
        items.sort_by(|one, other| {
            let (one, other) = (rank(one), rank(other));
            other.0.total_cmp(&one.0).then(other.1.total_cmp(&one.1)).then(other.2.cmp(&one.2))
        });
        Self { items, currency }
    }
}

impl Estimate {
    fn new(value: f64, variance: f64) -> Self {
        let half = Z * variance.max(0.0).sqrt();
        Self { value, low: value - half, high: value + half }
    }

    /// Whether the interval lies above nothing.
    pub const fn is_loss(&self) -> bool {
        self.low > 0.0
    }
}

impl SessionOutcomes {
    /// These and others.
    #[must_use]
    pub fn with(self, others: Self) -> Self {
        Self {
            sessions: self.sessions + others.sessions,
            converted: self.converted + others.converted,
            valued: self.valued + others.valued,
            value: self.value + others.value,
            squares: self.squares + others.squares,
        }
    }

    /// These without others that are among them.
    #[must_use]
    pub fn without(self, others: Self) -> Self {
        Self {
            sessions: self.sessions.saturating_sub(others.sessions),
            converted: self.converted.saturating_sub(others.converted),
            valued: self.valued.saturating_sub(others.valued),
            value: (self.value - others.value).max(0.0),
            squares: (self.squares - others.squares).max(0.0),
        }
    }

    fn rate(&self) -> f64 {
        real(self.converted) / real(self.sessions)
    }

    /// The variance of the rate.
    fn rate_variance(&self) -> f64 {
        let adjusted = (real(self.converted) + 1.0) / (real(self.sessions) + 2.0);
        adjusted * (1.0 - adjusted) / real(self.sessions)
    }

    fn mean_value(&self) -> f64 {
        self.value / real(self.valued)
    }

    /// The variance of the mean value. One value alone is taken to vary by as much as it is.
    fn mean_value_variance(&self) -> f64 {
        let (count, mean) = (real(self.valued), self.mean_value());
        if self.valued < 2 {
            return mean * mean;
        }
        let spread = (self.squares - count * mean * mean).max(0.0) / (count - 1.0);
        spread / count
    }
}

/// The cost of the friction of these strata.
pub fn friction_cost(strata: &[CostStratum]) -> FrictionCost {
    let matched: Vec<&CostStratum> = strata
        .iter()
        .filter(|stratum| stratum.exposed.sessions > 0 && stratum.controls.sessions > 0)
        .collect();
    let exposed =
        |of: fn(&SessionOutcomes) -> u64| matched.iter().map(|s| of(&s.exposed)).sum::<u64>();
    let matched_sessions = exposed(|outcomes| outcomes.sessions);
    let control_sessions = matched.iter().map(|stratum| stratum.controls.sessions).sum();
    let mut cost = FrictionCost {
        sessions: strata.iter().map(|stratum| stratum.exposed.sessions).sum(),
        matched_sessions,
        control_sessions,
        ..FrictionCost::default()
    };
    if matched_sessions == 0 {
        return cost;
    }
    let sessions = real(matched_sessions);
    let expected: f64 = matched.iter().map(|s| real(s.exposed.sessions) * s.controls.rate()).sum();
    let converted = real(exposed(|outcomes| outcomes.converted));
    cost.conversion_rate = Some(converted / sessions);
    cost.control_rate = Some(expected / sessions);
    if matched_sessions < MIN_SESSIONS || control_sessions < MIN_SESSIONS {
        return cost;
    }
    let variance: f64 = matched
        .iter()
        .map(|stratum| {
            let weight = real(stratum.exposed.sessions);
            weight * weight * (stratum.controls.rate_variance() + stratum.exposed.rate_variance())
        })
        .sum();
    let lost = Estimate::new(expected - converted, variance);
    cost.conversions = Some(lost);
    cost.value = mean_value(&matched).map(|(mean, mean_variance)| {
        let variance = mean * mean * variance + lost.value * lost.value * mean_variance;
        Estimate::new(lost.value * mean, variance)
    });
    cost
}

/// The mean value of the conversions that exposed sessions would have had, and its variance.
fn mean_value(matched: &[&CostStratum]) -> Option<(f64, f64)> {
    let weighted: Vec<(f64, &SessionOutcomes)> = matched
        .iter()
        .filter(|stratum| stratum.controls.valued > 0)
        .map(|stratum| {
            (real(stratum.exposed.sessions) * stratum.controls.rate(), &stratum.controls)
        })
        .collect();
    let total: f64 = weighted.iter().map(|(weight, _)| weight).sum();
    if total <= 0.0 {
        return None;
    }
    let mean =
        weighted.iter().map(|(weight, controls)| weight * controls.mean_value()).sum::<f64>();
    let variance = weighted
        .iter()
        .map(|(weight, controls)| (weight / total).powi(2) * controls.mean_value_variance())
        .sum();
    Some((mean / total, variance))
}

#[expect(clippy::cast_precision_loss, reason = "counts of sessions lie far below 2^52")]
fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcomes(sessions: u64, converted: u64, value: f64, squares: f64) -> SessionOutcomes {
        SessionOutcomes { sessions, converted, valued: converted, value, squares }
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < expected.abs().max(1.0) * 1e-4, "{found} {expected}");
    }

    #[test]
    fn one_stratum_by_hand() {
        // Controls: 60 of 200 converted, 30 for 40,000 and 30 for 60,000. Exposed: 10 of 100.
        let squares = 30.0 * 40_000_f64.powi(2) + 30.0 * 60_000_f64.powi(2);
        let stratum = CostStratum {
            exposed: outcomes(100, 10, 500_000.0, 2.5e10),
            controls: outcomes(200, 60, 3_000_000.0, squares),
        };
        let cost = friction_cost(&[stratum]);
        assert_eq!((cost.sessions, cost.matched_sessions, cost.control_sessions), (100, 100, 200));
        near(cost.conversion_rate.expect("a rate"), 0.1);
        near(cost.control_rate.expect("a rate"), 0.3);
        // 100 × (0.3 − 0.1) = 20. Variances: 61/202 × 141/202 / 200 = 0.001_053_94 and 11/102 × 91/102 / 100 =
        // 0.000_962_13; times 100²: 20.160_7, its root 4.490_07, times 1.959_964: 8.800_4.
        let lost = cost.conversions.expect("enough sessions");
        near(lost.value, 20.0);
        near(lost.low, 20.0 - 8.800_4);
        near(lost.high, 20.0 + 8.800_4);
        assert!(lost.is_loss());
        // Mean 50,000; its variance 10,000² × 60/59 / 60 = 1,694,915. Of the product: 50,000² × 20.160_7 +
        // 400 × 1,694,915 = 51,079,716,000; its root 226,008, times 1.959_964: 442,968.
        let value = cost.value.expect("values");
        near(value.value, 1_000_000.0);
        near(value.low, 1_000_000.0 - 442_968.0);
        near(value.high, 1_000_000.0 + 442_968.0);
    }

    #[test]
    fn rates_are_compared_within_strata() {
        // Everywhere the same rate on both sides, but the friction is where few convert.
        let phones = CostStratum {
            exposed: outcomes(90, 9, 0.0, 0.0),
            controls: outcomes(100, 10, 0.0, 0.0),
        };
        let desktops = CostStratum {
            exposed: outcomes(10, 5, 0.0, 0.0),
            controls: outcomes(900, 450, 0.0, 0.0),
        };
        let cost = friction_cost(&[phones, desktops]);
        near(cost.conversions.expect("enough").value, 0.0);
        near(cost.control_rate.expect("a rate"), 0.14);
        assert!(!cost.conversions.expect("enough").is_loss());
    }

    #[test]
    fn sessions_without_controls_are_not_guessed_at() {
        let alone = CostStratum { exposed: outcomes(50, 0, 0.0, 0.0), ..CostStratum::default() };
        let cost = friction_cost(&[alone]);
        assert_eq!((cost.sessions, cost.matched_sessions, cost.conversions), (50, 0, None));
        assert_eq!(cost.conversion_rate, None);
        let few = CostStratum {
            exposed: outcomes(9, 0, 0.0, 0.0),
            controls: outcomes(100, 50, 50.0, 50.0),
        };
        let cost = friction_cost(&[alone, few]);
        assert_eq!((cost.matched_sessions, cost.conversions, cost.value), (9, None, None));
        near(cost.control_rate.expect("a rate"), 0.5);
        let enough = CostStratum { exposed: outcomes(1, 0, 0.0, 0.0), ..few };
        let cost = friction_cost(&[few, enough]);
        near(cost.conversions.expect("enough").value, 5.0);
        // All values are alike: the interval is that of the conversions.
        let (lost, value) = (cost.conversions.expect("enough"), cost.value.expect("values"));
        near(value.low, lost.low);
    }

    #[test]
    fn conversions_without_a_value_have_no_price() {
        let controls = SessionOutcomes { valued: 0, ..outcomes(100, 50, 0.0, 0.0) };
        let stratum = CostStratum { exposed: outcomes(20, 0, 0.0, 0.0), controls };
        let cost = friction_cost(&[stratum]);
        near(cost.conversions.expect("enough").value, 10.0);
        assert_eq!(cost.value, None);
    }

    #[test]
    fn one_value_alone_is_not_certain() {
        let controls = SessionOutcomes { valued: 1, ..outcomes(10, 1, 100.0, 10_000.0) };
        let stratum = CostStratum { exposed: outcomes(10, 0, 0.0, 0.0), controls };
        let value = friction_cost(&[stratum]).value.expect("a value");
        near(value.value, 100.0);
        // 100² × (10² × (2/12 × 10/12 / 10 + 1/12 × 11/12 / 10)) + 1² × 100² = 31,527.8.
        near(value.high, 100.0 + 1.959_964 * 31_527.777_8_f64.sqrt());
    }
}
