//! The lake: every accepted event, for as long as its project keeps events, and the questions about them.
//!
//! # Contract
//!
//! - **Writing.** [`LakeWriter::write`] stores events and the position after the last journal record
//!   they came from in one atomic commit: after a crash either both are there or neither, so
//!   following the journal from [`LakeWriter::position`] loses nothing and repeats nothing. Only one
//!   writer is active at a time; a second one's commit fails with [`Error::Conflict`].
//! - **Visibility.** When `write` returns, every question asked afterwards sees the events.
//! - **Questions** read one project's events only, whose `occurred_at` lies in the scope's period and
//!   which match every filter, and pass over events with a bot verdict unless asked for them. They
//!   see one consistent snapshot, also while writes and maintenance go on.
//! - **Maintenance** changes no answer.
//! - **Subjects.** [`LakeSubjects::erase`] rewrites files without a person's events in commits of their
//!   own: when it returns, no question begun afterwards sees them, and every other event is as before.
//!   The files it replaced, and others no snapshot needs, may lie on disk until
//!   [`LakeSubjects::delete_leftovers`] has said that they are gone.
//! - **Retention.** [`LakeRetention::remove_before`] leaves out old events in commits of its own, which every
//!   question begun afterwards sees; every other event is as before. Maintenance deletes the files it replaced.

mod errors;
mod forms;
mod summaries;

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::erasure::Identifiers;
use domain::id::ProjectId;
use domain::question::acquisition::{AcquisitionAnswer, AcquisitionBy};
use domain::question::engagement::Engagement;
use domain::question::friction_cost::FrictionCostList;
use domain::question::funnel::{Funnel, FunnelAnswer};
use domain::question::goals::{GoalAnswer, GoalQuestion};
use domain::question::heatmap::{Heatmap, HeatmapLayer, RecordedView, WidthRange};
use domain::question::journey::{Journey, JourneyAnswer};
use domain::question::search_patterns::SearchPatterns;
use domain::question::visitor_retention::{RetentionAnswer, VisitorRetention};
use domain::question::{
    BotShare, Delivery, EventPage, EventRange, EventRow, FilterDimension, FilterValue,
    FrictionItemPage, FrictionKind, FrictionPage, ItemSort, Overview, PageList, PageRange, Period,
    PersonEventRange, Scope, SessionEvent, SessionEventRange, SessionFilters, SessionPage,
    SessionSort, WebVitals, WidgetActivity,
};
use domain::time::Timestamp;
use futures::stream::BoxStream;

pub use errors::ErrorQuestions;
pub use forms::FormQuestions;

pub use self::summaries::{LakeErasure, LakeStats, MaintenanceSummary};
use super::catalog::RowsAndBytes;
use super::journal::Position;
use super::sql::StatementResult;
use crate::record::EventBatch;

/// Why the lake could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Storage is full or unreachable; trying again later can succeed.
    #[error("the lake cannot be reached: {0}")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Another writer committed in between.
    #[error("another writer has committed to the lake")]
    Conflict,
    /// The question took longer, or needed more memory, than it may.
    #[error("the query exceeds its {limit} limit")]
    Limit {
        /// `time` or `memory`.
        limit: &'static str,
    },
    /// A fault of ours.
    #[error("the lake failed")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The writing side. See the module for its contract.
#[async_trait]
pub trait LakeWriter: Send + Sync {
    /// The position after the last journal record whose effect is stored; 0 for an empty lake.
    async fn position(&self) -> Result<Position, Error>;

    /// Stores `events` and `position` in one commit. `events` may be empty: then only the position
    /// moves.
    async fn write(&self, events: EventBatch, position: Position) -> Result<(), Error>;

    /// Merges small files, deletes files that no snapshot younger than its grace period needs, and
    /// keeps the log short. Does a bounded amount of work, so it is called again and again.
    async fn maintain(&self, now: Timestamp) -> Result<MaintenanceSummary, Error>;

    /// The table's size.
    async fn stats(&self) -> Result<LakeStats, Error>;
}

/// The questions. See the module for their contract.
#[async_trait]
pub trait LakeQuestions: ErrorQuestions + FormQuestions + Send + Sync {
    /// Counts and their series, against the period before.
    async fn overview(&self, scope: &Scope) -> Result<Overview, Error>;

    /// How many events are of bots; they count, whatever the scope says of them.
    async fn bots(&self, scope: &Scope) -> Result<BotShare, Error>;

    /// Whether the numbered events of visits begun in the period arrived; a visit with an event after
    /// `idle_since` is open. Of visits that may have begun before `removed_before` the first events may have been
    /// removed: what is missing there is not counted.
    async fn delivery(
        &self,
        project: ProjectId,
        period: Period,
        idle_since: Timestamp,
        removed_before: Option<Timestamp>,
    ) -> Result<Delivery, Error>;

    /// Loads, opens and calls of widgets that had any, by the widget's id.
    async fn widget_activity(
        &self,
        project: ProjectId,
        period: Period,
    ) -> Result<Vec<WidgetActivity>, Error>;

    /// Occurrences by kind, heaviest kind first; kinds that never occurred are left out.
    async fn friction_kinds(&self, scope: &Scope) -> Result<Vec<FrictionKind>, Error>;

    /// The elements and errors visitors got stuck on.
    async fn friction_items(
        &self,
        scope: &Scope,
        sort: ItemSort,
        slice: PageRange,
    ) -> Result<FrictionItemPage, Error>;

    /// The cost of friction, of the `most_items` items with most sessions; see [`domain::question::friction_cost`].
    async fn friction_costs(
        &self,
        scope: &Scope,
        most_items: u32,
    ) -> Result<FrictionCostList, Error>;

