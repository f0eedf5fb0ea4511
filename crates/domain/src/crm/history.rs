//! Which rules were in force when: a change of rules applies to what occurs after it.

use super::rules::RuleSet;
use crate::time::Timestamp;

/// Rules from a moment on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleVersion {
    /// Counts up by one; 0 stands for the default rules.
    pub version: u64,
    /// Since when.
    pub from: Timestamp,
    /// The rules.
    pub rules: RuleSet,
}

/// All rules a project has had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleHistory(Vec<RuleVersion>);

impl Default for RuleHistory {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl RuleHistory {
    /// The default rules, and then each version from its moment on.
    pub fn new(mut versions: Vec<RuleVersion>) -> Self {
        versions.sort_by_key(|version| version.version);
        let from = Timestamp::from_micros(i64::MIN);
        versions.insert(0, RuleVersion { version: 0, from, rules: RuleSet::default() });
        Self(versions)
    }

    /// The latest version.
    pub fn current(&self) -> &RuleVersion {
        // Never empty: version 0 is always there.
        &self.0[self.0.len() - 1]
    }

    /// All versions, in their order.
    pub fn versions(&self) -> &[RuleVersion] {
        &self.0
    }

    /// The rules in force at `time`.
    pub fn at(&self, time: Timestamp) -> &RuleSet {
        let version = self.0.iter().rev().find(|version| version.from <= time);
        &version.unwrap_or(&self.0[0]).rules
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_occurred_before_a_change_keeps_its_rules() {
        let changed = RuleSet { abandon_after_minutes: 5, rules: Vec::new() };
        let from = Timestamp::from_seconds(100);
        let history =
            RuleHistory::new(vec![RuleVersion { version: 1, from, rules: changed.clone() }]);
        assert_eq!(history.current().version, 1);
        assert_eq!(history.at(from), &changed);
        assert_eq!(history.at(from.plus_micros(-1)), &RuleSet::default());
        assert_eq!(RuleHistory::default().current().version, 0);
    }
}
