//! Whether a webhook still answers: one that has failed for days is switched off.

use crate::time::Timestamp;

/// Days of nothing but failures after which a webhook is switched off.
pub const FAILING_DAYS: i64 = 5;
/// Failures further apart than this are not one trouble: nothing was tried in between. Longer than the
/// longest wait between two attempts.
const APART_SECONDS: i64 = 36 * 3_600;

/// What an attempt showed about its webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptResult {
    /// Answered with 2xx.
    Delivered,
    /// Answered with something else, or not at all.
    Failed,
    /// Answered with 410: nobody wants messages there any more.
    Gone,
}

/// How a webhook has answered of late.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Health {
    /// When the first of the failures since the last success was.
    pub failing_since: Option<Timestamp>,
    /// When the latest of them was.
    pub last_failed_at: Option<Timestamp>,
}

impl Health {
    /// After an attempt at `now`, and why the webhook is to be switched off, if it is.
    #[must_use]
    pub fn after(self, outcome: AttemptResult, now: Timestamp) -> (Self, Option<&'static str>) {
        if outcome == AttemptResult::Delivered {
            return (Self::default(), None);
        }
        let goes_on = self
            .last_failed_at
            .is_some_and(|last| now.micros_since(last) <= APART_SECONDS * 1_000_000);
        let since = self.failing_since.filter(|_| goes_on).unwrap_or(now);
        let failing = Self { failing_since: Some(since), last_failed_at: Some(now) };
        let has_failed_for_days = now >= since.plus_seconds(FAILING_DAYS * 86_400);
        let reason = match outcome {
            AttemptResult::Gone => Some("the receiver returned 410 Gone"),
            _ if has_failed_for_days => Some("every attempt has failed for 5 days"),
            _ => None,
        };
        (failing, reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(hour: i64) -> Timestamp {
        Timestamp::from_seconds(1_795_262_400 + hour * 3_600)
    }

    fn off_after(outcomes: &[(i64, AttemptResult)]) -> Option<usize> {
        let mut health = Health::default();
        outcomes.iter().position(|(at, outcome)| {
            let (next, reason) = health.after(*outcome, hour(*at));
            health = next;
            reason.is_some()
        })
    }

    #[test]
    fn five_days_of_failures_switch_off() {
        let failures: Vec<_> = (0..=12).map(|index| (index * 10, AttemptResult::Failed)).collect();
        assert_eq!(off_after(&failures), Some(12));
    }

    #[test]
    fn a_success_or_a_pause_resets_failures() {
        let mut failures: Vec<_> =
            (0..=20).map(|index| (index * 10, AttemptResult::Failed)).collect();
        failures[6].1 = AttemptResult::Delivered;
        assert_eq!(off_after(&failures), Some(19));
        let apart: Vec<_> = (0..=20).map(|index| (index * 40, AttemptResult::Failed)).collect();
        assert_eq!(off_after(&apart), None);
    }

    #[test]
    fn http_410_disables_at_once() {
        assert_eq!(off_after(&[(0, AttemptResult::Gone)]), Some(0));
    }
}
