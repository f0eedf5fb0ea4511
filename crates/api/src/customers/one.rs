//! `/api/projects/{project_id}/customers/by-id/{user_id}`: a customer, and all of their sessions.

use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::answer::{CustomerAnswer, SessionAnswer};
use crate::cursor;
use crate::error::Error;
use crate::extract::{Json, Query, Viewer};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "sessions of a customer";
const DEFAULT_LIMIT: u32 = 50;
const MAX_LIMIT: u32 = 200;

/// Which customer.
#[derive(Debug, Deserialize)]
pub(super) struct CustomerPath {
    user_id: String,
}

/// Which of their sessions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct SessionsQuery {
    /// 1 to 200; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of a customer's sessions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct CustomerSessions {
    /// Latest begun first.
    sessions: Vec<SessionAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// A customer with their figures and latest sessions.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/customers/by-id/{user_id}", tag = "Customers",
    operation_id = "customer",
    params(("project_id" = Uuid, Path), ("user_id" = String, Path, description = "The site's id for the person")),
    responses((status = 200, body = CustomerAnswer), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn customer(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Path(path): Path<CustomerPath>,
) -> Result<Json<CustomerAnswer>, Error> {
    let found = app.customers.one(allowed.project_id, &path.user_id, None).await?;
    Ok(Json(found.ok_or(engine::Error::NotFound("customer"))?.into()))
}

/// All of a customer's sessions that are kept.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/customers/by-id/{user_id}/sessions", tag = "Customers",
    operation_id = "customer_sessions",
    params(
        ("project_id" = Uuid, Path),
        ("user_id" = String, Path, description = "The site's id for the person"),
        SessionsQuery,
    ),
    responses((status = 200, body = CustomerSessions), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn sessions(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Path(path): Path<CustomerPath>,
    Query(query): Query<SessionsQuery>,
) -> Result<Json<CustomerSessions>, Error> {
    let after = cursor::read(LIST, query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
    let found = app.customers.sessions(allowed.project_id, &path.user_id, after, limit).await?;
    let next_cursor =
        cursor::next(LIST, &found, limit, |last| (last.started_at, last.session_id.clone()))?;
    let sessions = found.into_iter().map(Into::into).collect();
    Ok(Json(CustomerSessions { sessions, next_cursor }))
}
