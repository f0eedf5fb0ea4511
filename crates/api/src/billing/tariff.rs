//! `/api/projects/{project_id}/billing/tariff`.

use axum::extract::State;
use domain::billing::{Basis, Rounding, Tariff};
use domain::money::Currency;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Admin, Json, Viewer};
use crate::state::App;

/// A project's price of calls.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Tariff)]
pub(super) struct TariffBody {
    /// ISO 4217; stays once a month has been closed.
    currency: String,
    /// Minor units of the currency for each second or minute.
    price_minor: i64,
    /// `talk_time` (each call from its start to its end, the default) or `session_span` (each session of a
    /// widget from its first start to its last end).
    #[serde(default = "default_basis")]
    basis: String,
    /// `per_second` (whole seconds) or `per_started_minute`.
    rounding: String,
    /// Seconds at the beginning of every call, or session, that cost nothing.
    #[serde(default)]
    free_seconds: u32,
}

fn default_basis() -> String {
    Basis::default().as_str().to_owned()
}

/// The tariff, if one is set.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TariffAnswer {
    /// Null: calls are counted and cost nothing.
    tariff: Option<TariffBody>,
}

impl From<Tariff> for TariffBody {
    fn from(tariff: Tariff) -> Self {
        Self {
            currency: tariff.currency.into(),
            price_minor: tariff.price_minor,
            basis: tariff.basis.as_str().to_owned(),
            rounding: tariff.rounding.as_str().to_owned(),
            free_seconds: tariff.free_seconds,
        }
    }
}

impl TariffBody {
    fn read(self) -> Result<Tariff, Error> {
        let rounding = Rounding::parse(&self.rounding).ok_or_else(|| {
            let allowed = Rounding::ALL.into_iter().map(Rounding::as_str).collect();
            Error::not_allowed("rounding", allowed)
        })?;
        let basis = Basis::parse(&self.basis).ok_or_else(|| {
            Error::not_allowed("basis", Basis::ALL.into_iter().map(Basis::as_str).collect())
        })?;
        let currency = Currency::parse(&self.currency)
            .map_err(|error| Error::invalid("currency", format!("currency: {error}")))?;
        let (price_minor, free_seconds) = (self.price_minor, self.free_seconds);
        Ok(Tariff { currency, price_minor, basis, rounding, free_seconds })
    }
}

/// The tariff of calls.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/billing/tariff", tag = "Billing", operation_id = "tariff",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = TariffAnswer), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn get(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<TariffAnswer>, Error> {
    let tariff = app.billing.tariff(allowed.project_id).await?;
    Ok(Json(TariffAnswer { tariff: tariff.map(Into::into) }))
}

/// Sets the tariff of calls, for every month that is not closed.
#[utoipa::path(
    put, path = "/api/projects/{project_id}/billing/tariff", tag = "Billing", operation_id = "set_tariff",
    params(("project_id" = Uuid, Path)), request_body = TariffBody,
    responses(
        (status = 200, body = TariffAnswer), Admin, Unprocessable,
        (status = 409, body = Problem, description = "A month was closed in another currency"),
    ),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn put(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(body): Json<TariffBody>,
) -> Result<Json<TariffAnswer>, Error> {
    let tariff = app.billing.set_tariff(allowed.project_id, body.read()?).await?;
    Ok(Json(TariffAnswer { tariff: Some(tariff.into()) }))
}
