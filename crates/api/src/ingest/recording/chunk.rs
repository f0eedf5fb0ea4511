//! `POST /ingest-recording`: a part of a recording, as rrweb events.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use domain::id::RecordingId;
use domain::outcome::{Contract, RejectionReason};
use domain::recording::{MAX_CHUNK_BYTES, RecordingSubject};
use domain::time::Timestamp;
use engine::recordings::ChunkUpload;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use super::super::error::{IngestError, RequestRejection};
use super::super::intake::{Intake, respond};
use super::super::lenient::{LenientText, LenientTime};
use super::super::responses::Recorder;
use crate::object;
use crate::state::App;

/// A part of a recording, with the events as they are.
#[derive(Deserialize, ToSchema)]
struct RecordingChunkRequest<'a> {
    /// For clients that cannot set a header.
    api_key: Option<String>,
    /// Drawn by the sender; another one for every visit, and after every pause.
    #[schema(value_type = Uuid)]
    recording_id: Option<Uuid>,
    /// Its place among the parts, from 0. Sent again, a part replaces itself.
    #[schema(value_type = u32)]
    seq: Option<u32>,
    #[schema(value_type = LenientText)]
    session_id: Option<LenientText>,
    visitor_id: Option<LenientText>,
    user_id: Option<LenientText>,
    page_url: Option<String>,
    /// When it was sent, by the sender's clock.
    sent_at: Option<LenientTime>,
    /// Events of rrweb, oldest first.
    #[serde(borrow)]
    #[schema(value_type = Vec<Moment>)]
    events: Option<&'a RawValue>,
}

/// What every event of rrweb has.
#[derive(Deserialize, ToSchema)]
#[schema(as = RrwebEvent)]
struct Moment {
    #[expect(dead_code, reason = "read to know that it is there")]
    r#type: u8,
    /// Milliseconds since 1970, by the sender's clock.
    timestamp: f64,
}

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordingChunkAnswer {
    success: bool,
    recording_id: Uuid,
    seq: u32,
}

/// Stores a chunk of a recording.
///
/// The key stands in the `x-api-key` header, the body's `api_key`, `?key=` or the bearer token. A body that
/// begins as gzip does is read as gzip, whatever its headers say: a page cannot set one without a preflight.
#[utoipa::path(
    post, path = "/ingest-recording", tag = "Ingest", operation_id = "ingest_recording",
    params(("key" = Option<String>, Query, description = "API key, where no header can be set")),
    request_body(content = RecordingChunkRequest<'_>, content_type = "application/json"),
    responses(
        (status = 200, body = RecordingChunkAnswer, description = "The chunk is on disk"),
        Recorder,
        (status = 400, body = IngestError, description = "Not readable, or a field is missing or wrong"),
        (status = 413, body = IngestError, description = "Larger than 4 MiB after decompression"),
        (status = 415, body = IngestError, description = "Unknown content encoding"),
    ),
)]
pub(crate) async fn store(State(app): State<App>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Friction };
    respond(ingest(&intake, body).await, &parts.headers)
}

async fn ingest(intake: &Intake<'_>, body: Body) -> Result<RecordingChunkAnswer, RequestRejection> {
    let bytes = intake.read_maybe_gzipped(body, MAX_CHUNK_BYTES).await?;
    let unreadable = |error| {
        let message = format!("the body is not a JSON object of the expected shape: {error}");
        RequestRejection::new(StatusCode::BAD_REQUEST, message)
    };
    let body: RecordingChunkRequest<'_> = match object::from_slice(&bytes) {
        Ok(body) => body,
        Err(error) => {
            let (shown, rejection) = (bytes.shown_key(), unreadable(error));
            return Err(intake
                .reject_unread(shown, RejectionReason::Unparseable, rejection, &[])
                .await);
        }
    };
    let sender = super::admit(intake, body.api_key.as_deref(), bytes.shown_key()).await?;
    let project = sender.project_id;
    let (recording_id, seq) = (body.recording_id, body.seq);
    let upload = match described(intake, project, body) {
        Ok(sent) => sent,
        Err(refused) => {
            return Err(
                super::refuse(intake, &sender, RejectionReason::InvalidField, refused).await
            );
        }
    };
    if let Err(why) = intake.app.recordings.store_chunk(project, upload).await {
        return Err(super::not_taken(intake, &sender, why).await);
    }
    super::count("chunk");
    Ok(RecordingChunkAnswer {
        success: true,
        recording_id: recording_id.unwrap_or_default(),
        seq: seq.unwrap_or_default(),
    })
}

fn described<'a>(
    intake: &Intake<'_>,
    project: domain::id::ProjectId,
    body: RecordingChunkRequest<'a>,
) -> Result<ChunkUpload<'a>, RequestRejection> {
    let text = |text: Option<LenientText>| text.map(|LenientText(text)| text);
    // Required, so that what shows a person is found when they ask.
    let session_id = text(body.session_id).ok_or_else(|| super::missing("session_id"))?;
    let (visitor_id, user_id) = (text(body.visitor_id), text(body.user_id));
    let subject = RecordingSubject { session_id, visitor_id, user_id };
    let raw = body.events.ok_or_else(|| super::missing("events"))?;
    let events: Vec<Moment> = serde_json::from_str(raw.get()).map_err(|error| {
        let message =
            format!("events must be events of rrweb, each with type and timestamp: {error}");
        RequestRejection::new(StatusCode::BAD_REQUEST, message)
    })?;
    let (started_at, ended_at) = span(&events)?;
    let sent_at = body.sent_at.map(|LenientTime(at)| at);
    let ingest = &intake.app.ingest;
    Ok(ChunkUpload {
        recording_id: RecordingId(body.recording_id.ok_or_else(|| super::missing("recording_id"))?),
        seq: body.seq.ok_or_else(|| super::missing("seq"))?,
        clock_offset_micros: ingest.clock_offset_micros(project, &subject.session_id, sent_at),
        subject,
        page_url: body.page_url,
        started_at,
        ended_at,
        events: events.len(),
        json: raw.get().as_bytes(),
    })
}

/// From the earliest to the latest event.
fn span(events: &[Moment]) -> Result<(Timestamp, Timestamp), RequestRejection> {
    let millis = || events.iter().map(|event| event.timestamp);
    let first = millis().reduce(f64::min).unwrap_or_default();
    let last = millis().reduce(f64::max).unwrap_or_default();
    let read = |millis| {
        Timestamp::from_millis_f64(millis).map_err(|_| {
            let message = "events: timestamp must be milliseconds since 1970";
            RequestRejection::new(StatusCode::BAD_REQUEST, message)
        })
    };
    Ok((read(first)?, read(last)?))
}
