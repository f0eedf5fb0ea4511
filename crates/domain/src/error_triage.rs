//! Members' decisions about groups of errors, and the status that follows from them.
//!
//! A group is open until somebody decides otherwise. A resolved group is *regressed* when a visitor meets it again:
//! when its last occurrence is later than the resolution or, where it is resolved in the next release, than that
//! release. The instant of the occurrence counts and not that of its arrival, so that what browsers send late does not
//! regress a group. Bots regress nothing, and an ignored group stays ignored.

use crate::id::MemberId;
use crate::time::Timestamp;

/// Where a group of errors stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorStatus {
    /// Nobody has decided anything yet, or that it is to be fixed after all.
    Open,
    /// Resolved, and met again since.
    Regressed,
    /// Fixed.
    Resolved,
    /// Nobody intends to fix it.
    Ignored,
}

impl ErrorStatus {
    /// Every status.
    pub const ALL: [Self; 4] = [Self::Open, Self::Regressed, Self::Resolved, Self::Ignored];

    /// The requested and answered name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Regressed => "regressed",
            Self::Resolved => "resolved",
            Self::Ignored => "ignored",
        }
    }
}

/// A member's decision about a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ErrorDecision {
    /// It is to be fixed.
    #[default]
    Open,
    /// It is fixed.
    Resolved(Resolution),
    /// It is not going to be fixed.
    Ignored,
}

/// Since when a group counts as fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolution {
    /// When.
    pub at: Timestamp,
    /// Whether the fix is in the first release after that.
    pub in_next_release: bool,
    /// When that release was; none as long as there is none.
    pub released_at: Option<Timestamp>,
}

impl Resolution {
    /// The instant after which an occurrence means that it is not fixed; none while the fix is not released.
    pub fn effective_at(&self) -> Option<Timestamp> {
        if self.in_next_release { self.released_at } else { Some(self.at) }
    }
}

/// The last occurrences, after one instant and until another, that give a group a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastMetRange {
    /// Later than this.
    pub after: Timestamp,
    /// Not later than this.
    pub until: Timestamp,
}

impl LastMetRange {
    /// Whenever a visitor met it last.
    pub const ALWAYS: Self =
        Self { after: Timestamp::from_micros(i64::MIN), until: Timestamp::from_micros(i64::MAX) };
    /// At no instant.
    pub const NEVER: Self =
        Self { after: Timestamp::from_micros(i64::MAX), until: Timestamp::from_micros(i64::MIN) };

    /// Whether it holds the instant of a group that a visitor met last then; a group that only bots have met lies
    /// before all instants.
    pub fn holds(&self, last_met: Option<Timestamp>) -> bool {
        let at = last_met.unwrap_or(Timestamp::from_micros(i64::MIN + 1));
        self.after < at && at <= self.until
    }
}

impl ErrorDecision {
    /// The stored name.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resolved(_) => "resolved",
            Self::Ignored => "ignored",
        }
    }

    /// The status of a group that a visitor met last at this instant.
    pub fn status(&self, last_met: Option<Timestamp>) -> ErrorStatus {
        let is = |status: &ErrorStatus| self.last_met_for(&[*status]).holds(last_met);
        ErrorStatus::ALL.into_iter().find(is).unwrap_or(ErrorStatus::Open)
    }

    /// When a visitor must have met a group last for it to have one of these statuses.
    pub fn last_met_for(&self, statuses: &[ErrorStatus]) -> LastMetRange {
        let has = |status| statuses.contains(&status);
        let always = |status| if has(status) { LastMetRange::ALWAYS } else { LastMetRange::NEVER };
        let resolution = match self {
            Self::Open => return always(ErrorStatus::Open),
            Self::Ignored => return always(ErrorStatus::Ignored),
            Self::Resolved(resolution) => resolution,
        };
        let Some(at) = resolution.effective_at() else { return always(ErrorStatus::Resolved) };
        match (has(ErrorStatus::Resolved), has(ErrorStatus::Regressed)) {
            (true, true) => LastMetRange::ALWAYS,
            (true, false) => LastMetRange { until: at, ..LastMetRange::ALWAYS },
            (false, true) => LastMetRange { after: at, ..LastMetRange::ALWAYS },
            (false, false) => LastMetRange::NEVER,
        }
    }
}

/// The decision about a group, its assignee and its last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ErrorTriage {
    /// The decision.
    pub decision: ErrorDecision,
    /// The assignee: a member of the project.
    pub assigned_to: Option<MemberId>,
    /// The member who changed it last; none for a program.
    pub changed_by: Option<MemberId>,
    /// When; none as long as nobody has.
    pub changed_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(seconds)
    }

    fn resolved(in_next_release: bool, released_at: Option<Timestamp>) -> ErrorDecision {
        ErrorDecision::Resolved(Resolution { at: at(100), in_next_release, released_at })
    }

    #[test]
    fn a_resolved_group_regresses_by_what_occurs_after_the_resolution() {
        let decision = resolved(false, None);
        assert_eq!(decision.status(Some(at(99))), ErrorStatus::Resolved);
        assert_eq!(decision.status(Some(at(100))), ErrorStatus::Resolved);
        assert_eq!(decision.status(Some(at(100).plus_micros(1))), ErrorStatus::Regressed);
        assert_eq!(decision.status(None), ErrorStatus::Resolved);
    }

    #[test]
    fn what_is_fixed_in_the_next_release_regresses_by_what_occurs_after_that_release() {
        assert_eq!(resolved(true, None).status(Some(at(9_999))), ErrorStatus::Resolved);
        let released = resolved(true, Some(at(200)));
        assert_eq!(released.status(Some(at(200))), ErrorStatus::Resolved);
        assert_eq!(released.status(Some(at(201))), ErrorStatus::Regressed);
        // A release is no matter where the resolution is immediate.
        assert_eq!(resolved(false, Some(at(200))).status(Some(at(150))), ErrorStatus::Regressed);
    }

    #[test]
    fn others_keep_their_status_whatever_occurs() {
        for last_met in [None, Some(at(0)), Some(at(9_999))] {
            assert_eq!(ErrorDecision::Open.status(last_met), ErrorStatus::Open);
            assert_eq!(ErrorDecision::Ignored.status(last_met), ErrorStatus::Ignored);
        }
    }

    #[test]
    fn a_group_is_chosen_by_exactly_the_statuses_that_it_has() {
        let decisions = [
            ErrorDecision::Open,
            ErrorDecision::Ignored,
            resolved(false, None),
            resolved(true, None),
            resolved(true, Some(at(200))),
        ];
        for decision in decisions {
            for last_met in [None, Some(at(50)), Some(at(100)), Some(at(150)), Some(at(250))] {
                let status = decision.status(last_met);
                for chosen in 0..16_u8 {
                    let all = ErrorStatus::ALL.into_iter().enumerate();
                    let statuses: Vec<_> = all
                        .filter(|(bit, _)| chosen & (1 << bit) != 0)
                        .map(|(_, status)| status)
                        .collect();
                    let holds = decision.last_met_for(&statuses).holds(last_met);
                    assert_eq!(holds, statuses.contains(&status), "{decision:?} {last_met:?}");
                }
            }
        }
    }
}
