//! `/api/projects/{project_id}/lead-scores`: how promising customers are, and why.

use axum::extract::{Path, State};
use domain::score::{Score, Weights};
use domain::time::Timestamp;
use engine::ports::catalog::{LeadScore, VersionedWeights};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::cursor;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Admin, Json, Query, Viewer};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "lead_scores";
/// Rows of a list that are asked for unless said otherwise.
const DEFAULT_LIMIT: u32 = 50;

/// A customer's score as of their latest signal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeadScore)]
pub(crate) struct LeadScoreAnswer {
    user_id: String,
    email: Option<String>,
    name: Option<String>,
    /// 0 to 100.
    score: u8,
    #[schema(format = DateTime)]
    as_of: String,
    /// What the function `calculate_lead_score` of the catalog's PostgreSQL gave; null where there is none.
    calculated_score: Option<f64>,
}

/// Customers, most promising first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeadScoreList {
    lead_scores: Vec<LeadScoreAnswer>,
    next_cursor: Option<String>,
}

/// A score with its reasons.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeadScoreExplained {
    user_id: String,
    /// 0 to 100: the rounded sum of engagement and fit.
    score: u8,
    /// Points for what the customer did.
    engagement: f64,
    /// Points for known facts about them.
    fit: f64,
    #[schema(format = DateTime)]
    as_of: String,
    groups: Vec<GroupAnswer>,
    /// The largest, largest first; 50 at most.
    contributions: Vec<ContributionAnswer>,
}

/// The points of one group of events.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GroupAnswer {
    /// `views`, `searches`, `contact_clicks`, `bookings` or `recency`.
    #[schema(value_type = String)]
    group: &'static str,
    events: usize,
    /// Their decayed weights.
    sum: f64,
    /// The points that count: the group's cap at most.
    points: f64,
}

/// The points of one event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContributionAnswer {
    event_id: Uuid,
    name: String,
    #[schema(value_type = String)]
    group: &'static str,
    /// Points of a fresh event.
    weight: f64,
    age_days: f64,
    /// Its share of the score.
    points: f64,
}

/// The weights of lead scores. The caps and the fit points add up to 100 at most.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LeadWeights {
    /// The number of their change; 0 stands for the default. A change names the version it replaces.
    version: u64,
    /// `half_life_days`, a `weight` and a `cap` for each of `views`, `searches`, `contact_clicks`,
    /// `bookings` and `recency`, and under `fit` the points of `known_email`, `known_phone` and
    /// `returning`.
    #[schema(value_type = Object)]
    weights: Weights,
}

impl From<LeadScore> for LeadScoreAnswer {
    fn from(row: LeadScore) -> Self {
        Self {
            user_id: row.user_id,
            email: row.email,
            name: row.name,
            score: row.score,
            as_of: row.as_of.to_rfc3339(),
            calculated_score: row.calculated,
        }
    }
}

impl From<VersionedWeights> for LeadWeights {
    fn from(stored: VersionedWeights) -> Self {
        Self { version: stored.version, weights: stored.weights }
    }
}

impl LeadScoreExplained {
    fn new(user_id: String, score: Score) -> Self {
        let groups = score.groups.into_iter().map(|group| GroupAnswer {
            group: group.group.as_str(),
            events: group.events,
            sum: group.sum,
            points: group.points,
        });
        let contributions = score.contributions.into_iter().map(|found| ContributionAnswer {
            event_id: found.event_id.0,
            name: found.name,
            group: found.group.as_str(),
            weight: found.weight,
            age_days: found.age_days,
            points: found.points,
        });
        Self {
            user_id,
            score: score.score,
            engagement: score.engagement,
            fit: score.fit,
            as_of: score.as_of.to_rfc3339(),
            groups: groups.collect(),
            contributions: contributions.collect(),
        }
    }
}

/// Which rows.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct LeadQuery {
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Whose score.
#[derive(Debug, Deserialize)]
pub(super) struct CustomerPath {
    user_id: String,
}

/// The customers with the highest scores.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/lead-scores", tag = "Customers", operation_id = "lead_scores",
    params(("project_id" = Uuid, Path), LeadQuery),
    responses((status = 200, body = LeadScoreList), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn highest(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<LeadQuery>,
) -> Result<Json<LeadScoreList>, Error> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000);
    let after = cursor::read(LIST, query.cursor.as_deref())?.map(place);
    let rows = app.leads.highest(allowed.project_id, after, limit).await?;
    let next_cursor = cursor::next(LIST, &rows, limit, |last| (last.score, last.user_id.clone()))?;
    Ok(Json(LeadScoreList { lead_scores: rows.into_iter().map(Into::into).collect(), next_cursor }))
}

/// The row that a cursor stands for, as far as the order of the list looks at it.
fn place((score, user_id): (u8, String)) -> LeadScore {
    LeadScore { user_id, email: None, name: None, score, as_of: Timestamp::EPOCH, calculated: None }
}

/// A customer's score now, with the events behind it.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/lead-scores/{user_id}", tag = "Customers", operation_id = "lead_score",
    params(("project_id" = Uuid, Path), ("user_id" = String, Path)),
    responses((status = 200, body = LeadScoreExplained), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn explain(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Path(path): Path<CustomerPath>,
) -> Result<Json<LeadScoreExplained>, Error> {
    let score = app.leads.explain(allowed.project_id, &path.user_id).await?;
    Ok(Json(LeadScoreExplained::new(path.user_id, score)))
}

/// The weights of lead scores.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/lead-weights", tag = "Customers", operation_id = "lead_weights",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = LeadWeights), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn weights(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<LeadWeights>, Error> {
    Ok(Json(app.leads.weights(allowed.project_id).await?.into()))
}

/// The weights of a project that has not changed them.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/default-lead-weights", tag = "Customers",
    operation_id = "default_lead_weights",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = LeadWeights), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn default_weights(_: Viewer) -> Json<LeadWeights> {
    Json(LeadWeights { version: 0, weights: Weights::default() })
}

/// Replaces the weights of lead scores. `version` is the one that is replaced.
#[utoipa::path(
    put, path = "/api/projects/{project_id}/lead-weights", tag = "Customers", operation_id = "set_lead_weights",
    params(("project_id" = Uuid, Path)), request_body = LeadWeights,
    responses(
        (status = 200, body = LeadWeights), Admin, Unprocessable,
        (status = 409, body = Problem, description = "Changed since it was loaded; load it again"),
    ),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn set_weights(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(change): Json<LeadWeights>,
) -> Result<Json<LeadWeights>, Error> {
    let stored = app.leads.set_weights(allowed.project_id, change.weights, change.version).await?;
    Ok(Json(stored.into()))
}
