//! One question about the largest project's last 30 days, first cold, then hot.

use std::path::Path;
use std::time::Instant;

use ::lake::Lake;
use anyhow::Context;
use clap::ValueEnum;
use domain::question::acquisition::AcquisitionBy;
use domain::question::errors::{ErrorListing, ErrorSort};
use domain::question::heatmap::{HeatmapLayer, WidthRange};
use domain::question::{
    EventRange, FilterDimension, Filters, ItemSort, PageRange, Period, Scope, SessionFilters,
    SessionSort,
};
use engine::ports::lake::{Error, ErrorQuestions, FormQuestions, LakeQuestions};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{answer, funnel, visits};
use crate::{generate, process};

/// The period asked about.
pub(super) const DAYS: i64 = 30;
/// Rows of a list.
pub(super) const ROWS: u32 = 50;
/// After the first and one more, which warms up.
const HOT_RUNS: usize = 5;

/// The dashboard's questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub(crate) enum QuestionName {
    Overview,
    FrictionKinds,
    FrictionItems,
    FrictionPages,
    Pages,
    WebVitals,
    Events,
    Funnel,
    Sessions,
    Acquisition,
    Engagement,
    Goals,
    Heatmap,
    FrictionCost,
    Journeys,
    VisitorRetention,
    Errors,
    Forms,
}

impl QuestionName {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Overview => "overview",
            Self::FrictionKinds => "friction_kinds",
            Self::FrictionItems => "friction_items",
            Self::FrictionPages => "friction_pages",
            Self::Pages => "pages",
            Self::WebVitals => "web_vitals",
            Self::Events => "events",
            Self::Funnel => "funnel",
            Self::Sessions => "sessions",
            Self::Acquisition => "acquisition",
            Self::Engagement => "engagement",
            Self::Goals => "goals",
            Self::Heatmap => "heatmap",
            Self::FrictionCost => "friction_cost",
            Self::Journeys => "journeys",
            Self::VisitorRetention => "visitor_retention",
            Self::Errors => "errors",
            Self::Forms => "forms",
        }
    }
}

/// How long a question took.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct QuestionTiming {
    pub(crate) question: QuestionName,
    /// Opening the lake.
    pub(crate) open_ms: f64,
    /// The first question of the process, its files not in memory.
    pub(crate) cold_ms: f64,
    pub(crate) hot_ms: Vec<f64>,
    /// The process's memory at most.
    pub(crate) peak_mb: f64,
    /// The answer's figures, to compare.
    pub(crate) answer: Value,
}

/// The scope of every question.
pub(super) fn scope() -> anyhow::Result<Scope> {
    let from = generate::END.plus_seconds(-DAYS * 86_400);
    let period = Period::new(from, generate::END)?;
    Ok(Scope { project_id: generate::project(0), period, filters: Filters::default() })
}

/// Asks it of the lake in `folder`.
pub(super) async fn ask(folder: &Path, question: QuestionName) -> anyhow::Result<QuestionTiming> {
    let opening = Instant::now();
    let lake = super::open(folder).await?;
    let open_ms = millis(opening);
    let scope = scope()?;
    let cold = Instant::now();
    let answer = once(&lake, question, &scope).await?;
    let cold_ms = millis(cold);
    once(&lake, question, &scope).await?;
    let mut hot_ms = Vec::new();
    for _ in 0..HOT_RUNS {
        let started = Instant::now();
        let again = once(&lake, question, &scope).await?;
        hot_ms.push(millis(started));
        answer::agree(&answer, &again)
            .then_some(())
            .context("the same question was answered differently")?;
    }
    let peak_mb = process::peak_mb(std::process::id())?;
    Ok(QuestionTiming { question, open_ms, cold_ms, hot_ms, peak_mb, answer })
}

pub(super) async fn once(
    lake: &Lake,
    question: QuestionName,
    scope: &Scope,
) -> Result<Value, Error> {
    let slice = PageRange::new(0, ROWS);
    Ok(match question {
        QuestionName::Overview => answer::overview(&lake.overview(scope).await?),
        QuestionName::FrictionKinds => answer::friction_kinds(&lake.friction_kinds(scope).await?),
        QuestionName::FrictionItems => {
            answer::friction_items(&lake.friction_items(scope, ItemSort::Score, slice).await?)
        }
        QuestionName::FrictionPages => {
            answer::friction_pages(&lake.friction_pages(scope, slice).await?)
        }
        QuestionName::Pages => answer::pages(&lake.pages(scope, slice).await?),
        QuestionName::WebVitals => answer::web_vitals(&lake.web_vitals(scope, slice).await?),
        QuestionName::Events => {
            let latest = EventRange::new(None, ROWS);
            answer::events(&lake.events(scope, false, latest).await?)
        }
        QuestionName::Sessions => {
            let (which, latest) = (SessionFilters::default(), SessionSort::Latest);
            answer::sessions(&lake.sessions(scope, &which, latest, slice).await?)
        }
        QuestionName::Heatmap => {
            let filters = Filters::of(FilterDimension::Path, "/catalogue/page-0");
            let page = Scope { filters, ..scope.clone() };
            let (layer, widths) = (HeatmapLayer::Clicks, WidthRange::default());
            answer::heatmap(&lake.heatmap(&page, layer, widths).await?)
        }
        QuestionName::FrictionCost => {
            answer::friction_cost(&lake.friction_costs(scope, ROWS).await?)
        }
        QuestionName::Errors => answer::errors(&lake.error_groups(scope, &listing(), slice).await?),
        QuestionName::Forms => answer::forms(&lake.forms(scope, ROWS as usize).await?),
        QuestionName::Acquisition => {
            let by = AcquisitionBy::Channel;
            answer::acquisition(&lake.acquisition(scope, by, slice).await?)
        }
        QuestionName::Engagement => answer::engagement(&lake.engagement(scope).await?),
        QuestionName::Goals => answer::goals(&lake.goals(scope, &visits::goals()?).await?),
        QuestionName::Journeys => {
            answer::journeys(&lake.journeys(scope, &visits::journey()?).await?)
        }
        QuestionName::VisitorRetention => {
            let retention = visits::retention(scope)?;
            let answer = lake.visitor_retention(scope, &retention, generate::END).await?;
            answer::visitor_retention(&answer)
        }
        QuestionName::Funnel => answer::funnel(&lake.funnel(scope, &funnel::funnel()?).await?),
    })
}

/// All groups, most occurrences first.
fn listing() -> ErrorListing {
    ErrorListing { search: None, sort: ErrorSort::Count, known: Vec::new(), others: true }
}

pub(super) fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}
