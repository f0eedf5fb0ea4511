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
    BotShare, Delivery, EventPage, EventRange, EventRow, FrictionItemPage, FrictionKind,
    FrictionPage, ItemSort, Overview, PageList, PageRange, Period, PersonEventRange, Scope,
    SessionEvent, SessionEventRange, SessionFilters, SessionPage, SessionSort, WebVitals,
    WidgetActivity,
};
use domain::time::Timestamp;
use engine::ports::journal::Position;
use engine::ports::lake::{Error, LakeQuestions, LakeStats, LakeWriter, MaintenanceSummary};
use engine::record::EventBatch;
use tokio::sync::Mutex;

use crate::maintenance::{self, Maintenance};
use crate::query::QueryEngine;
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
        questions::overview(&self.question("overview"), scope).await
    }

    async fn bots(&self, scope: &Scope) -> Result<BotShare, Error> {
        questions::bots(&self.question("bots"), scope).await
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
        questions::friction_kinds(&self.question("friction_kinds"), scope).await
    }

    async fn friction_items(
        &self,
        scope: &Scope,
        sort: ItemSort,
        slice: PageRange,
    ) -> Result<FrictionItemPage, Error> {
        questions::friction_items(&self.question("friction_items"), scope, sort, slice).await
    }

    async fn friction_costs(
        &self,
        scope: &Scope,
        most_items: u32,
    ) -> Result<FrictionCostList, Error> {
        questions::friction_costs(&self.question("friction_costs"), scope, most_items).await
    }

    async fn friction_pages(
        &self,
        scope: &Scope,
        slice: PageRange,
    ) -> Result<Vec<FrictionPage>, Error> {
        questions::friction_pages(&self.question("friction_pages"), scope, slice).await
    }

    async fn funnel(&self, scope: &Scope, funnel: &Funnel) -> Result<FunnelAnswer, Error> {
        questions::funnel(&self.question("funnel"), scope, funnel).await
    }

    async fn heatmap(
        &self,
        scope: &Scope,
        layer: HeatmapLayer,
        widths: WidthRange,
    ) -> Result<Heatmap, Error> {
        questions::heatmap(&self.question("heatmap"), scope, layer, widths).await
    }

    async fn recorded_views(
        &self,
        scope: &Scope,
        sessions: &[String],
        widths: WidthRange,
        limit: u32,
    ) -> Result<Vec<RecordedView>, Error> {
        let question = self.question("recorded_views");
        questions::recorded_views(&question, scope, sessions, widths, limit).await
    }

    async fn pages(&self, scope: &Scope, slice: PageRange) -> Result<PageList, Error> {
        questions::pages(&self.question("pages"), scope, slice).await
    }

    async fn web_vitals(&self, scope: &Scope, slice: PageRange) -> Result<WebVitals, Error> {
        questions::web_vitals(&self.question("web_vitals"), scope, slice).await
    }

    async fn events(
        &self,
        scope: &Scope,
        friction_only: bool,
        range: EventRange,
    ) -> Result<EventPage, Error> {
        questions::events(&self.question("events"), scope, friction_only, range).await
    }

    async fn sessions(
        &self,
        scope: &Scope,
        which: &SessionFilters,
        sort: SessionSort,
        slice: PageRange,
    ) -> Result<SessionPage, Error> {
        questions::sessions(&self.question("sessions"), scope, which, sort, slice).await
    }

    async fn engagement(&self, scope: &Scope, which: &SessionFilters) -> Result<Engagement, Error> {
        questions::engagement(&self.question("engagement"), scope, which).await
    }

    async fn goals(
        &self,
        scope: &Scope,
        which: &SessionFilters,
        wanted: &GoalQuestion,
    ) -> Result<GoalAnswer, Error> {
        questions::goals(&self.question("goals"), scope, which, wanted).await
    }

    async fn acquisition(
        &self,
        scope: &Scope,
        which: &SessionFilters,
        by: AcquisitionBy,
        slice: PageRange,
    ) -> Result<AcquisitionAnswer, Error> {
        questions::acquisition(&self.question("acquisition"), scope, which, by, slice).await
    }

    async fn journeys(
        &self,
        scope: &Scope,
        which: &SessionFilters,
        journey: &Journey,
    ) -> Result<JourneyAnswer, Error> {
        questions::journeys(&self.question("journeys"), scope, which, journey).await
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
        questions::event_count(&self.question("event_count"), scope, friction_only).await
    }
}
