//! `/api/projects/{project_id}/friction/…`: where visitors get stuck.

use axum::extract::State;
use domain::friction::{Kind, Severity};
use domain::question::{self, ItemSort};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::scope::{PeriodAnswer, ScopeQuery, SliceQuery, next_cursor};
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// The list of pages, named in cursors.
const PAGES: &str = "friction pages";

/// A way in which a visitor gets stuck.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FrictionKindName)]
pub(crate) enum KindName {
    RageClick,
    DeadClick,
    SlowClick,
    ErrorClick,
    JavascriptError,
    UnhandledRejection,
    FormValidationError,
    Thrashing,
}

/// Its severity.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Severity)]
pub(crate) enum SeverityName {
    Low,
    Medium,
    High,
}

/// Friction by kind, heaviest first; kinds that never occurred are left out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrictionKinds)]
pub(crate) struct FrictionKindList {
    kinds: Vec<FrictionKind>,
}

/// Occurrences of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FrictionKind {
    kind: KindName,
    count: u64,
    previous_count: u64,
    sessions: u64,
    visitors: u64,
    /// By which share of `sessions` and `visitors` 95 % of such figures are off at most; 0 when exact.
    distinct_error: f64,
}

/// What visitors got stuck on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrictionItems)]
pub(crate) struct FrictionItemList {
    period: PeriodAnswer,
    items: Vec<FrictionItem>,
    /// How many there are altogether.
    total: u64,
    next_cursor: Option<String>,
}

/// An element, or an error without one.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FrictionItem {
    element_selector: Option<String>,
    element_text: Option<String>,
    error_group: Option<String>,
    error_message: Option<String>,
    /// Most frequent first.
    kinds: Vec<FrictionKindCount>,
    count: u64,
    previous_count: u64,
    sessions: u64,
    visitors: u64,
    /// Page paths it happened on.
    pages: u64,
    top_page: Option<String>,
    severity: SeverityName,
    /// Weighted occurrences per 100 sessions.
    score: f64,
    #[schema(format = DateTime)]
    first_seen: String,
    #[schema(format = DateTime)]
    last_seen: String,
    /// Occurrences per bucket of the period.
    trend: Vec<u64>,
}

/// Occurrences of one kind on one item.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FrictionKindCount {
    kind: KindName,
    count: u64,
}

/// Friction by page, highest score first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrictionPages)]
pub(crate) struct FrictionPageList {
    pages: Vec<FrictionPage>,
    next_cursor: Option<String>,
}

/// Friction on one page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FrictionPage {
    path: String,
    count: u64,
    previous_count: u64,
    /// Sessions with friction there.
    friction_sessions: u64,
    /// Sessions that were there.
    sessions: u64,
    /// Weighted occurrences per 100 sessions that were there.
    score: f64,
}

/// How items are ordered.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SortQuery {
    /// `score` (default), `count`, `sessions` or `last_seen`; highest or latest first.
    sort: Option<String>,
}

impl SortQuery {
    fn sort(&self) -> Result<ItemSort, Error> {
        match self.sort.as_deref() {
            None | Some("score") => Ok(ItemSort::Score),
            Some("count") => Ok(ItemSort::Count),
            Some("sessions") => Ok(ItemSort::Sessions),
            Some("last_seen") => Ok(ItemSort::LastSeen),
            Some(_) => {
                Err(Error::not_allowed("sort", vec!["score", "count", "sessions", "last_seen"]))
            }
        }
    }
}

impl From<Kind> for KindName {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::RageClick => Self::RageClick,
            Kind::DeadClick => Self::DeadClick,
            Kind::SlowClick => Self::SlowClick,
            Kind::ErrorClick => Self::ErrorClick,
            Kind::JavascriptError => Self::JavascriptError,
            Kind::UnhandledRejection => Self::UnhandledRejection,
            Kind::FormValidationError => Self::FormValidationError,
            Kind::Thrashing => Self::Thrashing,
        }
    }
}

impl From<question::FrictionItem> for FrictionItem {
    fn from(item: question::FrictionItem) -> Self {
        let kind_count = |entry: question::KindCount| FrictionKindCount {
            kind: entry.kind.into(),
            count: entry.count,
        };
        Self {
            element_selector: item.element_selector,
            element_text: item.element_text,
            error_group: item.error_group,
            error_message: item.error_message,
            kinds: item.kinds.into_iter().map(kind_count).collect(),
            count: item.count,
            previous_count: item.previous_count,
            sessions: item.sessions,
            visitors: item.visitors,
            pages: item.pages,
            top_page: item.top_page,
            severity: match item.severity {
                Severity::Low => SeverityName::Low,
                Severity::Medium => SeverityName::Medium,
                Severity::High => SeverityName::High,
            },
            score: item.score,
            first_seen: item.first_seen.to_rfc3339(),
            last_seen: item.last_seen.to_rfc3339(),
            trend: item.trend,
        }
    }
}

/// Friction by kind.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/friction/kinds", tag = "Questions", operation_id = "friction_kinds",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = FrictionKindList), Viewer, Unprocessable),
)]
pub(super) async fn kinds(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
) -> Result<Json<FrictionKindList>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let kinds = app.analytics.permit().await?.friction_kinds(&scope).await?;
    let answer = |entry: question::FrictionKind| FrictionKind {
        kind: entry.kind.into(),
        count: entry.count,
        previous_count: entry.previous_count,
        sessions: entry.sessions,
        visitors: entry.visitors,
        distinct_error: entry.distinct_error,
    };
    Ok(Json(FrictionKindList { kinds: kinds.into_iter().map(answer).collect() }))
}

/// The elements and errors visitors got stuck on.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/friction/items", tag = "Questions", operation_id = "friction_items",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery, SortQuery, SliceQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = FrictionItemList), Viewer, Unprocessable),
)]
pub(super) async fn items(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(sort): Query<SortQuery>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<FrictionItemList>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let sort = sort.sort()?;
    let list = format!("friction items by {sort:?}");
    let slice = slice.slice(&list)?;
    let answer = app.analytics.permit().await?.friction_items(&scope, sort, slice).await?;
    Ok(Json(FrictionItemList {
        period: scope.period.into(),
        next_cursor: next_cursor(&list, slice, &answer.items)?,
        items: answer.items.into_iter().map(Into::into).collect(),
        total: answer.total,
    }))
}

/// Friction by page.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/friction/pages", tag = "Questions", operation_id = "friction_pages",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery, SliceQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = FrictionPageList), Viewer, Unprocessable),
)]
pub(super) async fn pages(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<FrictionPageList>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let slice = slice.slice(PAGES)?;
    let pages = app.analytics.permit().await?.friction_pages(&scope, slice).await?;
    let next_cursor = next_cursor(PAGES, slice, &pages)?;
    let answer = |page: question::FrictionPage| FrictionPage {
        path: page.path,
        count: page.count,
        previous_count: page.previous_count,
        friction_sessions: page.friction_sessions,
        sessions: page.sessions,
        score: page.score,
    };
    Ok(Json(FrictionPageList { pages: pages.into_iter().map(answer).collect(), next_cursor }))
}
