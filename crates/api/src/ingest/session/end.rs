//! A session ends.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use domain::event::{Category, NewEvent};
use domain::limits::MAX_ID_BYTES;
use domain::outcome::{Contract, Reason};
use domain::session::{ENDED, EndReason};
use engine::ingest::Envelope;
use engine::sessions::Known;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SessionAnswer, given, refuse, store};
use crate::ingest::error::{IngestError, Refused};
use crate::ingest::errors::Page;
use crate::ingest::intake::{Intake, respond};
use crate::ingest::received::Identified;
use crate::ingest::values::{Text, Time};
use crate::state::App;

/// A session's end. Unknown fields are passed over.
#[derive(Deserialize, ToSchema)]
struct SessionEnd {
    /// The key, where no header can be set and the page's origin does not tell the project.
    api_key: Option<String>,
    /// Names the end; re-sending it changes nothing.
    id: Option<String>,
    /// The session.
    #[schema(value_type = Text)]
    session_id: Option<Text>,
    /// Whose; without one, of whoever is in the session at that time.
    user_id: Option<Text>,
    /// The browser's anonymous id.
    visitor_id: Option<Text>,
    /// `page_unload` by default; `sign_out`, `user_switch`, `idle`, `max_age`, `explicit`.
    reason: Option<String>,
    /// Now by default.
    ended_at: Option<Time>,
    /// When the page sent it, by its own clock.
    sent_at: Option<Time>,
}

/// Ends a customer's session. The first end counts; repeating it changes nothing.
#[utoipa::path(
    post, path = "/api/analytics/session/end", tag = "Ingest", operation_id = "end_session",
    params(("key" = Option<String>, Query, description = "API key, where no header can be set")),
    request_body(content = SessionEnd, content_type = "application/json"),
    responses(
        (status = 200, body = SessionAnswer, description = "The end is on disk"),
        Page,
        (status = 400, body = IngestError, description = "Not JSON, without session_id, or with an unknown reason"),
        (status = 404, body = IngestError, description = "No such session"),
        (status = 422, body = IngestError, description = "Readable, but it means nothing"),
    ),
)]
pub(crate) async fn end(State(app): State<App>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Session };
    respond(take_in(intake, body).await, &parts.headers)
}

async fn take_in(intake: Intake<'_>, body: Body) -> Result<SessionAnswer, Refused> {
    let bytes = intake.read(body, Identified::ByKey).await?;
    let end: SessionEnd = intake.parse(&bytes).await?;
    let admitted = intake.admit_page(end.api_key.as_deref(), 1, &bytes).await?;
    let Some(session_id) = given(end.session_id) else {
        let missing = (Reason::MissingField, "session_id is required".to_owned());
        return Err(refuse(intake, &admitted, StatusCode::BAD_REQUEST, missing, &bytes).await);
    };
    let Some(reason) = end.reason.as_deref().map_or(Some(EndReason::PageUnload), EndReason::parse)
    else {
        let allowed = EndReason::ALL.map(EndReason::as_str).join(", ");
        let unknown = (Reason::InvalidField, format!("reason must be one of {allowed}"));
        return Err(refuse(intake, &admitted, StatusCode::BAD_REQUEST, unknown, &bytes).await);
    };
    let user_id = given(end.user_id);
    for (field, id) in [("session_id", Some(&session_id)), ("user_id", user_id.as_ref())] {
        if id.is_some_and(|id| id.len() > MAX_ID_BYTES) {
            let long =
                (Reason::InvalidField, format!("{field} is longer than {MAX_ID_BYTES} bytes"));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(refuse(intake, &admitted, status, long, &bytes).await);
        }
    }
    let sessions = &intake.app.sessions;
    let known = sessions.known(admitted.project_id, &session_id, user_id.as_deref()).await;
    if known.map_err(|error| Refused::engine(&error))? == Known::No {
        let unknown = (Reason::InvalidField, "session not found".to_owned());
        return Err(refuse(intake, &admitted, StatusCode::NOT_FOUND, unknown, &bytes).await);
    }
    let sent_at = end.sent_at.map(|Time(at)| at);
    let envelope =
        Envelope { sent_at, session_id: Some(session_id.clone()), ..Envelope::default() };
    let event = NewEvent {
        id: end.id,
        at: end.ended_at.map(|Time(at)| at),
        session_id: Some(session_id),
        user_id,
        visitor_id: given(end.visitor_id),
        properties: Some(format!(r#"{{"reason":"{}"}}"#, reason.as_str())),
        ..NewEvent::new(Category::Session, ENDED)
    };
    store(intake, &admitted, envelope, &bytes, Ok(event)).await?;
    Ok(SessionAnswer { success: true })
}
