//! How many bytes of refused events a project may keep a day. Beyond it they are only counted, so
//! that a broken or hostile page cannot fill the disk.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::id::ProjectId;
use domain::time::Timestamp;

/// Items a project may keep a day: small ones take more for their rows than their bytes.
const MAX_ITEMS_PER_DAY: u32 = 20_000;

/// The budget of every project.
#[derive(Debug)]
pub struct FailedEventBudget {
    bytes_per_day: usize,
    used: Mutex<HashMap<ProjectId, DailyUse>>,
}

#[derive(Debug, Default)]
struct DailyUse {
    day: i32,
    bytes: usize,
    items: u32,
}

impl FailedEventBudget {
    /// Every project may keep `bytes_per_day`. Begins anew when the process starts.
    pub fn new(bytes_per_day: usize) -> Self {
        Self { bytes_per_day, used: Mutex::default() }
    }

    /// Whether an item of `bytes` may be kept; if so, it is counted.
    pub fn try_reserve(&self, project: ProjectId, bytes: usize, now: Timestamp) -> bool {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let used = used.entry(project).or_default();
        if used.day != now.day() {
            *used = DailyUse { day: now.day(), ..DailyUse::default() };
        }
        let fits = used.bytes.saturating_add(bytes) <= self.bytes_per_day
            && used.items < MAX_ITEMS_PER_DAY;
        if fits {
            used.bytes += bytes;
            used.items += 1;
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_project_keeps_up_to_its_budget_each_day() {
        let budget = FailedEventBudget::new(100);
        let (one, two) = (ProjectId(Uuid::from_u128(1)), ProjectId(Uuid::from_u128(2)));
        let today = Timestamp::from_seconds(1_795_262_400);
        assert!(budget.try_reserve(one, 60, today));
        assert!(!budget.try_reserve(one, 41, today), "beyond the budget");
        assert!(budget.try_reserve(one, 40, today), "what still fits");
        assert!(budget.try_reserve(two, 100, today), "another project has its own");
        assert!(budget.try_reserve(one, 100, today.plus_seconds(86_400)), "tomorrow");
    }

    #[test]
    fn small_items_are_kept_up_to_their_number() {
        let budget = FailedEventBudget::new(usize::MAX);
        let project = ProjectId(Uuid::from_u128(1));
        let today = Timestamp::from_seconds(1_795_262_400);
        for _ in 0..MAX_ITEMS_PER_DAY {
            assert!(budget.try_reserve(project, 2, today));
        }
        assert!(!budget.try_reserve(project, 2, today));
        assert!(budget.try_reserve(project, 2, today.plus_seconds(86_400)), "tomorrow");
    }
}
