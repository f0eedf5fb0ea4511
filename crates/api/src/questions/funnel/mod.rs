//! `POST /api/projects/{project_id}/funnel`.

mod answer;
mod request;

use std::sync::Arc;

use axum::extract::State;
use domain::crm::RuleSet;

use self::answer::FunnelFigures;
use self::request::FunnelRequest;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json};
use crate::state::App;

/// How many visitors or sessions get from one step to the next?
///
/// It changes nothing; the body is for the steps. Every event lies in the period, also of a later step.
///
/// A unit's attempt begins with an event of the first step and takes one event for each step, each after the one before,
/// the last at most `window_seconds` after the first; an event counts for one step only. Equal instants go by `seq`, then
/// by the instant of receipt, then by the earliest step that they match. Of several attempts the one that gets furthest
/// counts, the earliest where several do. `strict`: the steps follow each other directly among page views and events that
/// match any step. `any`: an attempt begins with an event of any step, and step n is reached by the event by which n
/// different steps have happened, whichever they are.
///
/// An event without a visitor belongs to the visitor that its session names last, else to its session; one with neither
/// is counted in `unattributed_events` only. Of a unit with more than 100,000 events the first ones count. `breakdown` is
/// the value of the attempt's first event.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/funnel", tag = "Questions", operation_id = "funnel",
    params(("project_id" = uuid::Uuid, Path)),
    request_body = FunnelRequest,
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = FunnelFigures), Analyst, Unprocessable),
)]
pub(super) async fn funnel(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Json(request): Json<FunnelRequest>,
) -> Result<Json<FunnelFigures>, Error> {
    let rules = if request.needs_rules() {
        app.goals.rules(allowed.project_id).await?
    } else {
        RuleSet::default()
    };
    let (query, funnel) = request.read(&Arc::new(rules))?;
    let scope = query.scope(&app, allowed.project_id).await?;
    let answer = app.analytics.permit().await?.funnel(&scope, &funnel).await?;
    Ok(Json(FunnelFigures::new(scope.period, &funnel, answer)))
}
