//! The kinds of friction, how heavily each weighs, and the score of a page or element.

use serde::{Deserialize, Serialize};

/// A way in which a visitor gets stuck. Definitions are in `DOMAIN.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Three or more clicks within a second on one place.
    RageClick,
    /// A click that nothing answered.
    DeadClick,
    /// A click whose answer took more than 3 s.
    SlowClick,
    /// A click that an error followed.
    ErrorClick,
    /// An uncaught error.
    JavascriptError,
    /// A rejection nobody handled.
    UnhandledRejection,
    /// A field the page found invalid.
    FormValidationError,
    /// The pointer shaken to and fro.
    Thrashing,
}

impl Kind {
    /// Every kind, heaviest first.
    pub const ALL: [Self; 8] = [
        Self::RageClick,
        Self::ErrorClick,
        Self::DeadClick,
        Self::JavascriptError,
        Self::UnhandledRejection,
        Self::SlowClick,
        Self::FormValidationError,
        Self::Thrashing,
    ];

    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::RageClick => "rage_click",
            Self::DeadClick => "dead_click",
            Self::SlowClick => "slow_click",
            Self::ErrorClick => "error_click",
            Self::JavascriptError => "javascript_error",
            Self::UnhandledRejection => "unhandled_rejection",
            Self::FormValidationError => "form_validation_error",
            Self::Thrashing => "thrashing",
        }
    }

    /// The kind of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// How much one occurrence adds to a friction score.
    pub const fn weight(self) -> u32 {
        match self {
            Self::RageClick | Self::ErrorClick => 3,
            Self::DeadClick | Self::JavascriptError | Self::UnhandledRejection => 2,
            Self::SlowClick | Self::FormValidationError | Self::Thrashing => 1,
        }
    }

    /// Whether its occurrences are grouped by error, not by element.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::JavascriptError | Self::UnhandledRejection)
    }

    /// The severity of an event whose sender named none.
    pub const fn default_severity(self) -> Severity {
        match self.weight() {
            3.. => Severity::High,
            2 => Severity::Medium,
            _ => Severity::Low,
        }
    }
}

/// How bad an occurrence is for its visitor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// An annoyance.
    Low,
    /// An obstacle.
    Medium,
    /// A blocker.
    High,
}

impl Severity {
    /// The word used in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }

    /// The severity of that name; `critical` is read as `high`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "low" => Some(Self::Low),
            "medium" => Some(Self::Medium),
            "high" | "critical" => Some(Self::High),
            _ => None,
        }
    }
}

/// Whether an occurrence is a rage click that the page answered: its sender reports such a burst with severity
/// `low`. It is stored like any other, but counts nowhere unless it is asked for.
pub fn is_answered(name: &str, severity: Option<&str>) -> bool {
    name == Kind::RageClick.as_str() && severity == Some(Severity::Low.as_str())
}

/// Weighted occurrences per 100 sessions; 0 when there were no sessions.
pub fn score(weighted_count: u64, sessions: u64) -> f64 {
    if sessions == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of events stay far below 2^52")]
    let score = weighted_count as f64 * 100.0 / sessions as f64;
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::parse("RAGE_CLICK"), None);
    }

    #[test]
    fn only_a_rage_click_of_low_severity_is_answered() {
        assert!(is_answered("rage_click", Some("low")));
        assert!(!is_answered("rage_click", Some("high")));
        assert!(!is_answered("rage_click", None), "an older sender's");
        assert!(!is_answered("slow_click", Some("low")));
    }

    #[test]
    fn a_score_is_weighted_occurrences_per_hundred_sessions() {
        let weighted = u64::from(2 * Kind::RageClick.weight() + Kind::DeadClick.weight());
        assert!((score(weighted, 400) - 2.0).abs() < f64::EPSILON);
        assert!(score(5, 0).abs() < f64::EPSILON);
    }
}
