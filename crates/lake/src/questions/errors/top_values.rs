//! The values with most occurrences.

use std::collections::HashMap;
use std::hash::Hash;

use domain::question::errors::ValueCount;

/// Values and their counts by what they are of.
#[derive(Debug)]
pub(super) struct TopValues<K>(HashMap<K, Vec<ValueCount>>);

impl<K> Default for TopValues<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq> TopValues<K> {
    /// Adds a value, each once.
    pub(super) fn add(&mut self, of: K, value: Option<String>, count: u64) {
        self.0.entry(of).or_default().push(ValueCount { value, count });
    }

    /// The values with most occurrences, of equal ones the first by name.
    pub(super) fn take(&mut self, of: &K, most: usize) -> Vec<ValueCount> {
        let mut values = self.0.remove(of).unwrap_or_default();
        values.sort_unstable_by(|one, other| {
            other.count.cmp(&one.count).then_with(|| one.value.cmp(&other.value))
        });
        values.truncate(most);
        values
    }
}
