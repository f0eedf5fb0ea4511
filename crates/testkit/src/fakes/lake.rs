//! A lake that nobody can reach.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::question::Scope;
use domain::question::acquisition::{AcquisitionAnswer, AcquisitionBy};
use domain::question::engagement::Engagement;
use domain::question::errors::{
    Counted, ErrorGroupAnswer, ErrorGroupPage, ErrorListing, ErrorPerson, ErrorSeen, ErrorSession,
};
use domain::question::forms::{FormAbandonmentList, FormChoice, FormReport};
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
    PersonEventRange, SessionEvent, SessionEventRange, SessionFilters, SessionPage, SessionSort,
    WebVitals, WidgetActivity,
};
use domain::time::Timestamp;
use engine::ports::lake::{Error, ErrorQuestions, FormQuestions, LakeQuestions};

/// Answers every question with [`Error::Unavailable`], for tests of what needs no lake: but when errors were met, once it
/// knows of any.
#[derive(Debug, Default)]
pub struct UnreachableLake {
    errors: Mutex<HashMap<(ProjectId, String), ErrorSeen>>,
}

impl UnreachableLake {
    /// A visitor of the project meets an error of this group.
    pub fn meet(&self, project: ProjectId, group: &str, at: Timestamp) {
        let mut errors = self.errors.lock().expect("not poisoned");
        let first = errors.get(&(project, group.to_owned())).map_or(at, |seen| seen.first);
        let seen = ErrorSeen { first, last: at, last_met: Some(at) };
        errors.insert((project, group.to_owned()), seen);
    }
}

fn unreachable<T>() -> Result<T, Error> {
    Err(Error::Unavailable("this test has no lake".into()))
}

#[async_trait]
impl LakeQuestions for UnreachableLake {
    async fn overview(&self, _: &Scope) -> Result<Overview, Error> {
        unreachable()
    }

    async fn bots(&self, _: &Scope) -> Result<BotShare, Error> {
        unreachable()
    }

    async fn delivery(
        &self,
        _: ProjectId,
        _: Period,
        _: Timestamp,
        _: Option<Timestamp>,
    ) -> Result<Delivery, Error> {
        unreachable()
    }

    async fn widget_activity(&self, _: ProjectId, _: Period) -> Result<Vec<WidgetActivity>, Error> {
        unreachable()
    }

    async fn friction_kinds(&self, _: &Scope) -> Result<Vec<FrictionKind>, Error> {
        unreachable()
    }

    async fn friction_items(
        &self,
        _: &Scope,
        _: ItemSort,
        _: PageRange,
    ) -> Result<FrictionItemPage, Error> {
        unreachable()
    }

    async fn friction_costs(&self, _: &Scope, _: u32) -> Result<FrictionCostList, Error> {
        unreachable()
    }

    async fn friction_pages(&self, _: &Scope, _: PageRange) -> Result<Vec<FrictionPage>, Error> {
        unreachable()
    }

    async fn funnel(&self, _: &Scope, _: &Funnel) -> Result<FunnelAnswer, Error> {
        unreachable()
    }

    async fn heatmap(&self, _: &Scope, _: HeatmapLayer, _: WidthRange) -> Result<Heatmap, Error> {
        unreachable()
    }

    async fn recorded_views(
        &self,
        _: &Scope,
        _: &[String],
        _: WidthRange,
        _: u32,
    ) -> Result<Vec<RecordedView>, Error> {
        unreachable()
    }

    async fn pages(&self, _: &Scope, _: PageRange) -> Result<PageList, Error> {
        unreachable()
    }

    async fn web_vitals(&self, _: &Scope, _: PageRange) -> Result<WebVitals, Error> {
        unreachable()
    }

    async fn events(&self, _: &Scope, _: bool, _: EventRange) -> Result<EventPage, Error> {
        unreachable()
    }

    async fn sessions(
        &self,
        _: &Scope,
        _: &SessionFilters,
        _: SessionSort,
        _: PageRange,
    ) -> Result<SessionPage, Error> {
        unreachable()
    }

    async fn engagement(&self, _: &Scope) -> Result<Engagement, Error> {
        unreachable()
    }

    async fn goals(&self, _: &Scope, _: &GoalQuestion) -> Result<GoalAnswer, Error> {
        unreachable()
    }

    async fn acquisition(
        &self,
        _: &Scope,
        _: AcquisitionBy,
        _: PageRange,
    ) -> Result<AcquisitionAnswer, Error> {
        unreachable()
    }

    async fn journeys(&self, _: &Scope, _: &Journey) -> Result<JourneyAnswer, Error> {
        unreachable()
    }

    async fn filter_values(
        &self,
        _: &Scope,
        _: FilterDimension,
        _: &str,
        _: u32,
    ) -> Result<Vec<FilterValue>, Error> {
        unreachable()
    }

    async fn visitor_retention(
        &self,
        _: &Scope,
        _: &VisitorRetention,
        _: Timestamp,
    ) -> Result<RetentionAnswer, Error> {
        unreachable()
    }

    async fn session_events(
        &self,
        _: ProjectId,
        _: &str,
        _: SessionEventRange,
    ) -> Result<Vec<SessionEvent>, Error> {
        unreachable()
    }

    async fn search_patterns(&self, _: &Scope, _: usize) -> Result<SearchPatterns, Error> {
        unreachable()
    }

    async fn person_events(&self, _: &PersonEventRange) -> Result<Vec<EventRow>, Error> {
        unreachable()
    }

    async fn event_count(&self, _: &Scope, _: bool) -> Result<u64, Error> {
        unreachable()
    }
}

#[async_trait]
impl FormQuestions for UnreachableLake {
    async fn forms(&self, _: &Scope, _: usize) -> Result<FormReport, Error> {
        unreachable()
    }

    async fn form_abandonments(
        &self,
        _: &Scope,
        _: &FormChoice,
        _: usize,
    ) -> Result<FormAbandonmentList, Error> {
        unreachable()
    }
}

#[async_trait]
impl ErrorQuestions for UnreachableLake {
    async fn error_groups(
        &self,
        _: &Scope,
        _: &ErrorListing,
        _: PageRange,
    ) -> Result<ErrorGroupPage, Error> {
        unreachable()
    }

    async fn error_group(
        &self,
        _: &Scope,
        _: &str,
        _: &[Timestamp],
    ) -> Result<Option<ErrorGroupAnswer>, Error> {
        unreachable()
    }

    async fn error_seen(
        &self,
        project: ProjectId,
        group: &str,
    ) -> Result<Option<ErrorSeen>, Error> {
        let errors = self.errors.lock().expect("not poisoned");
        if errors.is_empty() {
            return unreachable();
        }
        Ok(errors.get(&(project, group.to_owned())).copied())
    }

    async fn error_sessions(
        &self,
        _: &Scope,
        _: &str,
        _: PageRange,
    ) -> Result<Counted<ErrorSession>, Error> {
        unreachable()
    }

    async fn error_people(
        &self,
        _: &Scope,
        _: &str,
        _: PageRange,
    ) -> Result<Counted<ErrorPerson>, Error> {
        unreachable()
    }
}
