//! Share links as those see them who have one: opening it, and its page.

mod access;

use axum::extract::{FromRequest, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use domain::time::Timestamp;
use engine::share_links::OpenedLink;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::auth::logo_url;
use crate::error::{Error, Problem};
use crate::extract::{Json, check_same_origin};
use crate::middleware::{Embeddable, content_security_policy};
use crate::spa;
use crate::state::App;

pub(crate) use access::permits;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(open))
}

/// Opens a share link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenShareLink {
    /// The last part of the link's address.
    #[schema(value_type = String)]
    token: SecretString,
    /// Where the link has one.
    #[schema(value_type = Option<String>)]
    password: Option<SecretString>,
}

/// A link that is open: what it shows, and how.
#[derive(Serialize, ToSchema)]
pub(crate) struct OpenedShareLink {
    /// For `Authorization: Bearer`, to ask the questions of the page.
    access: String,
    name: String,
    /// A page of the dashboard.
    page: &'static str,
    /// The page's search parameters: period and filters.
    search: String,
    /// From when on it shows nothing; null: until it is revoked.
    #[schema(format = DateTime)]
    expires_at: Option<String>,
    project: SharedProject,
}

/// The project, as the page names it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SharedProject {
    id: Uuid,
    name: String,
    #[schema(format = DateTime)]
    created_at: String,
    /// How long events are kept.
    retention_days: u32,
    /// The IANA time zone of its days, months and hours.
    time_zone: &'static str,
    /// The path of its logo; null without one.
    logo_url: Option<String>,
}

/// Opens a share link, which needs no member. Attempts that fail are limited like those to sign in.
#[utoipa::path(
    post, path = "/api/shared", tag = "Share links", operation_id = "open_share_link",
    request_body = OpenShareLink,
    responses(
        (status = 200, body = OpenedShareLink),
        (status = 403, body = Problem, description = "Another password, or the request comes from another site's page"),
        (status = 404, body = Problem, description = "No valid link has this token: it is unknown, revoked or expired"),
        (status = 422, body = Problem, description = "The link has a password: `field` is `password`"),
        (status = 429, body = Problem, description = "Too many attempts; see Retry-After"),
    ),
)]
pub(super) async fn open(
    State(app): State<App>,
    request: Request,
) -> Result<Json<OpenedShareLink>, Error> {
    let (parts, body) = request.into_parts();
    check_same_origin(&parts, &app)?;
    let address = app.settings().trusted_proxies.client_address(&parts.extensions, &parts.headers);
    let request = Request::from_parts(parts, body);
    let Json(request) = Json::<OpenShareLink>::from_request(request, &app).await?;
    let token = request.token.expose_secret();
    let OpenedLink { link, access } =
        app.share_links.open(token, request.password, address).await?;
    let project = app.auth.project(link.project_id).await?;
    Ok(Json(OpenedShareLink {
        access: access.expose_secret().to_owned(),
        name: link.name,
        page: link.page.as_str(),
        search: link.search,
        expires_at: link.expires_at.map(Timestamp::to_rfc3339),
        project: SharedProject {
            id: project.id.0,
            name: project.name,
            created_at: project.created_at.to_rfc3339(),
            retention_days: project.retention_days,
            time_zone: project.time_zone.name(),
            logo_url: project.logo_at.map(|at| logo_url(project.id, at)),
        },
    }))
}

/// The dashboard's page at a link's address. Other sites may show it in a frame where the link says so.
pub(crate) async fn page(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let mut response = spa::index(&headers);
    if app.share_links.can_embed(&token).await? {
        let policy = content_security_policy("*");
        let policy = HeaderValue::try_from(policy).map_err(engine::Error::internal)?;
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        response.extensions_mut().insert(Embeddable);
    }
    Ok(response)
}
