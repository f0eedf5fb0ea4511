//! `GET /api/customers/metrics`: customers with their figures and sessions.

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use domain::id::ProjectId;
use domain::role::Role;
use engine::customers::TOKEN_PREFIX;
use engine::ports::catalog::{After, CustomerRow, SortBy};

use super::answer::CustomerMetrics;
use super::cursor;
use super::query::{Asked, MetricsQuery};
use crate::error::{Error, Problem};
use crate::extract::{Json, Query, SignedIn, Viewer, authorise_member};
use crate::state::App;

/// Who asks.
pub(super) enum Asker {
    /// A signed-in member.
    Member(SignedIn),
    /// A customer, about themselves.
    Customer(ProjectId, String),
}

impl FromRequestParts<App> for Asker {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let bearer = parts.headers.get(header::AUTHORIZATION);
        let bearer = bearer.and_then(|value| value.to_str().ok()).and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        });
        if let Some(token) = bearer.filter(|token| token.starts_with(TOKEN_PREFIX)) {
            let (project, user_id) = app.customers.of_token(token).await?;
            return Ok(Self::Customer(project, user_id));
        }
        SignedIn::from_request_parts(parts, app).await.map(Self::Member)
    }
}

/// Customers with their figures and sessions. A customer's token (`Authorization: Bearer ct_…`) shows
/// that customer only.
#[utoipa::path(
    get, path = "/api/customers/metrics", tag = "Customers", operation_id = "customer_metrics",
    params(MetricsQuery),
    responses(
        (status = 200, body = CustomerMetrics), SignedIn,
        (status = 404, body = Problem, description = "The caller belongs to no project, or not to this one"),
    ),
)]
pub(super) async fn metrics(
    State(app): State<App>,
    who: Asker,
    Query(query): Query<MetricsQuery>,
) -> Result<Json<CustomerMetrics>, Error> {
    let asked = query.read(app.clock.now())?;
    match who {
        Asker::Customer(project, user_id) => {
            let named = query.project()?;
            if named.is_some_and(|named| named != project) {
                return Err(engine::Error::NotFound("project").into());
            }
            own_row(&app, project, &user_id, asked).await
        }
        Asker::Member(SignedIn(member)) => {
            let project = match query.project()? {
                Some(project) => project,
                None => only_project(&app, member.id).await?,
            };
            authorise_member(&app, member.id, project, Role::Viewer).await?;
            page(&app, project, asked).await
        }
    }
}

/// A project's customers with their figures and sessions.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/customers/metrics", tag = "Customers",
    operation_id = "project_customer_metrics",
    params(("project_id" = uuid::Uuid, Path), MetricsQuery),
    responses((status = 200, body = CustomerMetrics), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn project_metrics(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<MetricsQuery>,
) -> Result<Json<CustomerMetrics>, Error> {
    let asked = query.read(app.clock.now())?;
    page(&app, allowed.project_id, asked).await
}

/// The project of a member who belongs to one only.
async fn only_project(app: &App, member: domain::id::MemberId) -> Result<ProjectId, Error> {
    let projects = app.auth.projects(member).await?;
    match projects.as_slice() {
        [only] => Ok(only.project.id),
        [] => Err(Error::new(StatusCode::NOT_FOUND, "you belong to no project")),
        _ => Err(Error::invalid("project_id", "project_id must name one of your projects")),
    }
}

async fn page(app: &App, project: ProjectId, asked: Asked) -> Result<Json<CustomerMetrics>, Error> {
    let found = app.customers.page(project, &asked.query).await?;
    let is_full = found.len() == asked.query.limit as usize;
    let last = found.last().filter(|_| is_full).map(|customer| &customer.row);
    let next_cursor = last.map(|row| cursor::write(asked.sort, &after(row, asked.query.sort_by)));
    let customers = found.into_iter().map(Into::into).collect();
    Ok(Json(CustomerMetrics { interval: asked.interval, customers, next_cursor }))
}

async fn own_row(
    app: &App,
    project: ProjectId,
    user_id: &str,
    asked: Asked,
) -> Result<Json<CustomerMetrics>, Error> {
    let found = app.customers.one(project, user_id, asked.query.active_since).await?;
    let customers = found.into_iter().map(Into::into).collect();
    Ok(Json(CustomerMetrics { interval: asked.interval, customers, next_cursor: None }))
}

/// Where the page that follows this customer begins.
fn after(row: &CustomerRow, sort_by: SortBy) -> After {
    let key = match sort_by {
        SortBy::Sessions => Some(row.total_sessions),
        SortBy::Orders => Some(row.total_orders),
        SortBy::Bookings => Some(row.total_bookings),
        SortBy::LastLogin => row.last_login_at.map(domain::time::Timestamp::micros),
        SortBy::Registered => row.registered_at.map(domain::time::Timestamp::micros),
    };
    After { key, user_id: row.user_id.clone() }
}
