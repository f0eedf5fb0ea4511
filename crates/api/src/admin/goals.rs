//! `/api/projects/{project_id}/goals`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::goal::{GoalKind, GoalMatcher, GoalSettings};
use domain::id::GoalId;
use domain::money::{Currency, Money};
use engine::ports::catalog::Goal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Amount;
use crate::audit::AuditContext;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Analyst, Json, Viewer};
use crate::state::App;

/// Something the project's owner wants visitors to do.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Goal)]
pub(crate) struct GoalAnswer {
    id: Uuid,
    /// The number of its change; a change names the version it replaces.
    version: u64,
    name: String,
    /// `page`, `event`, `click`, `order`, `booking` or `stage`.
    kind: &'static str,
    /// A page's path (`/rooms/*`: all that begin so), an event's name, an element's selector or a stage; empty for orders
    /// and bookings.
    target: String,
    /// The worth of each time; null: orders and bookings their amounts, anything else nothing.
    value: Option<Amount>,
    #[schema(format = DateTime)]
    created_at: String,
}

/// A project's goals, the first made first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GoalList {
    goals: Vec<GoalAnswer>,
}

/// A goal to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewGoal {
    /// 1 to 100 characters.
    name: String,
    /// It is reached by: `page` (a view of it), `event` (of a name), `click` (on an element), `order`, `booking`, or `stage`
    /// (an event by which the rules give a contact this lead status).
    kind: String,
    /// A page's path (`/rooms/*`: all that begin so), an event's name, an element's selector or a stage, 2,048 bytes at
    /// most; none for orders and bookings.
    #[serde(default)]
    target: String,
    /// The worth of each time; none: orders and bookings their amounts, anything else nothing.
    value: Option<GoalValue>,
}

/// A goal's replacement.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GoalChange {
    /// The one that is replaced.
    version: u64,
    /// 1 to 100 characters.
    name: String,
    /// `page`, `event`, `click`, `order`, `booking` or `stage`.
    kind: String,
    /// As of a new goal.
    #[serde(default)]
    target: String,
    /// As of a new goal; left out: none.
    value: Option<GoalValue>,
}

/// An amount of money.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GoalValue {
    /// In major units, 0 or more.
    amount: f64,
    /// ISO 4217, such as `TZS`.
    currency: String,
}

impl From<Goal> for GoalAnswer {
    fn from(goal: Goal) -> Self {
        let GoalSettings { name, matcher, value } = goal.settings;
        Self {
            id: goal.id.0,
            version: goal.version,
            name,
            kind: matcher.kind().as_str(),
            target: matcher.target(),
            value: value.map(Into::into),
            created_at: goal.created_at.to_rfc3339(),
        }
    }
}

fn settings(
    name: String,
    kind: &str,
    target: &str,
    value: Option<GoalValue>,
) -> Result<GoalSettings, Error> {
    let names = || GoalKind::ALL.map(GoalKind::as_str).to_vec();
    let kind = GoalKind::parse(kind).ok_or_else(|| Error::not_allowed("kind", names()))?;
    let matcher = GoalMatcher::parse(kind, target)
        .map_err(|error| engine::Error::invalid("target", format!("target {error}")))?;
    let value = value.map(GoalValue::read).transpose()?;
    Ok(GoalSettings { name, matcher, value })
}

impl GoalValue {
    fn read(self) -> Result<Money, Error> {
        let invalid = |field: &'static str, error: domain::money::InvalidMoney| {
            engine::Error::invalid(field, error.to_string())
        };
        let currency =
            Currency::parse(&self.currency).map_err(|error| invalid("value.currency", error))?;
        Ok(Money::from_major(self.amount, currency)
            .map_err(|error| invalid("value.amount", error))?)
    }
}

/// The ids of a goal's path.
#[derive(Debug, Deserialize)]
pub(super) struct GoalPath {
    goal_id: String,
}

impl GoalPath {
    fn id(&self) -> Result<GoalId, Error> {
        self.goal_id.parse().map_err(|_| engine::Error::NotFound("goal").into())
    }
}

/// A project's goals.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/goals", tag = "Projects", operation_id = "goals",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = GoalList), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<GoalList>, Error> {
    let goals = app.goals.list(allowed.project_id).await?;
    Ok(Json(GoalList { goals: goals.into_iter().map(Into::into).collect() }))
}

/// Makes a goal; a project has 20 at most. It is counted in what has happened, too.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/goals", tag = "Projects", operation_id = "create_goal",
    params(("project_id" = Uuid, Path)), request_body = NewGoal,
    responses((status = 201, body = GoalAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn create(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    trail: AuditContext,
    Json(new): Json<NewGoal>,
) -> Result<(StatusCode, Json<GoalAnswer>), Error> {
    let NewGoal { name, kind, target, value } = new;
    let settings = settings(name, &kind, &target, value)?;
    let made = app.goals.create(allowed.project_id, settings).await?;
    trail.set_target(&made.id.to_string());
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Replaces a goal. `version` is the one that is replaced.
#[utoipa::path(
    put, path = "/api/projects/{project_id}/goals/{goal_id}", tag = "Projects", operation_id = "change_goal",
    params(("project_id" = Uuid, Path), ("goal_id" = Uuid, Path)), request_body = GoalChange,
    responses(
        (status = 200, body = GoalAnswer), Analyst, Unprocessable,
        (status = 409, body = Problem, description = "Changed since it was loaded; load it again"),
    ),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn change(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<GoalPath>,
    Json(change): Json<GoalChange>,
) -> Result<Json<GoalAnswer>, Error> {
    let GoalChange { version, name, kind, target, value } = change;
    let id = path.id()?;
    let settings = settings(name, &kind, &target, value)?;
    let changed = app.goals.replace(allowed.project_id, id, settings, version).await?;
    Ok(Json(changed.into()))
}

/// Deletes a goal. Events that reached it stay.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/goals/{goal_id}", tag = "Projects", operation_id = "delete_goal",
    params(("project_id" = Uuid, Path), ("goal_id" = Uuid, Path)),
    responses((status = 204), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn delete(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<GoalPath>,
) -> Result<StatusCode, Error> {
    app.goals.delete(allowed.project_id, path.id()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
