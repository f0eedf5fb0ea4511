//! `/api/projects/{project_id}/privacy/erasures`: receipts, and admitting a person again.

use axum::extract::{Path, State};
use domain::erasure::ErasureId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::receipt::ErasureAnswer;
use crate::cursor;
use crate::error::{Error, Problem};
use crate::extract::{Admin, Json, Query};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "erasures";
/// Receipts of a page, unless asked otherwise.
const DEFAULT_LIMIT: u32 = 50;

/// Which receipts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ErasureQuery {
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Receipts, latest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Erasures)]
pub(crate) struct ErasureList {
    erasures: Vec<ErasureAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// The id of a receipt's path.
#[derive(Debug, Deserialize)]
pub(super) struct ErasurePath {
    erasure_id: String,
}

impl ErasurePath {
    fn id(&self) -> Result<ErasureId, Error> {
        self.erasure_id.parse().map_err(|_| engine::Error::NotFound("erasure").into())
    }
}

/// A project's erasures.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/privacy/erasures", tag = "Privacy", operation_id = "erasures",
    params(("project_id" = Uuid, Path), ErasureQuery), extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = ErasureList), Admin),
)]
pub(super) async fn list(
    State(app): State<App>,
    Admin(allowed): Admin,
    Query(query): Query<ErasureQuery>,
) -> Result<Json<ErasureList>, Error> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000);
    let before = cursor::read(LIST, query.cursor.as_deref())?;
    let before = before.map(|(requested_at, id)| (requested_at, ErasureId(id)));
    let found = app.privacy.erasures(allowed.project_id, before, limit).await?;
    let next_cursor = cursor::next(LIST, &found, limit, |last| (last.requested_at, last.id.0))?;
    Ok(Json(ErasureList { erasures: found.into_iter().map(Into::into).collect(), next_cursor }))
}

/// One erasure's receipt.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/privacy/erasures/{erasure_id}", tag = "Privacy",
    operation_id = "erasure",
    params(("project_id" = Uuid, Path), ("erasure_id" = String, Path)),
    extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = ErasureAnswer), Admin),
)]
pub(super) async fn get(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<ErasurePath>,
) -> Result<Json<ErasureAnswer>, Error> {
    Ok(Json(app.privacy.erasure(allowed.project_id, path.id()?).await?.into()))
}

/// Admits the events of an erased person again, who has come back and consented anew. What was erased
/// stays so.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/privacy/erasures/{erasure_id}/suppression", tag = "Privacy",
    operation_id = "lift_erasure",
    params(("project_id" = Uuid, Path), ("erasure_id" = String, Path)),
    extensions(("x-role" = json!("admin"))),
    responses(
        (status = 200, body = ErasureAnswer), Admin,
        (status = 409, body = Problem, description = "The erasure is still in progress"),
    ),
)]
pub(super) async fn lift(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<ErasurePath>,
) -> Result<Json<ErasureAnswer>, Error> {
    Ok(Json(app.privacy.lift(allowed.project_id, path.id()?).await?.into()))
}
