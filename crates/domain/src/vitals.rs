//! Web vitals: their limits and the rating of a 75th percentile.

use serde::{Deserialize, Serialize};

/// A web vital we ask questions about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// LCP, ms.
    LargestContentfulPaint,
    /// INP, ms.
    InteractionToNextPaint,
    /// CLS, without unit.
    CumulativeLayoutShift,
    /// FCP, ms.
    FirstContentfulPaint,
    /// TTFB, ms.
    TimeToFirstByte,
}

/// What a value means for visitors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// At most the metric's good limit.
    Good,
    /// Between the limits.
    NeedsImprovement,
    /// Above the metric's poor limit.
    Poor,
}

impl Metric {
    /// Every metric, in the order dashboards show them.
    pub const ALL: [Self; 5] = [
        Self::LargestContentfulPaint,
        Self::InteractionToNextPaint,
        Self::CumulativeLayoutShift,
        Self::FirstContentfulPaint,
        Self::TimeToFirstByte,
    ];

    /// The name of its column and JSON field.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LargestContentfulPaint => "largest_contentful_paint",
            Self::InteractionToNextPaint => "interaction_to_next_paint",
            Self::CumulativeLayoutShift => "cumulative_layout_shift",
            Self::FirstContentfulPaint => "first_contentful_paint",
            Self::TimeToFirstByte => "time_to_first_byte",
        }
    }

    /// The largest good value and the largest value that is not poor.
    /// Source: the `web-vitals` library's thresholds.
    pub const fn limits(self) -> (f64, f64) {
        match self {
            Self::LargestContentfulPaint => (2_500.0, 4_000.0),
            Self::InteractionToNextPaint => (200.0, 500.0),
            Self::CumulativeLayoutShift => (0.1, 0.25),
            Self::FirstContentfulPaint => (1_800.0, 3_000.0),
            Self::TimeToFirstByte => (800.0, 1_800.0),
        }
    }

    /// The rating of `value`.
    pub fn rate(self, value: f64) -> Rating {
        let (good, poor) = self.limits();
        if value <= good {
            Rating::Good
        } else if value <= poor {
            Rating::NeedsImprovement
        } else {
            Rating::Poor
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_themselves_belong_to_the_better_rating() {
        assert_eq!(Metric::LargestContentfulPaint.rate(2_500.0), Rating::Good);
        assert_eq!(Metric::LargestContentfulPaint.rate(4_000.0), Rating::NeedsImprovement);
        assert_eq!(Metric::CumulativeLayoutShift.rate(0.26), Rating::Poor);
    }
}
