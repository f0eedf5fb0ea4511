//! `/api/projects/{project_id}/widgets`.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::id::WidgetId;
use domain::widget::WidgetKind;
use engine::ports::catalog::Widget;
use engine::widgets::{NewWidget, WidgetEdit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::error::{Error, Unprocessable};
use crate::extract::{Admin, Json, Viewer};
use crate::state::App;

/// A call widget.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Widget)]
pub(crate) struct WidgetAnswer {
    /// What the widget sends as `widget_id`.
    id: Uuid,
    name: String,
    /// `inline`, `floating` or `page`.
    kind: &'static str,
    /// Domains of the pages that may embed it; empty: all.
    allowed_domains: Vec<String>,
    is_active: bool,
    /// For demonstration: its events are answered and not stored.
    is_demo: bool,
    #[schema(format = DateTime)]
    created_at: String,
}

/// A project's widgets, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WidgetList {
    widgets: Vec<WidgetAnswer>,
}

/// A widget to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewWidget)]
pub(crate) struct NewWidgetRequest {
    /// 1 to 100 characters.
    name: String,
    /// `inline`, `floating` or `page`.
    kind: String,
    /// `example.com`, `*.example.com`, `localhost:3000`; empty: all.
    #[serde(default)]
    allowed_domains: Vec<String>,
    /// Shown only; false by default.
    #[serde(default)]
    is_demo: bool,
}

/// What to change of a widget; fields left out stay as they are.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WidgetChange)]
pub(crate) struct WidgetChangeRequest {
    name: Option<String>,
    /// `inline`, `floating` or `page`.
    kind: Option<String>,
    allowed_domains: Option<Vec<String>>,
    is_active: Option<bool>,
    is_demo: Option<bool>,
}

impl From<Widget> for WidgetAnswer {
    fn from(widget: Widget) -> Self {
        Self {
            id: widget.id.0,
            name: widget.name,
            kind: widget.kind.as_str(),
            allowed_domains: widget.allowed_domains.into_iter().map(Into::into).collect(),
            is_active: widget.is_active,
            is_demo: widget.is_demo,
            created_at: widget.created_at.to_rfc3339(),
        }
    }
}

/// The ids of a widget's path.
#[derive(Debug, Deserialize)]
pub(super) struct WidgetPath {
    widget_id: String,
}

impl WidgetPath {
    fn id(&self) -> Result<WidgetId, Error> {
        self.widget_id.parse().map_err(|_| engine::Error::NotFound("widget").into())
    }
}

fn read_kind(text: &str) -> Result<WidgetKind, Error> {
    WidgetKind::parse(text).ok_or_else(|| {
        Error::not_allowed("kind", WidgetKind::ALL.into_iter().map(WidgetKind::as_str).collect())
    })
}

/// A project's call widgets.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/widgets", tag = "Widgets", operation_id = "widgets",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = WidgetList), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<WidgetList>, Error> {
    let widgets = app.widgets.list(allowed.project_id).await?;
    Ok(Json(WidgetList { widgets: widgets.into_iter().map(Into::into).collect() }))
}

/// Creates a call widget.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/widgets", tag = "Widgets", operation_id = "create_widget",
    params(("project_id" = Uuid, Path)), request_body = NewWidgetRequest,
    responses((status = 201, body = WidgetAnswer), Admin, Unprocessable),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn create(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(new): Json<NewWidgetRequest>,
) -> Result<(StatusCode, Json<WidgetAnswer>), Error> {
    let new = NewWidget {
        kind: read_kind(&new.kind)?,
        name: new.name,
        allowed_domains: new.allowed_domains,
        is_demo: new.is_demo,
    };
    let widget = app.widgets.create(allowed.project_id, new).await?;
    Ok((StatusCode::CREATED, Json(widget.into())))
}

/// Changes a call widget, with immediate effect.
#[utoipa::path(
    patch, path = "/api/projects/{project_id}/widgets/{widget_id}", tag = "Widgets", operation_id = "change_widget",
    params(("project_id" = Uuid, Path), ("widget_id" = Uuid, Path)), request_body = WidgetChangeRequest,
    responses((status = 200, body = WidgetAnswer), Admin, Unprocessable),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn change(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<WidgetPath>,
    Json(change): Json<WidgetChangeRequest>,
) -> Result<Json<WidgetAnswer>, Error> {
    let change = WidgetEdit {
        kind: change.kind.as_deref().map(read_kind).transpose()?,
        name: change.name,
        allowed_domains: change.allowed_domains,
        is_active: change.is_active,
        is_demo: change.is_demo,
    };
    let widget = app.widgets.change(allowed.project_id, path.id()?, change).await?;
    Ok(Json(widget.into()))
}

/// Deletes a call widget. Its events and calls stay.
#[utoipa::path(
    delete, path = "/api/projects/{project_id}/widgets/{widget_id}", tag = "Widgets", operation_id = "delete_widget",
    params(("project_id" = Uuid, Path), ("widget_id" = Uuid, Path)),
    responses((status = 204), Admin),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn delete(
    State(app): State<App>,
    Admin(allowed): Admin,
    Path(path): Path<WidgetPath>,
) -> Result<StatusCode, Error> {
    app.widgets.delete(allowed.project_id, path.id()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
