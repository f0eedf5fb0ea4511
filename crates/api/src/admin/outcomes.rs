//! `GET /api/projects/{project_id}/outcomes`: what became of everything received.

use std::collections::BTreeMap;

use axum::extract::State;
use domain::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Error;
use crate::extract::{Json, Query, Viewer};
use crate::questions::{PeriodQuery, local_period};
use crate::state::App;

/// The account: `received` is the sum of the others, to the unit.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Outcomes)]
pub(crate) struct OutcomeReport {
    received: u64,
    accepted: u64,
    duplicate: u64,
    refused: Vec<RejectedCount>,
    /// The IANA time zone of its days: the project's. Days counted before the zone was changed stay as they were.
    time_zone: &'static str,
    /// By date of receipt; days on which nothing came are left out.
    days: Vec<OutcomeDay>,
}

/// Items refused for one reason.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RefusedCount)]
pub(crate) struct RejectedCount {
    reason: String,
    count: u64,
}

/// The account of one day.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct OutcomeDay {
    /// `2026-11-21`
    #[schema(format = Date)]
    day: String,
    accepted: u64,
    duplicate: u64,
    refused: u64,
}

/// The outcomes of everything received, over whole days of the project's time zone.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/outcomes", tag = "Events", operation_id = "outcomes",
    params(("project_id" = uuid::Uuid, Path), PeriodQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = OutcomeReport), Viewer),
)]
pub(super) async fn outcomes(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<PeriodQuery>,
) -> Result<Json<OutcomeReport>, Error> {
    let period = local_period(&query, &app, allowed.project_id).await?;
    let zone = period.zone();
    let (first, last) = (zone.day(period.from()), zone.day(period.to().plus_micros(-1)));
    let rows = app.failed_events.outcomes(allowed.project_id, first, last).await?;
    let mut answer = OutcomeReport { time_zone: zone.name(), ..OutcomeReport::default() };
    let mut days: BTreeMap<i32, OutcomeDay> = BTreeMap::new();
    let mut refused: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows {
        let day = days.entry(row.day).or_default();
        answer.received += row.count;
        match row.outcome.as_str() {
            "accepted" => {
                answer.accepted += row.count;
                day.accepted += row.count;
            }
            "duplicate" => {
                answer.duplicate += row.count;
                day.duplicate += row.count;
            }
            _ => {
                day.refused += row.count;
                *refused.entry(row.reason).or_default() += row.count;
            }
        }
    }
    answer.refused =
        refused.into_iter().map(|(reason, count)| RejectedCount { reason, count }).collect();
    answer.days = days
        .into_iter()
        .map(|(number, day)| OutcomeDay { day: Timestamp::date_of_day(number), ..day })
        .collect();
    Ok(Json(answer))
}
