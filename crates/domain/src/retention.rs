//! How long a project keeps each kind of data, and when a day's run removes older data.
//!
//! A run removes whole UTC days: one that is due on a day keeps that many full days before it. So nothing is
//! removed that is younger than the days a project keeps, and what has just become older stays a day more.

use crate::id::ProjectId;
use crate::project_settings::Retention;
use crate::time::Timestamp;

const DAY_SECONDS: i64 = 86_400;
const HOUR_SECONDS: i64 = 3_600;
const HOURS: u128 = 24;

/// A kind of data that is removed when it is older than its project keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RetentionKind {
    /// Events of the lake, by when they occurred.
    Events,
    /// Signals of lead scores, by when they occurred: as long as events.
    Signals,
    /// Sessions of customers, by their last activity.
    Sessions,
    /// Recordings and screenshots, by their end.
    Recordings,
    /// Activities of contacts, by when they occurred.
    Activities,
}

impl RetentionKind {
    /// Every kind.
    pub const ALL: [Self; 5] =
        [Self::Events, Self::Signals, Self::Sessions, Self::Recordings, Self::Activities];

    /// The word in tables and JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Signals => "signals",
            Self::Sessions => "sessions",
            Self::Recordings => "recordings",
            Self::Activities => "activities",
        }
    }

    /// The kind of that name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The setting that holds its days.
    pub const fn setting(self) -> &'static str {
        match self {
            Self::Events | Self::Signals => "event_days",
            Self::Sessions => "session_days",
            Self::Recordings => "recording_days",
            Self::Activities => "activity_days",
        }
    }
}

/// The default days of each kind, and the most that a project may set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetentionLimits {
    /// The most days of any kind; events and activities are kept so long by default.
    pub max_days: u32,
    /// Days of sessions by default.
    pub session_days: u32,
    /// Days of recordings and screenshots by default.
    pub recording_days: u32,
}

/// Days that a project may not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field} must be between 1 and {max_days}")]
pub struct InvalidRetention {
    /// The setting.
    pub field: &'static str,
    /// The most days.
    pub max_days: u32,
}

impl RetentionLimits {
    /// Days of this kind where a project has set none.
    pub fn default_days(&self, kind: RetentionKind) -> u32 {
        let days = match kind {
            RetentionKind::Events | RetentionKind::Signals | RetentionKind::Activities => {
                self.max_days
            }
            RetentionKind::Sessions => self.session_days,
            RetentionKind::Recordings => self.recording_days,
        };
        days.min(self.max_days)
    }
}

impl Retention {
    /// The days set for this kind.
    pub fn set_days(&self, kind: RetentionKind) -> Option<u32> {
        match kind {
            RetentionKind::Events | RetentionKind::Signals => self.event_days,
            RetentionKind::Sessions => self.session_days,
            RetentionKind::Recordings => self.recording_days,
            RetentionKind::Activities => self.activity_days,
        }
    }

    /// For how many days this kind is kept. A setting beyond the limit, which may have been lowered since,
    /// counts as the limit.
    pub fn days(&self, kind: RetentionKind, limits: &RetentionLimits) -> u32 {
        let set = self.set_days(kind).map(|days| days.clamp(1, limits.max_days.max(1)));
        set.unwrap_or_else(|| limits.default_days(kind))
    }

    /// Whether these days may be set.
    pub fn check(&self, limits: &RetentionLimits) -> Result<(), InvalidRetention> {
        let is_outside = |kind: &RetentionKind| {
            self.set_days(*kind).is_some_and(|days| days < 1 || days > limits.max_days)
        };
        match RetentionKind::ALL.into_iter().find(is_outside) {
            Some(kind) => {
                Err(InvalidRetention { field: kind.setting(), max_days: limits.max_days })
            }
            None => Ok(()),
        }
    }
}

/// The instant before which a run of this UTC day removes rows that are kept for `days` days.
pub fn removed_before(run_day: i32, days: u32) -> Timestamp {
    Timestamp::from_seconds((i64::from(run_day) - i64::from(days)) * DAY_SECONDS)
}

/// When a project's run of this UTC day is due. Projects are spread over the hours of the day; projects
/// of one hour share the work on files that hold data of several.
pub fn run_at(project: ProjectId, day: i32) -> Timestamp {
    let hour = i64::try_from(project.0.as_u128() % HOURS).unwrap_or_default();
    Timestamp::from_seconds(i64::from(day) * DAY_SECONDS + hour * HOUR_SECONDS)
}

/// The day of a project's latest run that is due at `now`.
pub fn latest_run_day(project: ProjectId, now: Timestamp) -> i32 {
    let today = now.day();
    if run_at(project, today) <= now { today } else { today - 1 }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const LIMITS: RetentionLimits =
        RetentionLimits { max_days: 750, session_days: 90, recording_days: 30 };
    /// 2026-11-23.
    const DAY: i32 = 20_780;

    fn time(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a time")
    }

    #[test]
    fn unset_kinds_use_the_days_of_the_server() {
        let none = Retention::default();
        let days = RetentionKind::ALL.map(|kind| none.days(kind, &LIMITS));
        assert_eq!(days, [750, 750, 90, 30, 750]);
        let short = RetentionLimits { max_days: 20, ..LIMITS };
        assert_eq!(RetentionKind::ALL.map(|kind| none.days(kind, &short)), [20; 5]);
        let set = Retention { event_days: Some(400), session_days: Some(7), ..none };
        let days = RetentionKind::ALL.map(|kind| set.days(kind, &LIMITS));
        assert_eq!(days, [400, 400, 7, 30, 750]);
        assert_eq!(set.days(RetentionKind::Events, &short), 20, "the limit was lowered since");
    }

    #[test]
    fn days_outside_the_limits_are_named() {
        let all = |days| Retention {
            event_days: Some(days),
            session_days: Some(days),
            recording_days: Some(days),
            activity_days: Some(days),
        };
        for days in [1, 31, 750] {
            assert_eq!(all(days).check(&LIMITS), Ok(()));
        }
        assert_eq!(Retention::default().check(&LIMITS), Ok(()));
        for days in [0, 751] {
            let refused = Retention { recording_days: Some(days), ..Retention::default() };
            let error = refused.check(&LIMITS).expect_err("outside");
            assert_eq!(error.to_string(), "recording_days must be between 1 and 750");
            assert_eq!(all(days).check(&LIMITS).map_err(|error| error.field), Err("event_days"));
        }
    }

    #[test]
    fn whole_days_are_removed() {
        assert_eq!(removed_before(DAY, 1), time("2026-11-22T00:00:00Z"));
        assert_eq!(removed_before(DAY, 30), time("2026-10-24T00:00:00Z"));
        assert_eq!(removed_before(DAY, 750), time("2024-11-03T00:00:00Z"));
    }

    #[test]
    fn a_project_has_one_run_a_day_at_its_hour() {
        let project = ProjectId(Uuid::from_u128(24 * 5 + 7));
        assert_eq!(run_at(project, DAY), time("2026-11-23T07:00:00Z"));
        for (now, day) in [
            ("2026-11-23T06:59:59.999Z", DAY - 1),
            ("2026-11-23T07:00:00Z", DAY),
            ("2026-11-24T06:59:59Z", DAY),
        ] {
            assert_eq!(latest_run_day(project, time(now)), day, "{now}");
        }
    }

    #[test]
    fn each_kind_is_read_back_by_its_name() {
        for kind in RetentionKind::ALL {
            assert_eq!(RetentionKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(RetentionKind::parse("calls"), None);
    }
}
