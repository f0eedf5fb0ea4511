//! `GET /api/projects/{project_id}/live`: the WebSocket feed.

mod feed;
mod message;

use axum::Extension;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::role::Role;
use engine::live::LiveLimitExceeded;
use engine::ports::catalog::Actor;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::error::{Error, Problem};
use crate::extract::{Viewer, check_same_origin};
use crate::openapi;
use crate::principal;
use crate::state::App;

/// Largest message a watcher may send; it has nothing to say.
const MAX_INCOMING_BYTES: usize = 1_024;
/// What is read and written at once; every watcher has both.
const BUFFER_BYTES: usize = 4 * 1_024;
/// When to try again where nobody more may watch.
const RETRY_AFTER_SECONDS: u32 = 30;

/// The routes.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(live))
}

/// Who is shown events: readers of the events' endpoint.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EventReadRole(Option<Role>);

impl EventReadRole {
    /// Those whom the document lets ask for events; nobody, if it does not say.
    pub(crate) fn of(document: &OpenApi) -> Self {
        Self(openapi::needed_role(document, "events"))
    }

    fn include(self, role: Role) -> bool {
        self.0.is_some_and(|needed| role.includes(needed))
    }
}

/// Watches a project: a WebSocket of JSON messages, each with a `type`. `hello` comes first;
/// `events` says what has arrived, and names the events to those who may read them; `visible` says
/// that questions know everything announced before; `active` counts the visitors of the last minutes.
///
/// It is closed with 4401 when the session or the secret key has ended, with 4403 when the member no
/// longer belongs to the project, with 1008 when nothing is heard of the client, and with 1013 when it
/// should come again later.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/live", tag = "Questions", operation_id = "live",
    params(("project_id" = uuid::Uuid, Path)), extensions(("x-role" = json!("viewer"))),
    responses(
        (status = 101, description = "The feed begins"),
        Viewer,
        (status = 426, body = Problem, description = "The request is not an upgrade to a WebSocket"),
        (status = 429, body = Problem, description = "Too many live connections, or the secret key's limit is used up; see Retry-After"),
    ),
)]
async fn live(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Extension(actor): Extension<Actor>,
    Extension(readers): Extension<EventReadRole>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    request: Request,
) -> Result<Response, Error> {
    // A WebSocket is not bound by CORS: another site's page could open one with our cookie.
    let (parts, _) = request.into_parts();
    check_same_origin(&parts, &app)?;
    let upgrade = upgrade.map_err(|_| {
        Error::new(
            StatusCode::UPGRADE_REQUIRED,
            "this is a WebSocket: the request must upgrade to it",
        )
    })?;
    let credential = principal::credential(&actor, &parts, &app)
        .ok_or_else(|| Error::new(StatusCode::UNAUTHORIZED, "sign in first"))?;
    let subscription = app.live.watch(allowed.project_id, credential, allowed.role).await?;
    Ok(upgrade
        .max_message_size(MAX_INCOMING_BYTES)
        .max_frame_size(MAX_INCOMING_BYTES)
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .on_upgrade(move |socket| feed::run(app, subscription, readers, socket)))
}

impl From<LiveLimitExceeded> for Error {
    fn from(full: LiveLimitExceeded) -> Self {
        Self::limited(full.to_string(), RETRY_AFTER_SECONDS)
    }
}
