//! `GET /api/projects/{project_id}/pages`.

use axum::extract::State;
use domain::question;
use serde::Serialize;
use utoipa::ToSchema;

use super::scope::{ScopeQuery, SliceQuery, next_cursor};
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Pages by views, most first.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the wire name")]
pub(crate) struct Pages {
    pages: Vec<PageAnswer>,
    /// How many there are altogether.
    total: u64,
    next_cursor: Option<String>,
}

/// One page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Page)]
pub(crate) struct PageAnswer {
    path: String,
    views: u64,
    previous_views: u64,
    visitors: u64,
    sessions: u64,
    friction: u64,
}

/// Which pages do visitors see?
#[utoipa::path(
    get, path = "/api/projects/{project_id}/pages", tag = "Questions", operation_id = "pages",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery, SliceQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = Pages), Viewer, Unprocessable),
)]
pub(super) async fn pages(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<Pages>, Error> {
    let scope = query.scope(allowed.project_id, app.clock.now())?;
    let slice = slice.slice()?;
    let answer = app.analytics.pages(&scope, slice).await?;
    let row = |page: question::PageRow| PageAnswer {
        path: page.path,
        views: page.views,
        previous_views: page.previous_views,
        visitors: page.visitors,
        sessions: page.sessions,
        friction: page.friction,
    };
    Ok(Json(Pages {
        next_cursor: next_cursor(slice, answer.pages.len()),
        pages: answer.pages.into_iter().map(row).collect(),
        total: answer.total,
    }))
}
