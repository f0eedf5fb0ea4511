//! `GET /api/projects/{project_id}/goal-conversions`: how often goals are reached.

use axum::extract::State;
use domain::question::goals::{GoalCount, GoalFigures};
use engine::ports::catalog::Goal;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::scope::{PeriodAnswer, ScopeQuery};
use crate::admin::Amount;
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// How often the project's goals are reached, the first made first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GoalOverview {
    period: PeriodAnswer,
    /// Visits that the filters choose: rates are of them.
    sessions: u64,
    /// In the period it is compared with.
    previous_sessions: u64,
    goals: Vec<GoalConversion>,
}

/// How often one goal is reached.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GoalConversion {
    goal_id: Uuid,
    name: String,
    totals: GoalTotals,
    /// Over the period it is compared with.
    previous: GoalTotals,
    /// Times in the period that name no visit, such as orders that a server reported by the customer alone: they are in
    /// no figure.
    unattributed_conversions: u64,
}

/// How often a goal is reached.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GoalTotals {
    /// Times; orders and bookings each once by its id.
    conversions: u64,
    /// Visits in which it is reached at least once.
    converting_sessions: u64,
    /// The worth of that, one amount for each currency: by the goal's own value, else by the amounts of orders and bookings.
    value: Vec<Amount>,
}

impl From<GoalFigures> for GoalTotals {
    fn from(figures: GoalFigures) -> Self {
        Self {
            conversions: figures.conversions,
            converting_sessions: figures.converting_sessions,
            value: figures.value.into_iter().map(Into::into).collect(),
        }
    }
}

impl GoalConversion {
    fn new(goal: Goal, count: GoalCount) -> Self {
        Self {
            goal_id: goal.id.0,
            name: goal.settings.name,
            totals: count.current.into(),
            previous: count.previous.into(),
            unattributed_conversions: count.unattributed,
        }
    }
}

/// How often the project's goals are reached, against the period before.
///
/// Filters choose whole visits: those with an event that meets them. Friction reaches no goal. A goal of a stage is reached
/// by customer events by which the rules in force give this lead status, whatever status the contact had before; what
/// members change by hand is no event.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/goal-conversions", tag = "Questions", operation_id = "goal_conversions",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = GoalOverview), Viewer, Unprocessable),
)]
pub(super) async fn goal_conversions(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
) -> Result<Json<GoalOverview>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let goals = app.goals.list(allowed.project_id).await?;
    let wanted = app.goals.question(allowed.project_id, &goals).await?;
    let answer = app.analytics.permit().await?.goals(&scope, &wanted).await?;
    let counted = goals.into_iter().zip(answer.goals);
    Ok(Json(GoalOverview {
        period: scope.period.into(),
        sessions: answer.sessions,
        previous_sessions: answer.previous_sessions,
        goals: counted.map(|(goal, count)| GoalConversion::new(goal, count)).collect(),
    }))
}
