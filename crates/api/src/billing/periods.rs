//! `/api/projects/{project_id}/billing/periods`: closed months.

use axum::extract::State;
use axum::http::StatusCode;
use domain::billing::Month;
use engine::ports::catalog::BillingPeriod;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::amounts::Figures;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Admin, Json, Viewer};
use crate::state::App;

/// A closed month.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BillingPeriod)]
pub(super) struct ClosedPeriod {
    /// `2026-11`, in the zone that the project had when it was closed.
    month: String,
    /// Its first instant.
    #[schema(format = DateTime)]
    starts_at: String,
    /// The first instant after it.
    #[schema(format = DateTime)]
    ends_at: String,
    #[schema(format = DateTime)]
    closed_at: String,
    currency: String,
    #[serde(flatten)]
    figures: Figures,
}

/// A project's closed months, latest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Periods)]
pub(super) struct BillingPeriodList {
    periods: Vec<ClosedPeriod>,
}

/// A month to close.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MonthToClose)]
pub(super) struct CloseMonthRequest {
    /// `2026-11`; it must have passed in the project's time zone.
    month: String,
}

impl From<BillingPeriod> for ClosedPeriod {
    fn from(period: BillingPeriod) -> Self {
        let currency = period.tariff.currency;
        Self {
            month: period.month.month.to_string(),
            starts_at: period.month.starts_at.to_rfc3339(),
            ends_at: period.month.ends_at.to_rfc3339(),
            closed_at: period.closed_at.to_rfc3339(),
            figures: Figures::new(period.usage, Some(&currency)),
            currency: currency.into(),
        }
    }
}

/// The closed months with their usage, which never changes.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/billing/periods", tag = "Billing", operation_id = "billing_periods",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = BillingPeriodList), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<BillingPeriodList>, Error> {
    let periods = app.billing.periods(allowed.project_id).await?;
    Ok(Json(BillingPeriodList { periods: periods.into_iter().map(Into::into).collect() }))
}

/// Closes a month: its usage is final, and later changes become adjustments.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/billing/periods", tag = "Billing", operation_id = "close_billing_period",
    params(("project_id" = Uuid, Path)), request_body = CloseMonthRequest,
    responses(
        (status = 201, body = ClosedPeriod), Admin, Unprocessable,
        (status = 409, body = Problem, description = "The project has no tariff"),
    ),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn close(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(body): Json<CloseMonthRequest>,
) -> Result<(StatusCode, Json<ClosedPeriod>), Error> {
    let month = Month::parse(&body.month)
        .map_err(|error| Error::invalid("month", format!("month is {error}")))?;
    let zone = app.project_settings.time_zone(allowed.project_id).await?;
    let period = app.billing.close(allowed.project_id, month, zone).await?;
    Ok((StatusCode::CREATED, Json(period.into())))
}
