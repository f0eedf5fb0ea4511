//! Groups of errors: what visitors meet, and what members decide about it.

use std::collections::HashMap;
use std::sync::Arc;

use domain::clock::Clock;
use domain::error_triage::{ErrorStatus, ErrorTriage, LastMetRange};
use domain::id::{MemberId, ProjectId};
use domain::question::errors::{
    Counted, ErrorGroupAnswer, ErrorGroupRow, ErrorListing, ErrorPerson, ErrorSession, ErrorSort,
};
use domain::question::{PageRange, Scope};
use domain::time::Timestamp;

use crate::ports::catalog::{
    Annotation, AnnotationStore, ErrorTriageChange, ErrorTriageStore, NewErrorDecision,
    ProjectStore,
};
use crate::questions::AnalyticsService;
use crate::{Error, validate};

/// Groups of a project with a decision or an assignee, at most.
pub const MAX_TRIAGED: u32 = 10_000;
/// Releases that a group's occurrences are counted by: the latest.
const MAX_RELEASES: u32 = 500;
const MAX_SEARCH_CHARACTERS: usize = 200;
/// Groups are named by fewer bytes.
const MAX_GROUP_BYTES: usize = 100;

/// Which groups are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorGroupQuery {
    /// Part of the message.
    pub search: Option<String>,
    /// Groups of these statuses; of all without any.
    pub statuses: Vec<ErrorStatus>,
    /// Groups of this member, or of nobody.
    pub assigned_to: Option<Option<MemberId>>,
    /// The order.
    pub sort: ErrorSort,
}

/// A member's change; parts that are none stay.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ErrorGroupChange {
    /// The decision.
    pub decision: Option<ErrorGroupDecision>,
    /// The assignee, or none.
    pub assigned_to: Option<Option<MemberId>>,
}

/// A member's decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorGroupDecision {
    /// It is to be fixed.
    Open,
    /// It is fixed, since now unless an instant is given.
    Resolved {
        /// Since when.
        at: Option<Timestamp>,
        /// Whether the first release after that brings the fix.
        in_next_release: bool,
    },
    /// It is not going to be fixed.
    Ignored,
}

/// The decision about a group, with the status that follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriagedStatus {
    /// The status.
    pub status: ErrorStatus,
    /// The decision.
    pub triage: ErrorTriage,
}

/// One page of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct TriagedErrorPage {
    /// The rows asked for.
    pub groups: Vec<(ErrorGroupRow, TriagedStatus)>,
    /// How many groups there are altogether.
    pub total: u64,
}

/// Everything about one group.
#[derive(Debug, Clone, PartialEq)]
pub struct TriagedErrorGroup {
    /// The occurrences.
    pub answer: ErrorGroupAnswer,
    /// The decision.
    pub status: TriagedStatus,
    /// The last release before it was first met.
    pub first_seen_after: Option<Annotation>,
    /// Releases with occurrences in the period, and how many until the next release.
    pub releases: Vec<(Annotation, u64)>,
}

/// The parts of an [`ErrorGroupService`].
pub struct Dependencies {
    /// The decision.
    pub triage: Arc<dyn ErrorTriageStore>,
    /// Releases.
    pub annotations: Arc<dyn AnnotationStore>,
    /// Memberships.
    pub projects: Arc<dyn ProjectStore>,
    /// Questions to the lake.
    pub analytics: Arc<AnalyticsService>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// The use cases around groups of errors. The caller has authorised the member.
pub struct ErrorGroupService(Dependencies);

impl ErrorGroupService {
    /// Puts the parts together.
    pub fn new(parts: Dependencies) -> Self {
        Self(parts)
    }

    /// The groups of the scope.
    pub async fn list(
        &self,
        scope: &Scope,
        query: &ErrorGroupQuery,
        slice: PageRange,
    ) -> Result<TriagedErrorPage, Error> {
        let search = query.search.as_deref();
        let search = search.map(|text| validate::line("search", text, MAX_SEARCH_CHARACTERS));
        let triaged = self.0.triage.triaged(scope.project_id, MAX_TRIAGED).await?;
        let listing = ErrorListing {
            search: search.transpose()?.filter(|text| !text.is_empty()),
            sort: query.sort,
            known: triaged
                .iter()
                .map(|(group, triage)| (group.clone(), query.last_met_for(triage)))
                .collect(),
            others: query.last_met_for(&ErrorTriage::default()) == LastMetRange::ALWAYS,
        };
        let page = self.0.analytics.permit().await?.error_groups(scope, &listing, slice).await?;
        let triaged: HashMap<String, ErrorTriage> = triaged.into_iter().collect();
        let with_status = |row: ErrorGroupRow| {
            let triage = triaged.get(&row.group).copied().unwrap_or_default();
            let status = TriagedStatus::new(triage, row.seen.last_met);
            (row, status)
        };
        let groups = page.groups.into_iter().map(with_status).collect();
        Ok(TriagedErrorPage { groups, total: page.total })
    }

