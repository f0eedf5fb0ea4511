//! A session ends.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use domain::event::{Category, NewEvent};
use domain::limits::MAX_ID_BYTES;
use domain::outcome::{Contract, RejectionReason};
use domain::session::{ENDED, EndReason};
use engine::ingest::Envelope;
use engine::sessions::SessionLookup;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SessionAnswer, non_empty, refuse, store};
use crate::ingest::error::{IngestError, RequestRejection};
use crate::ingest::intake::{Intake, respond};
use crate::ingest::lenient::{LenientText, LenientTime};
use crate::ingest::received_body::SenderIdentification;
use crate::ingest::responses::Page;
use crate::state::App;

/// A session's end. Unknown fields are passed over.
#[derive(Deserialize, ToSchema)]
struct SessionEnd {
    /// The key, where no header can be set and the page's origin does not tell the project.
    api_key: Option<String>,
    /// Names the end; re-sending it changes nothing.
    id: Option<String>,
    /// The session.
    #[schema(value_type = LenientText)]
    session_id: Option<LenientText>,
    /// Whose; without one, of whoever is in the session at that time.
    user_id: Option<LenientText>,
    /// The browser's anonymous id.
    visitor_id: Option<LenientText>,
    /// `page_unload` by default; `sign_out`, `user_switch`, `idle`, `max_age`, `explicit`.
    reason: Option<String>,
    /// Now by default.
    ended_at: Option<LenientTime>,
    /// When the page sent it, by its own clock.
    sent_at: Option<LenientTime>,
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
        (status = 422, body = IngestError, description = "The body can be read, but a field is invalid"),
    ),
)]
pub(crate) async fn end(State(app): State<App>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Session };
    respond(ingest(intake, body).await, &parts.headers)
}

async fn ingest(intake: Intake<'_>, body: Body) -> Result<SessionAnswer, RequestRejection> {
    let bytes = intake.read(body, SenderIdentification::ByKey).await?;
    let end: SessionEnd = intake.parse(&bytes).await?;
    let sender = intake.admit_page(end.api_key.as_deref(), 1, &bytes).await?;
    let Some(session_id) = non_empty(end.session_id) else {
        let missing = (RejectionReason::MissingField, "session_id is required".to_owned());
        return Err(refuse(intake, &sender, StatusCode::BAD_REQUEST, missing, &bytes).await);
    };
    let Some(reason) = end.reason.as_deref().map_or(Some(EndReason::PageUnload), EndReason::parse)
    else {
        let allowed = EndReason::ALL.map(EndReason::as_str).join(", ");
        let unknown = (RejectionReason::InvalidField, format!("reason must be one of {allowed}"));
        return Err(refuse(intake, &sender, StatusCode::BAD_REQUEST, unknown, &bytes).await);
    };
    let user_id = non_empty(end.user_id);
    for (field, id) in [("session_id", Some(&session_id)), ("user_id", user_id.as_ref())] {
        if id.is_some_and(|id| id.len() > MAX_ID_BYTES) {
            let long = (
                RejectionReason::InvalidField,
                format!("{field} is longer than {MAX_ID_BYTES} bytes"),
            );
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Err(refuse(intake, &sender, status, long, &bytes).await);
        }
    }
    let sessions = &intake.app.sessions;
    let known = sessions.lookup(sender.project_id, &session_id, user_id.as_deref()).await;
    if known.map_err(|error| RequestRejection::engine(&error))? == SessionLookup::NotFound {
        let unknown = (RejectionReason::InvalidField, "session not found".to_owned());
        return Err(refuse(intake, &sender, StatusCode::NOT_FOUND, unknown, &bytes).await);
    }
    let sent_at = end.sent_at.map(|LenientTime(at)| at);
    let envelope =
        Envelope { sent_at, session_id: Some(session_id.clone()), ..Envelope::default() };
    let event = NewEvent {
        id: end.id,
        at: end.ended_at.map(|LenientTime(at)| at),
        session_id: Some(session_id),
        user_id,
        visitor_id: non_empty(end.visitor_id),
        properties: Some(format!(r#"{{"reason":"{}"}}"#, reason.as_str())),
        ..NewEvent::new(Category::Session, ENDED)
    };
    store(intake, &sender, envelope, &bytes, Ok(event)).await?;
    Ok(SessionAnswer { success: true })
}
