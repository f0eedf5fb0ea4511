//! `/api/projects/{project_id}/billing/adjustments`: what came too late for its month.

use axum::extract::State;
use engine::ports::catalog::Adjustment;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::amounts::Figures;
use crate::error::Error;
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Rows of a list, unless asked otherwise.
const DEFAULT_LIMIT: u32 = 50;

/// Which adjustments.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct AdjustmentsQuery {
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Adjustments, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Adjustments {
    adjustments: Vec<AdjustmentAnswer>,
    /// Give it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// The difference that a late fact makes to a call of a closed month.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Adjustment)]
pub(super) struct AdjustmentAnswer {
    /// The closed month the call began in.
    month: String,
    widget_id: Uuid,
    session_id: String,
    /// When the call began.
    #[schema(format = DateTime)]
    started_at: String,
    /// When the fact that made the difference was received.
    #[schema(format = DateTime)]
    noted_at: String,
    /// `late_call`, `late_end`, `real_end_supersedes_inferred`, `inferred_end` or `late_evidence`.
    reason: &'static str,
    /// The event that now says when the call ended; its start while it has no end.
    event_id: Uuid,
    #[serde(flatten)]
    difference: Figures,
}

fn answer(adjustment: Adjustment, currency: Option<&domain::money::Currency>) -> AdjustmentAnswer {
    AdjustmentAnswer {
        month: adjustment.month.to_string(),
        widget_id: adjustment.widget_id.0,
        session_id: adjustment.session_id,
        started_at: adjustment.started_at.to_rfc3339(),
        noted_at: adjustment.noted_at.to_rfc3339(),
        reason: adjustment.reason.as_str(),
        event_id: adjustment.event_id.0,
        difference: Figures::new(adjustment.difference, currency),
    }
}

/// The adjustments of closed months.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/billing/adjustments", tag = "Billing", operation_id = "billing_adjustments",
    params(("project_id" = Uuid, Path), AdjustmentsQuery),
    responses((status = 200, body = Adjustments), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<AdjustmentsQuery>,
) -> Result<Json<Adjustments>, Error> {
    let project = allowed.project_id;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000);
    let after = query.cursor.map(|cursor| cursor.parse()).transpose();
    let after = after.map_err(|_| Error::invalid("cursor", "cursor is not one of ours"))?;
    let rows = app.billing.adjustments(project, after, limit).await?;
    let tariff = app.billing.tariff(project).await?;
    let currency = tariff.as_ref().map(|tariff| &tariff.currency);
    let is_full = rows.len() == limit as usize;
    let next_cursor = rows.last().filter(|_| is_full).map(|last| last.cursor().to_string());
    let adjustments = rows.into_iter().map(|row| answer(row, currency)).collect();
    Ok(Json(Adjustments { adjustments, next_cursor }))
}
