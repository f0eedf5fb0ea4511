//! `/api/projects/{project_id}/source-maps`.

mod body;

use axum::Extension;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use domain::id::SourceMapId;
use engine::ports::catalog::{Actor, SourceMap};
use engine::source_maps::SourceMapName;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::audit::AuditContext;
use crate::cursor;
use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Analyst, Json, Query};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "source-maps";
/// Maps of a page, unless the request names a number.
const DEFAULT_LIMIT: u32 = 50;

/// A source map. Its contents leave the server in no answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SourceMap)]
pub(crate) struct SourceMapAnswer {
    id: Uuid,
    /// The script's address; with `~` for its host, that path on any host.
    url: String,
    /// The release it is of.
    release: Option<String>,
    /// Bytes of JSON.
    size_bytes: u64,
    /// When it was uploaded first.
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was uploaded last.
    #[schema(format = DateTime)]
    uploaded_at: String,
    /// The member who uploaded it last; null for a program.
    uploaded_by: Option<Uuid>,
}

/// Source maps, those uploaded last first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SourceMapList {
    source_maps: Vec<SourceMapAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// Which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SourceMapsQuery {
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The script of an uploaded map.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NewSourceMapQuery {
    /// The script's address as stacks name it, such as `https://shop.example/assets/app.js`, or its path on any host,
    /// such as `~/assets/app.js`. Query and fragment do not count.
    url: String,
    /// The release it is of, up to 200 characters. Where a release annotation has this text, errors after that release
    /// are resolved by this map; else by the one uploaded last before them.
    release: Option<String>,
}

impl From<SourceMap> for SourceMapAnswer {
    fn from(map: SourceMap) -> Self {
        Self {
            id: map.id.0,
            url: map.address,
            release: map.release,
            size_bytes: map.size_bytes,
            created_at: map.created_at.to_rfc3339(),
            uploaded_at: map.uploaded_at.to_rfc3339(),
            uploaded_by: map.uploaded_by.map(|member| member.0),
        }
    }
}

/// The id of a map's path.
#[derive(Debug, Deserialize)]
pub(super) struct SourceMapPath {
    source_map_id: String,
}

impl SourceMapPath {
    fn id(&self) -> Result<SourceMapId, Error> {
        self.source_map_id.parse().map_err(|_| engine::Error::NotFound("source map").into())
    }
}

/// Stores a source map, which is the body: version 3, with or without sections, up to 32 MiB. What builds the site can do
/// it with a secret key. The same map of the same script and release is stored once. A project has 5,000 maps or 2 GiB;
/// those that have not been uploaded for 7 days make room for new ones.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/source-maps", tag = "Errors", operation_id = "upload_source_map",
    params(("project_id" = Uuid, Path), NewSourceMapQuery),
    request_body(content = Object, content_type = "application/json"),
    responses(
        (status = 201, body = SourceMapAnswer),
        (status = 200, body = SourceMapAnswer, description = "It is stored already"),
        Analyst, Unprocessable,
        (status = 413, body = Problem, description = "Larger than 32 MiB"),
    ),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn upload(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Extension(actor): Extension<Actor>,
    trail: AuditContext,
    Query(query): Query<NewSourceMapQuery>,
    request: Request,
) -> Result<(StatusCode, Json<SourceMapAnswer>), Error> {
    let (content, _reservation) = body::read(&app, request).await?;
    let name = SourceMapName { url: &query.url, release: query.release.as_deref() };
    let by = actor.member();
    let (stored, is_new) = app.source_maps.upload(allowed.project_id, name, content, by).await?;
    trail.set_target(&stored.id);
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(stored.into())))
}

/// The source maps of a project.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/source-maps", tag = "Errors", operation_id = "source_maps",
    params(("project_id" = Uuid, Path), SourceMapsQuery),
    responses((status = 200, body = SourceMapList), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<SourceMapsQuery>,
) -> Result<Json<SourceMapList>, Error> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000);
    let after = cursor::read(LIST, query.cursor.as_deref())?;
    let found = app.source_maps.list(allowed.project_id, after, limit).await?;
    let next_cursor = cursor::next(LIST, &found, limit, |last| (last.uploaded_at, last.id))?;
    Ok(Json(SourceMapList {
        source_maps: found.into_iter().map(Into::into).collect(),
        next_cursor,
    }))
}

/// Deletes a source map.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/source-maps/{source_map_id}", tag = "Errors",
    operation_id = "delete_source_map",
    params(("project_id" = Uuid, Path), ("source_map_id" = Uuid, Path)),
    responses((status = 204), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn delete(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<SourceMapPath>,
) -> Result<StatusCode, Error> {
    app.source_maps.delete(allowed.project_id, path.id()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
