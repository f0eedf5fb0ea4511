//! `/api/projects/{project_id}/annotations`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::annotation::AnnotationKind;
use domain::id::AnnotationId;
use domain::time::Timestamp;
use engine::ports::catalog::Annotation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::audit::AuditContext;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json, Query, Viewer};
use crate::questions::{PeriodQuery, period};
use crate::state::App;

/// A note on the time line, which charts show.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Annotation)]
pub(crate) struct AnnotationAnswer {
    id: Uuid,
    /// `note` or `release`.
    kind: &'static str,
    text: String,
    #[schema(format = DateTime)]
    at: String,
    #[schema(format = DateTime)]
    created_at: String,
}

/// Notes of a period, the latest first, at most 500.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AnnotationList {
    annotations: Vec<AnnotationAnswer>,
}

/// A note to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewAnnotation)]
pub(crate) struct NewAnnotationRequest {
    /// 1 to 200 characters in one line, such as `Release 4.2` or `Radio campaign`.
    text: String,
    /// `note` (default) or `release`.
    kind: Option<String>,
    /// RFC 3339 or milliseconds; now by default.
    at: Option<String>,
}

impl From<Annotation> for AnnotationAnswer {
    fn from(annotation: Annotation) -> Self {
        Self {
            id: annotation.id.0,
            kind: annotation.kind.as_str(),
            text: annotation.text,
            at: annotation.occurred_at.to_rfc3339(),
            created_at: annotation.created_at.to_rfc3339(),
        }
    }
}

/// The ids of a note's path.
#[derive(Debug, Deserialize)]
pub(super) struct AnnotationPath {
    annotation_id: String,
}

impl AnnotationPath {
    fn id(&self) -> Result<AnnotationId, Error> {
        self.annotation_id.parse().map_err(|_| engine::Error::NotFound("annotation").into())
    }
}

fn read_kind(text: &str) -> Result<AnnotationKind, Error> {
    let names = || AnnotationKind::ALL.into_iter().map(AnnotationKind::as_str).collect();
    AnnotationKind::parse(text).ok_or_else(|| Error::not_allowed("kind", names()))
}

/// Notes of a period: releases, campaigns, outages.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/annotations", tag = "Projects", operation_id = "annotations",
    params(("project_id" = Uuid, Path), PeriodQuery),
    responses((status = 200, body = AnnotationList), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<PeriodQuery>,
) -> Result<Json<AnnotationList>, Error> {
    let period = period(&query, app.clock.now())?;
    let found = app.annotations.list(allowed.project_id, period.from(), period.to()).await?;
    Ok(Json(AnnotationList { annotations: found.into_iter().map(Into::into).collect() }))
}

/// Makes a note; what releases the site can do it with a secret key.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/annotations", tag = "Projects", operation_id = "create_annotation",
    params(("project_id" = Uuid, Path)), request_body = NewAnnotationRequest,
    responses((status = 201, body = AnnotationAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn create(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    trail: AuditContext,
    Json(new): Json<NewAnnotationRequest>,
) -> Result<(StatusCode, Json<AnnotationAnswer>), Error> {
    let kind = new.kind.as_deref().map_or(Ok(AnnotationKind::Note), read_kind)?;
    let read = |text: &str| {
        Timestamp::parse(text).map_err(|error| Error::invalid("at", format!("at is {error}")))
    };
    let at = new.at.as_deref().map(read).transpose()?;
    let made = app.annotations.create(allowed.project_id, kind, &new.text, at).await?;
    trail.set_target(&made.id.to_string());
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Deletes a note.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/annotations/{annotation_id}", tag = "Projects",
    operation_id = "delete_annotation",
    params(("project_id" = Uuid, Path), ("annotation_id" = Uuid, Path)),
    responses((status = 204), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn delete(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<AnnotationPath>,
) -> Result<StatusCode, Error> {
    app.annotations.delete(allowed.project_id, path.id()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
