//! When a project's next run is due.

use domain::retention::{latest_run_day, run_at};
use domain::time::Timestamp;

use crate::ports::catalog::{Project, RetentionRun};

/// A run that is due, now or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Schedule {
    /// The UTC day it is due on.
    pub(super) day: i32,
    /// When it is done: now for one that is due.
    pub(super) at: Timestamp,
}

impl Schedule {
    /// The next run of a kind after its latest run.
    pub(super) fn next(project: &Project, last: Option<&RetentionRun>, now: Timestamp) -> Self {
        match due_day(project, now) {
            Some(day) if last.is_none_or(|run| run.key.day < day || run.finished_at.is_none()) => {
                Self { day, at: now }
            }
            _ => {
                let day = latest_run_day(project.id, now) + 1;
                Self { day, at: run_at(project.id, day) }
            }
        }
    }
}

/// The day of the latest run that is due; none for a project that is younger.
pub(super) fn due_day(project: &Project, now: Timestamp) -> Option<i32> {
    let day = latest_run_day(project.id, now);
    (run_at(project.id, day) >= project.created_at).then_some(day)
}

#[cfg(test)]
mod tests {
    use domain::id::ProjectId;
    use domain::retention::RetentionKind;
    use domain::zone::Zone;
    use uuid::Uuid;

    use super::*;
    use crate::ports::catalog::RetentionRunKey;

    fn time(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a time")
    }

    #[test]
    fn a_run_is_due_until_it_is_finished_and_then_the_next_day() {
        // At 07:00.
        let project_id = ProjectId(Uuid::from_u128(7));
        let created_at = time("2026-11-01T00:00:00Z");
        let project = Project {
            id: project_id,
            name: String::new(),
            retention_days: 30,
            time_zone: Zone::UTC,
            created_at,
            logo_at: None,
        };
        let noon = time("2026-11-23T12:00:00Z");
        let due = Schedule { day: noon.day(), at: noon };
        let tomorrow = Schedule { day: noon.day() + 1, at: time("2026-11-24T07:00:00Z") };
        let run = |day, finished_at| RetentionRun {
            key: RetentionRunKey { project_id, kind: RetentionKind::Events, day },
            removes_before: created_at,
            started_at: created_at,
            finished_at,
            removed: None,
        };
        for (last, expected) in [
            (None, due),
            (Some(run(noon.day() - 1, Some(created_at))), due),
            (Some(run(noon.day(), None)), due),
            (Some(run(noon.day(), Some(noon))), tomorrow),
        ] {
            assert_eq!(Schedule::next(&project, last.as_ref(), noon), expected, "{last:?}");
        }
        let new = Project { created_at: time("2026-11-23T07:00:01Z"), ..project };
        assert_eq!(Schedule::next(&new, None, noon), tomorrow, "made after today's");
    }
}