    /// Everything about one group. [`Error::NotFound`] when nobody has ever met it.
    pub async fn group(&self, scope: &Scope, group: &str) -> Result<TriagedErrorGroup, Error> {
        let (project, group) = (scope.project_id, known_name(group)?);
        let mut releases = self.0.annotations.releases(project, MAX_RELEASES).await?;
        releases.reverse();
        let instants: Vec<Timestamp> = releases.iter().map(|it| it.occurred_at).collect();
        let lake = self.0.analytics.permit().await?;
        let answer = lake.error_group(scope, group, &instants).await?.ok_or(NOT_FOUND)?;
        drop(lake);
        let triage = self.0.triage.triage(project, group).await?;
        let before = |release: &&Annotation| release.occurred_at <= answer.seen.first;
        Ok(TriagedErrorGroup {
            status: TriagedStatus::new(triage, answer.seen.last_met),
            first_seen_after: releases.iter().rev().find(before).cloned(),
            releases: releases
                .into_iter()
                .zip(answer.by_release.iter().copied())
                .filter(|(_, count)| *count > 0)
                .collect(),
            answer,
        })
    }

    /// Sessions of the scope that met a group, the one that met it last first.
    pub async fn sessions(
        &self,
        scope: &Scope,
        group: &str,
        slice: PageRange,
    ) -> Result<Counted<ErrorSession>, Error> {
        let lake = self.0.analytics.permit().await?;
        Ok(lake.error_sessions(scope, known_name(group)?, slice).await?)
    }

    /// Visitors of the scope who met a group, the one who met it last first.
    pub async fn people(
        &self,
        scope: &Scope,
        group: &str,
        slice: PageRange,
    ) -> Result<Counted<ErrorPerson>, Error> {
        let lake = self.0.analytics.permit().await?;
        Ok(lake.error_people(scope, known_name(group)?, slice).await?)
    }

    /// Decides about a group or assigns it, by a member or by a program. [`Error::NotFound`] when nobody has ever met
    /// it.
    ///
    /// # Errors
    ///
    /// When the assignee is no member of the project, the resolution lies in the future, or the project has
    /// [`MAX_TRIAGED`] groups with a decision.
    pub async fn change(
        &self,
        project: ProjectId,
        group: &str,
        change: ErrorGroupChange,
        by: Option<MemberId>,
    ) -> Result<TriagedStatus, Error> {
        let (now, group) = (self.0.clock.now(), known_name(group)?);
        let decision = change.decision.map(|decision| decision.at(now)).transpose()?;
        if let Some(Some(assignee)) = change.assigned_to
            && self.0.projects.role(assignee, project).await?.is_none()
        {
            let detail = "assigned_to must be a member of the project";
            return Err(Error::invalid("assigned_to", detail));
        }
        let lake = self.0.analytics.permit().await?;
        let seen = lake.error_seen(project, group).await?.ok_or(NOT_FOUND)?;
        drop(lake);
        let change = ErrorTriageChange { decision, assigned_to: change.assigned_to, by, at: now };
        let changed = self.0.triage.change_triage(project, group, change, MAX_TRIAGED).await?;
        let triage = changed.ok_or_else(|| {
            let detail = format!(
                "the project has {MAX_TRIAGED} errors with a status or an assignee; reopen some and assign them to nobody"
            );
            Error::invalid("status", detail)
        })?;
        Ok(TriagedStatus::new(triage, seen.last_met))
    }
}

const NOT_FOUND: Error = Error::NotFound("error");

/// The name of a group, when there can be one of this name.
fn known_name(group: &str) -> Result<&str, Error> {
    let is_name = !group.is_empty()
        && group.len() <= MAX_GROUP_BYTES
        && group.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":-_".contains(&byte));
    is_name.then_some(group).ok_or(NOT_FOUND)
}

impl ErrorGroupQuery {
    /// When a visitor must have met a group last for it to be listed.
    fn last_met_for(&self, triage: &ErrorTriage) -> LastMetRange {
        if self.assigned_to.is_some_and(|wanted| wanted != triage.assigned_to) {
            return LastMetRange::NEVER;
        }
        let all = &ErrorStatus::ALL[..];
        let statuses = if self.statuses.is_empty() { all } else { &self.statuses };
        triage.decision.last_met_for(statuses)
    }
}

impl ErrorGroupDecision {
    fn at(self, now: Timestamp) -> Result<NewErrorDecision, Error> {
        Ok(match self {
            Self::Open => NewErrorDecision::Open,
            Self::Ignored => NewErrorDecision::Ignored,
            Self::Resolved { at, in_next_release } => {
                let at = at.unwrap_or(now);
                if at < Timestamp::EPOCH || at > now {
                    let detail = "resolved_at must lie between 1970 and now";
                    return Err(Error::invalid("resolved_at", detail));
                }
                NewErrorDecision::Resolved { at, in_next_release }
            }
        })
    }
}

impl TriagedStatus {
    fn new(triage: ErrorTriage, last_met: Option<Timestamp>) -> Self {
        Self { status: triage.decision.status(last_met), triage }
    }
}

impl std::fmt::Debug for ErrorGroupService {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ErrorGroupService").finish_non_exhaustive()
    }
}
