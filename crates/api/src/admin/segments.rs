//! `/api/projects/{project_id}/segments`.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::id::{MemberId, SegmentId};
use domain::question::write_filters;
use engine::ports::catalog::{Actor, Segment, SegmentPatch};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::audit::AuditContext;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, AskingMember, Json, Viewer};
use crate::questions::read_text;
use crate::state::App;

/// Filters under a name.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Segment)]
pub(crate) struct SegmentAnswer {
    id: Uuid,
    name: String,
    /// As the parameter `filters` of questions.
    filters: String,
    /// All members of the project see it; otherwise its author alone.
    is_shared: bool,
    /// The member who asks saved it.
    is_own: bool,
    author_id: Uuid,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

/// Segments by name: the shared ones and one's own.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SegmentList {
    segments: Vec<SegmentAnswer>,
}

/// A segment to save.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewSegment)]
pub(crate) struct NewSegmentRequest {
    /// 1 to 100 characters in one line, such as `Mobile visitors from campaigns`.
    name: String,
    /// As the parameter `filters` of questions, one filter or more.
    filters: String,
    /// All members of the project see it; false by default.
    #[serde(default)]
    is_shared: bool,
}

/// Changes of a segment; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SegmentChange)]
pub(crate) struct SegmentChangeRequest {
    /// 1 to 100 characters in one line.
    name: Option<String>,
    /// As the parameter `filters` of questions, one filter or more.
    filters: Option<String>,
    /// All members of the project see it.
    is_shared: Option<bool>,
}

impl SegmentAnswer {
    fn new(segment: Segment, member: Option<MemberId>) -> Self {
        Self {
            id: segment.id.0,
            name: segment.name,
            filters: write_filters(&segment.filters),
            is_shared: segment.is_shared,
            is_own: member == Some(segment.author_id),
            author_id: segment.author_id.0,
            created_at: segment.created_at.to_rfc3339(),
            updated_at: segment.updated_at.to_rfc3339(),
        }
    }
}

/// The ids of a segment's path.
#[derive(Debug, Deserialize)]
pub(super) struct SegmentPath {
    segment_id: String,
}

impl SegmentPath {
    fn id(&self) -> Result<SegmentId, Error> {
        self.segment_id.parse().map_err(|_| engine::Error::NotFound("segment").into())
    }
}

/// Segments: the shared ones, and the member's own.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/segments", tag = "Segments", operation_id = "segments",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = SegmentList), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Extension(actor): Extension<Actor>,
) -> Result<Json<SegmentList>, Error> {
    let member = actor.member();
    let found = app.segments.list(allowed.project_id, member).await?;
    let segments = found.into_iter().map(|segment| SegmentAnswer::new(segment, member)).collect();
    Ok(Json(SegmentList { segments }))
}

/// Saves filters as a segment.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/segments", tag = "Segments", operation_id = "create_segment",
    params(("project_id" = Uuid, Path)), request_body = NewSegmentRequest,
    responses((status = 201, body = SegmentAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn create(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    trail: AuditContext,
    Json(new): Json<NewSegmentRequest>,
) -> Result<(StatusCode, Json<SegmentAnswer>), Error> {
    let filters = read_text("filters", &new.filters)?;
    let project = allowed.project_id;
    let made = app.segments.create(project, author, &new.name, filters, new.is_shared).await?;
    trail.set_target(&made.id.to_string());
    Ok((StatusCode::CREATED, Json(SegmentAnswer::new(made, Some(author)))))
}

/// Changes a segment of one's own.
#[utoipa::path(
    patch, path = "/api/projects/{project_id}/segments/{segment_id}", tag = "Segments",
    operation_id = "change_segment",
    params(("project_id" = Uuid, Path), ("segment_id" = Uuid, Path)), request_body = SegmentChangeRequest,
    responses((status = 200, body = SegmentAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn change(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    Path(path): Path<SegmentPath>,
    Json(change): Json<SegmentChangeRequest>,
) -> Result<Json<SegmentAnswer>, Error> {
    let filters = change.filters.map(|text| read_text("filters", &text)).transpose()?;
    let changes = SegmentPatch { name: change.name, filters, is_shared: change.is_shared };
    let segment = app.segments.change(allowed.project_id, path.id()?, author, changes).await?;
    Ok(Json(SegmentAnswer::new(segment, Some(author))))
}

/// Deletes a segment of one's own; an admin deletes any.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/segments/{segment_id}", tag = "Segments",
    operation_id = "delete_segment",
    params(("project_id" = Uuid, Path), ("segment_id" = Uuid, Path)),
    responses((status = 204), Analyst),
    extensions(("x-role" = json!("analyst, members only"))),
)]
pub(super) async fn delete(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    AskingMember(author): AskingMember,
    Path(path): Path<SegmentPath>,
) -> Result<StatusCode, Error> {
    app.segments.delete(allowed.project_id, path.id()?, author, allowed.role).await?;
    Ok(StatusCode::NO_CONTENT)
}
