//! `GET /api/projects/{project_id}/friction/cost`: conversions and money that went missing.

use axum::extract::State;
use domain::question::Period;
use domain::question::friction_cost::{CostedItem, Estimate, FrictionCost, FrictionCostList};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::scope::{PeriodAnswer, ScopeQuery};
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Items that are looked at, and most that are answered.
const MAX_ITEMS: u32 = 50;
/// Items, unless asked otherwise.
const DEFAULT_LIMIT: u32 = 20;
const WEEK_SECONDS: f64 = 7.0 * 86_400.0;

/// How many items.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct CostQuery {
    /// 1 to 50; 20 by default.
    limit: Option<u32>,
}

/// Costs of the 50 elements and error groups with most sessions: significant losses first, by their value.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrictionCostList)]
pub(crate) struct CostList {
    period: PeriodAnswer,
    /// Of all values: the currency of most orders and bookings; null without any.
    currency: Option<String>,
    items: Vec<CostAnswer>,
}

/// An element or a group of errors, and its cost.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrictionCost)]
pub(crate) struct CostAnswer {
    element_selector: Option<String>,
    element_text: Option<String>,
    error_group: Option<String>,
    error_message: Option<String>,
    /// In the period.
    occurrences: u64,
    /// Sessions with it, on the pages where they met it first.
    sessions: u64,
    /// Of these the ones that can be compared: the figures below are about these.
    matched_sessions: u64,
    /// Sessions without it that saw the same pages on the same types of device, in the period or the one before.
    control_sessions: u64,
    /// The share of matched sessions that ordered or booked after they saw the page.
    conversion_rate: Option<f64>,
    /// The share that would have, had they fared as their controls did.
    control_rate: Option<f64>,
    /// Whether the loss is significant: its interval lies above 0.
    is_loss: bool,
    /// Orders and bookings that went missing in the period; null with less than 10 sessions on either side.
    lost_conversions: Option<EstimateAnswer>,
    /// Their value in the period; null where no conversion of a control has one.
    lost_value: Option<EstimateAnswer>,
    /// `lost_conversions` for seven days.
    lost_conversions_weekly: Option<EstimateAnswer>,
    /// `lost_value` for seven days.
    lost_value_weekly: Option<EstimateAnswer>,
}

/// A number with its 95 % interval.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Estimate)]
pub(crate) struct EstimateAnswer {
    estimate: f64,
    low: f64,
    high: f64,
}

impl EstimateAnswer {
    fn scaled(estimate: Option<Estimate>, factor: f64) -> Option<Self> {
        let Estimate { value, low, high } = estimate?;
        Some(Self { estimate: value * factor, low: low * factor, high: high * factor })
    }
}

impl CostAnswer {
    fn new(item: CostedItem, weeks: f64) -> Self {
        let FrictionCost { conversions, value, .. } = item.cost;
        Self {
            element_selector: item.element_selector,
            element_text: item.element_text,
            error_group: item.error_group,
            error_message: item.error_message,
            occurrences: item.occurrences,
            sessions: item.cost.sessions,
            matched_sessions: item.cost.matched_sessions,
            control_sessions: item.cost.control_sessions,
            conversion_rate: item.cost.conversion_rate,
            control_rate: item.cost.control_rate,
            is_loss: conversions.is_some_and(|lost| lost.is_loss()),
            lost_conversions: EstimateAnswer::scaled(conversions, 1.0),
            lost_value: EstimateAnswer::scaled(value, 1.0),
            lost_conversions_weekly: EstimateAnswer::scaled(conversions, 1.0 / weeks),
            lost_value_weekly: EstimateAnswer::scaled(value, 1.0 / weeks),
        }
    }
}

/// Weeks of a period, with fractions.
#[expect(clippy::cast_precision_loss, reason = "a period's microseconds lie below 2^52")]
fn weeks(period: Period) -> f64 {
    period.to().micros_since(period.from()) as f64 / 1e6 / WEEK_SECONDS
}

impl CostList {
    fn new(period: Period, costs: FrictionCostList, limit: u32) -> Self {
        let weeks = weeks(period);
        let items = costs.items.into_iter().take(usize::try_from(limit).unwrap_or(usize::MAX));
        Self {
            period: period.into(),
            currency: costs.currency.map(|currency| currency.as_str().to_owned()),
            items: items.map(|item| CostAnswer::new(item, weeks)).collect(),
        }
    }
}

/// The cost of friction in orders, bookings and money: an estimate by comparison: matched, not causal.
///
/// Sessions with friction of an element (or of a group of errors) are compared with sessions without it which saw the same
/// page on the same type of device, in the period or in the one before. Those with it would have converted at the others'
/// rate: the difference, summed over pages and devices, is what went missing, with a 95 % interval. Its value is that of
/// the others' mean order or booking. Who gets stuck while paying is usually keener than who looks on, so that costs are
/// rather too small than too large.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/friction/cost", tag = "Questions", operation_id = "friction_cost",
    params(("project_id" = Uuid, Path), ScopeQuery, CostQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = CostList), Viewer, Unprocessable),
)]
pub(super) async fn cost(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(which): Query<CostQuery>,
) -> Result<Json<CostList>, Error> {
    let limit = which.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_ITEMS);
    let scope = query.scope(&app, allowed.project_id).await?;
    let costs = app.analytics.permit().await?.friction_costs(&scope, MAX_ITEMS).await?;
    Ok(Json(CostList::new(scope.period, costs, limit)))
}
