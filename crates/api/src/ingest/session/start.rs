//! A session begins.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use domain::event::{Category, NewEvent};
use domain::outcome::{Contract, RejectionReason};
use domain::session::STARTED;
use engine::ingest::Envelope;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{SessionAnswer, non_empty, refuse, store};
use crate::ingest::error::{IngestError, RequestRejection};
use crate::ingest::intake::{Intake, respond};
use crate::ingest::lenient::{LenientText, LenientTime};
use crate::ingest::received_body::SenderIdentification;
use crate::ingest::responses::Page;
use crate::state::App;

/// A session's start. Unknown fields are passed over.
#[derive(Deserialize, ToSchema)]
struct SessionStart {
    /// The key, where no header can be set and the page's origin does not tell the project.
    api_key: Option<String>,
    /// Names the start; re-sending it changes nothing.
    id: Option<String>,
    /// Unique for the customer.
    #[schema(value_type = LenientText)]
    session_id: Option<LenientText>,
    /// Whose session it is; without one it is nobody's yet.
    user_id: Option<LenientText>,
    /// The browser's anonymous id.
    visitor_id: Option<LenientText>,
    /// The page it begins on.
    page_url: Option<String>,
    /// The page before.
    referrer: Option<String>,
    /// In place of the header's.
    user_agent: Option<String>,
    /// Now by default.
    started_at: Option<LenientTime>,
    /// When the page sent it, by its own clock.
    sent_at: Option<LenientTime>,
}

/// Begins a customer's session. Another customer's session with the same id or browser ends.
#[utoipa::path(
    post, path = "/api/analytics/session/start", tag = "Ingest", operation_id = "start_session",
    params(("key" = Option<String>, Query, description = "API key, where no header can be set")),
    request_body(content = SessionStart, content_type = "application/json"),
    responses(
        (status = 200, body = SessionAnswer, description = "The start is on disk"),
        Page,
        (status = 400, body = IngestError, description = "Not JSON, or without session_id"),
        (status = 422, body = IngestError, description = "The body can be read, but a field is invalid"),
    ),
)]
pub(crate) async fn start(State(app): State<App>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Session };
    respond(ingest(intake, body).await, &parts.headers)
}

async fn ingest(intake: Intake<'_>, body: Body) -> Result<SessionAnswer, RequestRejection> {
    let bytes = intake.read(body, SenderIdentification::ByKey).await?;
    let start: SessionStart = intake.parse(&bytes).await?;
    let sender = intake.admit_page(start.api_key.as_deref(), 1, &bytes).await?;
    let Some(session_id) = non_empty(start.session_id) else {
        let missing = (RejectionReason::MissingField, "session_id is required".to_owned());
        return Err(refuse(intake, &sender, StatusCode::BAD_REQUEST, missing, &bytes).await);
    };
    let sent_at = start.sent_at.map(|LenientTime(at)| at);
    let envelope =
        Envelope { sent_at, session_id: Some(session_id.clone()), ..Envelope::default() };
    let event = NewEvent {
        id: start.id,
        at: start.started_at.map(|LenientTime(at)| at),
        session_id: Some(session_id),
        user_id: non_empty(start.user_id),
        visitor_id: non_empty(start.visitor_id),
        page_url: start.page_url,
        referrer: start.referrer,
        user_agent: start.user_agent,
        ..NewEvent::new(Category::Session, STARTED)
    };
    store(intake, &sender, envelope, &bytes, Ok(event)).await?;
    Ok(SessionAnswer { success: true })
}
