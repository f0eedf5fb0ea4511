//! `/api/projects/{project_id}/billing/periods`: months whose usage is settled.

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
pub(super) struct PeriodClosed {
    /// `2026-11`, in UTC.
    month: String,
    #[schema(format = DateTime)]
    closed_at: String,
    currency: String,
    #[serde(flatten)]
    figures: Figures,
}

/// A project's closed months, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Periods {
    periods: Vec<PeriodClosed>,
}

/// A month to close.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MonthToClose {
    /// `2026-11`; it must have passed.
    month: String,
}

impl From<BillingPeriod> for PeriodClosed {
    fn from(period: BillingPeriod) -> Self {
        let currency = period.tariff.currency;
        Self {
            month: period.month.to_string(),
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
    responses((status = 200, body = Periods), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<Periods>, Error> {
    let periods = app.billing.periods(allowed.project_id).await?;
    Ok(Json(Periods { periods: periods.into_iter().map(Into::into).collect() }))
}

/// Closes a month: its usage is settled, and what comes later becomes an adjustment.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/billing/periods", tag = "Billing", operation_id = "close_billing_period",
    params(("project_id" = Uuid, Path)), request_body = MonthToClose,
    responses(
        (status = 201, body = PeriodClosed), Admin, Unprocessable,
        (status = 409, body = Problem, description = "The project has no tariff"),
    ),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn close(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(body): Json<MonthToClose>,
) -> Result<(StatusCode, Json<PeriodClosed>), Error> {
    let month = Month::parse(&body.month)
        .map_err(|error| Error::invalid("month", format!("month is {error}")))?;
    let period = app.billing.close(allowed.project_id, month).await?;
    Ok((StatusCode::CREATED, Json(period.into())))
}
