//! The handle to the lake.

use std::sync::Arc;

use async_trait::async_trait;
use domain::clock::Clock;
use domain::id::{IdSource, ProjectId};
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
use engine::ports::journal::Position;
use engine::ports::lake::{Error, LakeQuestions, LakeStats, LakeWriter, MaintenanceSummary};
use engine::record::EventBatch;
use tokio::sync::Mutex;

use crate::maintenance::{self, Maintenance};
use crate::query::QueryEngine;
use crate::questions::PeriodScope;
use crate::subjects::PendingDeletions;
use crate::table::Table;
use crate::{Options, questions, subjects, writer};

/// The events' table and everything done with it; cheap to share by [`Arc`].
///
/// The file names of two processes that open the same folder must differ, so each needs an
/// [`IdSource`] of its own.
#[derive(Debug)]
pub struct Lake {
    pub(crate) table: Arc<Table>,
    pub(crate) engine: QueryEngine,
    pub(crate) maintenance: Maintenance,
    /// Files an erasure replaced, until nobody reads them.
    pub(crate) leaving: PendingDeletions,
    /// Held during a write: two at a time would end in one's conflict.
    pub(crate) writing: Mutex<()>,
}

impl Lake {
    /// Opens the lake, creating its table when absent.
    ///
    /// Takes as long as reading the last checkpoint and the at most
    /// [`Options::checkpoint_interval`] entries after it.
    pub async fn open(
        options: Options,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdSource>,
    ) -> Result<Self, Error> {
        let table = Arc::new(Table::open(&options, clock, ids).await?);
        let engine = QueryEngine::new(&options, &table)?;
        let maintenance = Maintenance::new(options);
        let leaving = PendingDeletions::from_orphans(subjects::unneeded_files(&table).await?);
        Ok(Self { table, engine, maintenance, leaving, writing: Mutex::new(()) })
    }
}

#[async_trait]
impl LakeWriter for Lake {
    async fn position(&self) -> Result<Position, Error> {
        self.table.refresh_if_behind().await?;
        Ok(self.table.snapshot().position)
    }

    /// Events at a position the table has already reached are refused with [`Error::Conflict`]:
    /// storing them would repeat them.
    async fn write(&self, events: EventBatch, position: Position) -> Result<(), Error> {
        let _writing = self.writing.lock().await;
        writer::write(&self.table, events, position).await
    }

    async fn maintain(&self, now: Timestamp) -> Result<MaintenanceSummary, Error> {
        self.maintenance.run(&self.table, &self.engine, now).await
    }

    async fn stats(&self) -> Result<LakeStats, Error> {
        let snapshot = self.table.snapshot();
        Ok(LakeStats {
            version: snapshot.version,
            files: snapshot.files.len() as u64,
            size_bytes: snapshot.files.iter().map(|file| file.size_bytes).sum(),
            rows: snapshot.files.iter().map(|file| file.stats.rows).sum(),
        })
    }
}

impl Lake {
    /// Writes every rollup anew from the events, with maintenance paused. Returns how many files have one.
    pub async fn rebuild_rollups(&self) -> Result<u64, Error> {
        let _paused = self.maintenance.pause().await;
        maintenance::rebuild_rollups(&self.table, &self.engine).await
    }
}

#[async_trait]
impl LakeQuestions for Lake {
    async fn overview(&self, scope: &Scope) -> Result<Overview, Error> {
        let question = self.for_events("overview", scope, PeriodScope::WithPrevious).await?;
        questions::overview(&question, scope).await
    }

    async fn bots(&self, scope: &Scope) -> Result<BotShare, Error> {
        let scope = &questions::with_bots(scope);
        let question = self.for_events("bots", scope, PeriodScope::Period).await?;
        questions::bots(&question, scope).await
    }

    async fn delivery(
        &self,
        project: ProjectId,
        period: Period,
        idle_since: Timestamp,
        removed_before: Option<Timestamp>,
    ) -> Result<Delivery, Error> {
        let question = self.question("delivery");
        questions::delivery(&question, project, period, idle_since, removed_before).await
    }

    async fn widget_activity(
        &self,
        project: ProjectId,
        period: Period,
    ) -> Result<Vec<WidgetActivity>, Error> {
        questions::widget_activity(&self.question("widget_activity"), project, period).await
    }

    async fn friction_kinds(&self, scope: &Scope) -> Result<Vec<FrictionKind>, Error> {
        let question = self.for_events("friction_kinds", scope, PeriodScope::WithPrevious).await?;
        questions::friction_kinds(&question, scope).await
    }

    async fn friction_items(
        &self,
        scope: &Scope,
        sort: ItemSort,
        slice: PageRange,
    ) -> Result<FrictionItemPage, Error> {
        let question = self.for_events("friction_items", scope, PeriodScope::WithPrevious).await?;
        questions::friction_items(&question, scope, sort, slice).await
    }

    async fn friction_costs(
        &self,
        scope: &Scope,
        most_items: u32,
    ) -> Result<FrictionCostList, Error> {
        let question = self.for_events("friction_costs", scope, PeriodScope::WithPrevious).await?;
        questions::friction_costs(&question, scope, most_items).await
    }

