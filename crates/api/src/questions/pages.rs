//! `GET /api/projects/{project_id}/pages`.

use axum::extract::State;
use domain::question;
use serde::Serialize;
use utoipa::ToSchema;

use super::scope::{ScopeQuery, SliceQuery, next_cursor};
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "pages";

/// Pages by views, most first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Pages)]
pub(crate) struct PageList {
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

/// Pages with their views, visitors and friction.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/pages", tag = "Questions", operation_id = "pages",
    params(("project_id" = uuid::Uuid, Path), ScopeQuery, SliceQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = PageList), Viewer, Unprocessable),
)]
pub(super) async fn pages(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<PageList>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let slice = slice.slice(LIST)?;
    let answer = app.analytics.permit().await?.pages(&scope, slice).await?;
    let row = |page: question::PageRow| PageAnswer {
        path: page.path,
        views: page.views,
        previous_views: page.previous_views,
        visitors: page.visitors,
        sessions: page.sessions,
        friction: page.friction,
    };
    Ok(Json(PageList {
        next_cursor: next_cursor(LIST, slice, &answer.pages)?,
        pages: answer.pages.into_iter().map(row).collect(),
        total: answer.total,
    }))
}
