//! `/api/projects/{project_id}/billing/adjustments`: what came too late for its month.

use axum::extract::State;
use domain::time::Timestamp;
use engine::ports::catalog::{Adjustment, AdjustmentCursor, RecordId};
use engine::ports::journal::Position;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::amounts::Figures;
use crate::cursor;
use crate::error::Error;
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "adjustments";
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
#[schema(as = Adjustments)]
pub(super) struct AdjustmentList {
    adjustments: Vec<AdjustmentAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
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
    /// The currency of the amount; null without a tariff.
    currency: Option<String>,
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
        currency: currency.map(|currency| currency.as_str().to_owned()),
    }
}

/// What a cursor holds: an [`AdjustmentCursor`]'s fields, the record's in its place.
type CursorRow = (Timestamp, Position, Option<Uuid>, Uuid, Timestamp);

fn cursor_row(last: &Adjustment) -> CursorRow {
    let RecordId { position, journal } = last.record;
    (last.noted_at, position, journal, last.session_key, last.started_at)
}

fn place((noted_at, position, journal, session_key, started_at): CursorRow) -> AdjustmentCursor {
    let record = RecordId { position, journal };
    AdjustmentCursor { noted_at, record, session_key, started_at }
}

/// The adjustments of closed months.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/billing/adjustments", tag = "Billing", operation_id = "billing_adjustments",
    params(("project_id" = Uuid, Path), AdjustmentsQuery),
    responses((status = 200, body = AdjustmentList), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<AdjustmentsQuery>,
) -> Result<Json<AdjustmentList>, Error> {
    let project = allowed.project_id;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000);
    let after = cursor::read(LIST, query.cursor.as_deref())?;
    let rows = app.billing.adjustments(project, after.map(place), limit).await?;
    let tariff = app.billing.tariff(project).await?;
    let currency = tariff.as_ref().map(|tariff| &tariff.currency);
    let next_cursor = cursor::next(LIST, &rows, limit, cursor_row)?;
    let adjustments = rows.into_iter().map(|row| answer(row, currency)).collect();
    Ok(Json(AdjustmentList { adjustments, next_cursor }))
}