    async fn friction_pages(
        &self,
        scope: &Scope,
        slice: PageRange,
    ) -> Result<Vec<FrictionPage>, Error> {
        let question = self.for_events("friction_pages", scope, PeriodScope::WithPrevious).await?;
        questions::friction_pages(&question, scope, slice).await
    }

    async fn funnel(&self, scope: &Scope, funnel: &Funnel) -> Result<FunnelAnswer, Error> {
        let question = self.for_events("funnel", scope, PeriodScope::Period).await?;
        questions::funnel(&question, scope, funnel).await
    }

    async fn heatmap(
        &self,
        scope: &Scope,
        layer: HeatmapLayer,
        widths: WidthRange,
    ) -> Result<Heatmap, Error> {
        let question = self.for_events("heatmap", scope, PeriodScope::WithPrevious).await?;
        questions::heatmap(&question, scope, layer, widths).await
    }

    async fn recorded_views(
        &self,
        scope: &Scope,
        sessions: &[String],
        widths: WidthRange,
        limit: u32,
    ) -> Result<Vec<RecordedView>, Error> {
        let question = self.for_events("recorded_views", scope, PeriodScope::Period).await?;
        questions::recorded_views(&question, scope, sessions, widths, limit).await
    }

    async fn pages(&self, scope: &Scope, slice: PageRange) -> Result<PageList, Error> {
        let question = self.for_events("pages", scope, PeriodScope::WithPrevious).await?;
        questions::pages(&question, scope, slice).await
    }

    async fn web_vitals(&self, scope: &Scope, slice: PageRange) -> Result<WebVitals, Error> {
        let question = self.for_events("web_vitals", scope, PeriodScope::Period).await?;
        questions::web_vitals(&question, scope, slice).await
    }

    async fn events(
        &self,
        scope: &Scope,
        friction_only: bool,
        range: EventRange,
    ) -> Result<EventPage, Error> {
        let question = self.for_events("events", scope, PeriodScope::Period).await?;
        questions::events(&question, scope, friction_only, range).await
    }

    async fn sessions(
        &self,
        scope: &Scope,
        which: &SessionFilters,
        sort: SessionSort,
        slice: PageRange,
    ) -> Result<SessionPage, Error> {
        let question = self.question("sessions").for_sessions(scope, PeriodScope::Period).await?;
        questions::sessions(&question, scope, which, sort, slice).await
    }

    async fn engagement(&self, scope: &Scope) -> Result<Engagement, Error> {
        let question =
            self.question("engagement").for_sessions(scope, PeriodScope::WithPrevious).await?;
        questions::engagement(&question, scope).await
    }

    async fn goals(&self, scope: &Scope, wanted: &GoalQuestion) -> Result<GoalAnswer, Error> {
        let question =
            self.question("goals").for_sessions(scope, PeriodScope::WithPrevious).await?;
        questions::goals(&question, scope, wanted).await
    }

    async fn acquisition(
        &self,
        scope: &Scope,
        by: AcquisitionBy,
        slice: PageRange,
    ) -> Result<AcquisitionAnswer, Error> {
        let question =
            self.question("acquisition").for_sessions(scope, PeriodScope::WithPrevious).await?;
        questions::acquisition(&question, scope, by, slice).await
    }

    async fn journeys(&self, scope: &Scope, journey: &Journey) -> Result<JourneyAnswer, Error> {
        let question = self.question("journeys").for_sessions(scope, PeriodScope::Period).await?;
        questions::journeys(&question, scope, journey).await
    }

    async fn filter_values(
        &self,
        scope: &Scope,
        dimension: FilterDimension,
        search: &str,
        limit: u32,
    ) -> Result<Vec<FilterValue>, Error> {
        let question = self.for_events("filter_values", scope, PeriodScope::Period).await?;
        questions::filter_values(&question, scope, dimension, search, limit).await
    }

    async fn visitor_retention(
        &self,
        scope: &Scope,
        retention: &VisitorRetention,
        now: Timestamp,
    ) -> Result<RetentionAnswer, Error> {
        let question = self.question("visitor_retention");
        questions::visitor_retention(&question, scope, retention, now).await
    }

    async fn session_events(
        &self,
        project: ProjectId,
        session_id: &str,
        range: SessionEventRange,
    ) -> Result<Vec<SessionEvent>, Error> {
        questions::session_events(&self.question("session_events"), project, session_id, range)
            .await
    }

    async fn search_patterns(&self, scope: &Scope, limit: usize) -> Result<SearchPatterns, Error> {
        questions::search_patterns(&self.question("search_patterns"), scope, limit).await
    }

    async fn person_events(&self, range: &PersonEventRange) -> Result<Vec<EventRow>, Error> {
        questions::person_events(&self.question("person_events"), range).await
    }

    async fn event_count(&self, scope: &Scope, friction_only: bool) -> Result<u64, Error> {
        let question = self.for_events("event_count", scope, PeriodScope::Period).await?;
        questions::event_count(&question, scope, friction_only).await
    }
}
