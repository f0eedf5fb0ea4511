//! `GET /api/projects/{project_id}/acquisition`: where visits come from.

use axum::extract::State;
use domain::question::acquisition::{AcquisitionBy, AcquisitionFigures, AcquisitionRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::scope::{PeriodAnswer, ScopeQuery, SliceQuery, next_cursor, non_empty};
use crate::admin::Amount;
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// By which value visits are grouped.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AcquisitionQuery {
    /// `channel` (default), `referrer`, `utm_source`, `utm_medium`, `utm_campaign`, `entry_path`, `exit_path`, `country`,
    /// `city`, `device`, `browser`, `os` or `viewport`.
    by: Option<String>,
}

/// Visits by where they came from, most first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Acquisition {
    period: PeriodAnswer,
    /// The value that rows are about, as in the request.
    by: &'static str,
    totals: AcquisitionTotals,
    /// Of the period before.
    previous_totals: AcquisitionTotals,
    /// Orders and bookings of the period that name no visit, such as those that a server reported by the customer
    /// alone: they are in no row and in no total.
    unattributed_conversions: u64,
    rows: Vec<AcquisitionRowAnswer>,
    /// How many there are altogether.
    total: u64,
    next_cursor: Option<String>,
}

/// Figures of visits.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AcquisitionTotals {
    sessions: u64,
    visitors: u64,
    page_views: u64,
    /// Visits of ten seconds or longer, of two page views or more, or with a conversion.
    engaged_sessions: u64,
    /// Visits with friction.
    friction_sessions: u64,
    /// Orders and bookings, each once by its id.
    conversions: u64,
    /// Visits with one.
    converting_sessions: u64,
    /// Their amounts, one for each currency.
    revenue: Vec<Amount>,
    /// From the first to the last event; null without visits.
    median_seconds: Option<f64>,
}

/// Visits with one value.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AcquisitionRow)]
pub(crate) struct AcquisitionRowAnswer {
    /// Null of visits without one. A channel is `direct`, `paid`, `email`, `social`, `search`, `referral` or `campaign`; a
    /// viewport `0-479`, `480-767`, `768-1023`, `1024-1439` or `1440+` CSS pixels wide.
    value: Option<String>,
    /// Visits with it in the period before.
    previous_sessions: u64,
    #[serde(flatten)]
    figures: AcquisitionTotals,
}

impl From<AcquisitionFigures> for AcquisitionTotals {
    fn from(figures: AcquisitionFigures) -> Self {
        Self {
            sessions: figures.sessions,
            visitors: figures.visitors,
            page_views: figures.page_views,
            engaged_sessions: figures.engaged_sessions,
            friction_sessions: figures.friction_sessions,
            conversions: figures.conversions,
            converting_sessions: figures.converting_sessions,
            revenue: figures.revenue.into_iter().map(Into::into).collect(),
            median_seconds: figures.median_seconds,
        }
    }
}

impl From<AcquisitionRow> for AcquisitionRowAnswer {
    fn from(row: AcquisitionRow) -> Self {
        Self {
            value: row.value,
            previous_sessions: row.previous_sessions,
            figures: row.figures.into(),
        }
    }
}

impl AcquisitionQuery {
    fn by(self) -> Result<AcquisitionBy, Error> {
        let Some(name) = non_empty(self.by) else { return Ok(AcquisitionBy::default()) };
        let names = || AcquisitionBy::ALL.map(AcquisitionBy::as_str).to_vec();
        AcquisitionBy::parse(&name).ok_or_else(|| Error::not_allowed("by", names()))
    }
}

/// Visits of the period by channel, or by another of their values.
///
/// The value is that of the visit's first event that has one (of exit pages: the last); the referrer is the host that led
/// to its first page. Of a visit that crosses the edge of the period the part inside counts. The first rule that holds
/// decides on the channel: `utm_medium` of advertisements is `paid` (as `cpc`, `paid-social`, `display`); `email`; `social` and
/// `search` by `utm_medium` or the name of a network or engine in `utm_source`; `referral`; any other campaign parameter is
/// `campaign`. Without them the referrer decides: none, or the page's own host, is `direct`; else `search`, `social` or
/// `referral`.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/acquisition", tag = "Questions", operation_id = "acquisition",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery, AcquisitionQuery, SliceQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = Acquisition), Viewer, Unprocessable),
)]
pub(super) async fn acquisition(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(by): Query<AcquisitionQuery>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<Acquisition>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let by = by.by()?;
    let list = format!("acquisition by {}", by.as_str());
    let slice = slice.slice(&list)?;
    let answer = app.analytics.permit().await?.acquisition(&scope, by, slice).await?;
    Ok(Json(Acquisition {
        period: scope.period.into(),
        by: by.as_str(),
        totals: answer.totals.into(),
        previous_totals: answer.previous_totals.into(),
        unattributed_conversions: answer.unattributed_conversions,
        next_cursor: next_cursor(&list, slice, &answer.rows)?,
        rows: answer.rows.into_iter().map(Into::into).collect(),
        total: answer.total,
    }))
}