    /// Friction by page, highest score first.
    async fn friction_pages(
        &self,
        scope: &Scope,
        slice: PageRange,
    ) -> Result<Vec<FrictionPage>, Error>;

    /// How many units get from one step to the next; see [`domain::question::funnel`].
    async fn funnel(&self, scope: &Scope, funnel: &Funnel) -> Result<FunnelAnswer, Error>;

    /// A map of the page that the scope's filters name.
    async fn heatmap(
        &self,
        scope: &Scope,
        layer: HeatmapLayer,
        widths: WidthRange,
    ) -> Result<Heatmap, Error>;

    /// Views by these sessions of the page that the scope's filters name, the latest first, at most `limit`.
    async fn recorded_views(
        &self,
        scope: &Scope,
        sessions: &[String],
        widths: WidthRange,
        limit: u32,
    ) -> Result<Vec<RecordedView>, Error>;

    /// Pages by views.
    async fn pages(&self, scope: &Scope, slice: PageRange) -> Result<PageList, Error>;

    /// Web vitals, overall and for the pages with the most samples.
    async fn web_vitals(&self, scope: &Scope, slice: PageRange) -> Result<WebVitals, Error>;

    /// The latest events. With `friction_only`, friction events only.
    async fn events(
        &self,
        scope: &Scope,
        friction_only: bool,
        range: EventRange,
    ) -> Result<EventPage, Error>;

    /// Sessions with an event of the scope, and what else the filters ask of them.
    async fn sessions(
        &self,
        scope: &Scope,
        which: &SessionFilters,
        sort: SessionSort,
        slice: PageRange,
    ) -> Result<SessionPage, Error>;

    /// How engaged the same sessions are and what they bring, with series, compared with the period before; see
    /// [`domain::question::engagement`].
    async fn engagement(&self, scope: &Scope) -> Result<Engagement, Error>;

    /// How often goals are reached in the same sessions, compared with the period before; see
    /// [`domain::question::goals`].
    async fn goals(&self, scope: &Scope, wanted: &GoalQuestion) -> Result<GoalAnswer, Error>;

    /// The same sessions by where they came from, compared with the period before; see
    /// [`domain::question::acquisition`].
    async fn acquisition(
        &self,
        scope: &Scope,
        by: AcquisitionBy,
        slice: PageRange,
    ) -> Result<AcquisitionAnswer, Error>;

    /// The pages of the same sessions one after the other; see [`domain::question::journey`].
    async fn journeys(&self, scope: &Scope, journey: &Journey) -> Result<JourneyAnswer, Error>;

    /// Values of a dimension that contain `search`, without regard to letters' case, with the sessions of the scope's period
    /// that have them: those with most sessions, at most `limit`. Behaviours come with no session, too.
    async fn filter_values(
        &self,
        scope: &Scope,
        dimension: FilterDimension,
        search: &str,
        limit: u32,
    ) -> Result<Vec<FilterValue>, Error>;

    /// How many visitors return in units of which some have begun by now. Reads all stored events before the end of the
    /// last unit, whatever the scope's period is; see [`domain::question::visitor_retention`]. Groups of so many visitors that
    /// there is no memory for their first sessions are refused as [`Error::Limit`].
    async fn visitor_retention(
        &self,
        scope: &Scope,
        retention: &VisitorRetention,
        now: Timestamp,
    ) -> Result<RetentionAnswer, Error>;

    /// The events of a session, earliest first, bots' too.
    async fn session_events(
        &self,
        project: ProjectId,
        session_id: &str,
        range: SessionEventRange,
    ) -> Result<Vec<SessionEvent>, Error>;

    /// Searches by term, and the filters that people use together: the `limit` most frequent of each.
    async fn search_patterns(&self, scope: &Scope, limit: usize) -> Result<SearchPatterns, Error>;

    /// The behavior of a customer and the friction they met, latest first.
    async fn person_events(&self, range: &PersonEventRange) -> Result<Vec<EventRow>, Error>;

    /// How many events there are in the scope. With `friction_only`, friction events only.
    async fn event_count(&self, scope: &Scope, friction_only: bool) -> Result<u64, Error>;
}

/// One person's events. See the module for its contract.
#[async_trait]
pub trait LakeSubjects: Send + Sync {
    /// Browsers and sessions of events that name one of the person's users or browsers.
    async fn devices(&self, project: ProjectId, person: &Identifiers)
    -> Result<Identifiers, Error>;

    /// Of the person's browsers and sessions, those that events of other users name, too.
    async fn shared_devices(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<Identifiers, Error>;

    /// Every event of the person, in no order, a part of the rows at a time; columns are the table's.
    async fn events_of(
        &self,
        project: ProjectId,
        person: &Identifiers,
    ) -> Result<BoxStream<'static, Result<StatementResult, Error>>, Error>;

    /// Removes every event of the person.
    async fn erase(&self, project: ProjectId, person: &Identifiers) -> Result<LakeErasure, Error>;

    /// Deletes those of these files that nobody reads any more; whether none is left. A file that a
    /// snapshot needs has been claimed since, and counts as none.
    async fn delete_leftovers(&self, leftovers: &[String]) -> Result<bool, Error>;
}

/// Events by their age. See the module for its contract.
#[async_trait]
pub trait LakeRetention: Send + Sync {
    /// How many of a project's events occurred before `before`, and about how many bytes they take.
    async fn size_before(
        &self,
        project: ProjectId,
        before: Timestamp,
    ) -> Result<RowsAndBytes, Error>;

    /// Removes each project's events that occurred before its instant. Does a bounded amount of work, so it is
    /// called again and again; `true` when nothing is left to remove.
    async fn remove_before(&self, before: &BTreeMap<ProjectId, Timestamp>) -> Result<bool, Error>;
}
