//! Web vitals and load times: their limits and the rating of a 75th percentile.

use serde::{Deserialize, Serialize};

/// A web vital or load time we ask questions about.
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
    /// TTI, ms.
    TimeToInteractive,
    /// Until the `load` event ended, ms.
    LoadTime,
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
    pub const ALL: [Self; 7] = [
        Self::LargestContentfulPaint,
        Self::InteractionToNextPaint,
        Self::CumulativeLayoutShift,
        Self::FirstContentfulPaint,
        Self::TimeToFirstByte,
        Self::TimeToInteractive,
        Self::LoadTime,
    ];

    /// The name of its column and JSON field.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LargestContentfulPaint => "largest_contentful_paint",
            Self::InteractionToNextPaint => "interaction_to_next_paint",
            Self::CumulativeLayoutShift => "cumulative_layout_shift",
            Self::FirstContentfulPaint => "first_contentful_paint",
            Self::TimeToFirstByte => "time_to_first_byte",
            Self::TimeToInteractive => "time_to_interactive",
            Self::LoadTime => "load_time",
        }
    }

    /// The largest good value and the largest value that is not poor; none where none are published, as for
    /// the load time. Sources: the `web-vitals` library's thresholds; of TTI <https://web.dev/articles/tti>.
    pub const fn limits(self) -> Option<(f64, f64)> {
        match self {
            Self::LargestContentfulPaint => Some((2_500.0, 4_000.0)),
            Self::InteractionToNextPaint => Some((200.0, 500.0)),
            Self::CumulativeLayoutShift => Some((0.1, 0.25)),
            Self::FirstContentfulPaint => Some((1_800.0, 3_000.0)),
            Self::TimeToFirstByte => Some((800.0, 1_800.0)),
            Self::TimeToInteractive => Some((3_800.0, 7_300.0)),
            Self::LoadTime => None,
        }
    }

    /// The rating of `value`; none where there are no limits.
    pub fn rate(self, value: f64) -> Option<Rating> {
        let (good, poor) = self.limits()?;
        Some(if value <= good {
            Rating::Good
        } else if value <= poor {
            Rating::NeedsImprovement
        } else {
            Rating::Poor
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_themselves_belong_to_the_better_rating() {
        assert_eq!(Metric::LargestContentfulPaint.rate(2_500.0), Some(Rating::Good));
        assert_eq!(Metric::LargestContentfulPaint.rate(4_000.0), Some(Rating::NeedsImprovement));
        assert_eq!(Metric::CumulativeLayoutShift.rate(0.26), Some(Rating::Poor));
        assert_eq!(Metric::LoadTime.rate(1.0), None);
    }
}
