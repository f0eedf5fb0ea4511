//! `/api/projects/{project_id}/crm/…`: contacts and bookings counted.

use axum::extract::State;
use domain::time::Timestamp;
use engine::ports::catalog::Preference;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::amount::Amount;
use super::params::{DEFAULT_LIMIT, non_empty};
use crate::error::Error;
use crate::extract::{Json, Query, Viewer};
use crate::questions::{PeriodQuery, local_period, period};
use crate::state::App;

/// Contacts by lead status.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Pipeline {
    /// The contract's statuses first, in their order; then others by name.
    stages: Vec<PipelineStage>,
}

/// The contacts of one status.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PipelineStage {
    lead_status: String,
    contacts: u64,
    /// Their estimated deal values, one sum a currency.
    deal_value: Vec<Amount>,
}

/// Revenue by day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Revenue {
    /// The IANA time zone of its days: the project's.
    time_zone: &'static str,
    /// By date and currency; days without any are left out.
    days: Vec<RevenueDay>,
}

/// The revenue of one day in one currency.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RevenueDay {
    /// `2026-11-21`
    #[schema(format = Date)]
    day: String,
    bookings: u64,
    revenue: Amount,
}

/// The most viewed items.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Preferences)]
pub(crate) struct PreferenceList {
    /// Most viewed first.
    items: Vec<PreferenceAnswer>,
}

/// An item and how often it was viewed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Preference)]
pub(crate) struct PreferenceAnswer {
    /// Its name, or its id where events name none.
    item: String,
    views: u64,
    /// Contacts that viewed it.
    contacts: u64,
}

/// Whose preferences.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PreferencesQuery {
    /// One contact's only.
    contact_id: Option<String>,
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// The first instant, RFC 3339 or milliseconds; 7 days before `to` by default.
    from: Option<String>,
    /// The first instant after the period; now by default.
    to: Option<String>,
}

impl From<Preference> for PreferenceAnswer {
    fn from(Preference { item, views, contacts }: Preference) -> Self {
        Self { item, views, contacts }
    }
}

/// Contacts and their estimated deal values by lead status.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/crm/pipeline", tag = "CRM", operation_id = "crm_pipeline",
    params(("project_id" = uuid::Uuid, Path)),
    responses((status = 200, body = Pipeline), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn pipeline(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<Pipeline>, Error> {
    let mut stages: Vec<PipelineStage> = Vec::new();
    for row in app.crm.pipeline(allowed.project_id).await? {
        if stages.last().is_none_or(|last| last.lead_status != row.lead_status) {
            let lead_status = row.lead_status;
            stages.push(PipelineStage { lead_status, contacts: 0, deal_value: Vec::new() });
        }
        if let Some(stage) = stages.last_mut() {
            stage.contacts += row.contacts;
            stage.deal_value.extend(row.deal_value.map(Amount::from));
        }
    }
    Ok(Json(Pipeline { stages }))
}

/// Revenue by day of the project's time zone.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/crm/revenue", tag = "CRM", operation_id = "crm_revenue",
    params(("project_id" = uuid::Uuid, Path), PeriodQuery),
    responses((status = 200, body = Revenue), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn revenue(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<PeriodQuery>,
) -> Result<Json<Revenue>, Error> {
    let period = local_period(&query, &app, allowed.project_id).await?;
    let days = app.crm.revenue(allowed.project_id, period).await?;
    let days = days.into_iter().map(|row| RevenueDay {
        day: Timestamp::date_of_day(row.day),
        bookings: row.bookings,
        revenue: row.revenue.into(),
    });
    Ok(Json(Revenue { time_zone: period.zone().name(), days: days.collect() }))
}

/// The items that contacts viewed most.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/crm/preferences", tag = "CRM", operation_id = "crm_preferences",
    params(("project_id" = uuid::Uuid, Path), PreferencesQuery),
    responses((status = 200, body = PreferenceList), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn preferences(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<PreferencesQuery>,
) -> Result<Json<PreferenceList>, Error> {
    let contact = non_empty(query.contact_id).map(|text| {
        let bad = |error| Error::invalid("contact_id", format!("contact_id is {error}"));
        text.parse().map_err(bad)
    });
    let times = PeriodQuery::new(query.from, query.to);
    let period = period(&times, app.clock.now())?;
    let (limit, span) = (query.limit.unwrap_or(DEFAULT_LIMIT), (period.from(), period.to()));
    let contact = contact.transpose()?;
    let items = app.crm.preferences(allowed.project_id, contact, span, limit).await?;
    Ok(Json(PreferenceList { items: items.into_iter().map(Into::into).collect() }))
}
