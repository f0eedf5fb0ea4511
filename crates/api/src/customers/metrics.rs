//! `GET /api/customers/metrics`: customers with their figures and sessions.

use axum::extract::{FromRequestParts, State};
use axum::http::header;
use axum::http::request::Parts;
use domain::id::ProjectId;
use domain::role::Role;
use engine::customers::TOKEN_PREFIX;
use engine::ports::catalog::{CustomerQuery, CustomerRow, SortBy};

use super::answer::CustomerMetrics;
use super::query::{MetricsQuery, MetricsRequest};
use crate::audit::AuditContext;
use crate::cursor;
use crate::error::{Error, Problem};
use crate::extract::{Caller, Json, Query, Viewer};
use crate::state::App;

/// Who asks.
pub(super) enum MetricsCaller {
    /// A member or a program, about the customers of a project.
    Team(Caller),
    /// A customer, about themselves.
    Customer(ProjectId, String),
}

impl FromRequestParts<App> for MetricsCaller {
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
        Caller::from_request_parts(parts, app).await.map(Self::Team)
    }
}

/// Customers with their figures and sessions: of a secret key's project, of the project that a member
/// names, or of their only one. A customer's token (`Authorization: Bearer ct_…`) shows that customer only.
#[utoipa::path(
    get, path = "/api/customers/metrics", tag = "Customers", operation_id = "customer_metrics",
    params(MetricsQuery),
    responses(
        (status = 200, body = CustomerMetrics), Viewer,
        (status = 400, body = Problem, description = "A value is invalid, or the project is ambiguous"),
    ),
)]
pub(super) async fn metrics(
    State(app): State<App>,
    who: MetricsCaller,
    trail: AuditContext,
    Query(query): Query<MetricsQuery>,
) -> Result<Json<CustomerMetrics>, Error> {
    let request = query.read(app.clock.now())?;
    match who {
        MetricsCaller::Customer(project, user_id) => {
            let named = query.project()?;
            if named.is_some_and(|named| named != project) {
                return Err(engine::Error::NotFound("project").into());
            }
            trail.set_project(project);
            own_row(&app, project, &user_id, request).await
        }
        MetricsCaller::Team(caller) => {
            let allowed = caller.allowed_in(&app, query.project()?, Role::Viewer).await?;
            trail.set_project(allowed.project_id);
            page(&app, allowed.project_id, request).await
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
    let request = query.read(app.clock.now())?;
    page(&app, allowed.project_id, request).await
}

async fn page(
    app: &App,
    project: ProjectId,
    request: MetricsRequest,
) -> Result<Json<CustomerMetrics>, Error> {
    let found = app.customers.page(project, &request.query, request.sessions).await?;
    let CustomerQuery { sort_by, limit, .. } = request.query;
    let next_cursor = cursor::next(&request.list, &found, limit, |last| {
        (sort_key(&last.row, sort_by), last.row.user_id.clone())
    })?;
    let customers = found.into_iter().map(Into::into).collect();
    Ok(Json(CustomerMetrics { interval: request.interval, customers, next_cursor }))
}

async fn own_row(
    app: &App,
    project: ProjectId,
    user_id: &str,
    request: MetricsRequest,
) -> Result<Json<CustomerMetrics>, Error> {
    let found = app.customers.one(project, user_id, request.query.active_since).await?;
    let customers = found.into_iter().map(Into::into).collect();
    Ok(Json(CustomerMetrics { interval: request.interval, customers, next_cursor: None }))
}

/// What a customer is sorted by; none when they have no such value.
fn sort_key(row: &CustomerRow, sort_by: SortBy) -> Option<i64> {
    match sort_by {
        SortBy::Sessions => Some(row.total_sessions),
        SortBy::Orders => Some(row.total_orders),
        SortBy::Bookings => Some(row.total_bookings),
        SortBy::LastLogin => row.last_login_at.map(domain::time::Timestamp::micros),
        SortBy::Registered => row.registered_at.map(domain::time::Timestamp::micros),
    }
}
