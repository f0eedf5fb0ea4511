//! `POST /api/projects/{project_id}/lead-weights/dry-run`.

use axum::extract::State;
use domain::score::Weights;
use engine::lead_scores::WeightsDryRun;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json};
use crate::state::App;

/// Weights to try.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WeightsToTry {
    /// As they would be set.
    #[schema(value_type = Object)]
    weights: Weights,
}

/// Scores of now by the weights in force and by those that are tried.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WeightsDryRun)]
pub(super) struct WeightsDryRunAnswer {
    /// Customers compared: those with the highest scores, 5,000 at most.
    customers: u64,
    /// Whether these are all that have a score.
    is_complete: bool,
    /// Customers whose score would differ.
    changed: u64,
    /// Customers by score: 0 to 9, 10 to 19, … 90 to 100.
    bars: Vec<ScoreBar>,
    /// Those whose scores would differ most, 10 at most.
    movers: Vec<ScoreMove>,
}

/// Customers whose scores lie within ten points.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ScoreBar {
    /// The lowest score.
    from: usize,
    /// By the weights in force.
    before: u64,
    /// By those that are tried.
    after: u64,
}

/// A customer whose score would differ.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ScoreMove {
    user_id: String,
    email: Option<String>,
    name: Option<String>,
    /// By the weights in force.
    before: u8,
    /// By those that are tried.
    after: u8,
}

impl From<WeightsDryRun> for WeightsDryRunAnswer {
    fn from(WeightsDryRun { compared, mut names, is_complete }: WeightsDryRun) -> Self {
        let bars = compared.before.into_iter().zip(compared.after).enumerate();
        let movers = compared.movers.into_iter().map(|mover| {
            let row = names.remove(&mover.user_id);
            let (email, name) = row.map_or((None, None), |row| (row.email, row.name));
            ScoreMove {
                user_id: mover.user_id,
                email,
                name,
                before: mover.before,
                after: mover.after,
            }
        });
        Self {
            customers: compared.customers,
            is_complete,
            changed: compared.changed,
            movers: movers.collect(),
            bars: bars
                .map(|(index, (before, after))| ScoreBar { from: index * 10, before, after })
                .collect(),
        }
    }
}

/// Scores customers of now by other weights and by the ones in force. Nothing is changed.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/lead-weights/dry-run", tag = "Questions",
    operation_id = "dry_run_lead_weights",
    params(("project_id" = uuid::Uuid, Path)), request_body = WeightsToTry,
    responses((status = 200, body = WeightsDryRunAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn dry_run(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Json(tried): Json<WeightsToTry>,
) -> Result<Json<WeightsDryRunAnswer>, Error> {
    Ok(Json(app.leads.dry_run_weights(allowed.project_id, tried.weights).await?.into()))
}
