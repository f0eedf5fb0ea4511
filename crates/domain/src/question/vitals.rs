//! How fast do pages feel?

use crate::vitals::Metric;

/// One metric over all page loads of the scope.
#[derive(Debug, Clone, PartialEq)]
pub struct VitalSummary {
    /// The metric.
    pub metric: Metric,
    /// Its 75th percentile; none without samples.
    pub p75: Option<f64>,
    /// Page loads that reported it.
    pub samples: u64,
    /// Of these, rated good; 0 where the metric has no limits.
    pub good: u64,
    /// Of these, rated poor; 0 where the metric has no limits.
    pub poor: u64,
}

/// The 75th percentiles of one page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageVitals {
    /// The page's path.
    pub path: String,
    /// Page loads that reported anything.
    pub samples: u64,
    /// In the order of [`Metric::ALL`]; none without samples.
    pub p75: [Option<f64>; Metric::ALL.len()],
}

/// Web vitals of a scope.
#[derive(Debug, Clone, PartialEq)]
pub struct WebVitals {
    /// In the order of [`Metric::ALL`].
    pub metrics: Vec<VitalSummary>,
    /// The pages with the most samples.
    pub pages: Vec<PageVitals>,
}
