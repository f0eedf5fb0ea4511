//! `POST /upload-screenshot`: a picture of a page.

use axum::body::Body;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest as _, Multipart, State};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use domain::id::EventId;
use domain::outcome::{Contract, RejectionReason};
use domain::recording::{MAX_SCREENSHOT_BYTES, ScreenshotSubject};
use engine::recordings::ScreenshotUpload;
use serde::Serialize;
use utoipa::ToSchema;

use super::super::error::{IngestError, RequestRejection};
use super::super::intake::{Intake, respond};
use super::super::received_body::SenderIdentification;
use super::super::responses::Recorder;
use crate::bodies::metered;
use crate::recordings::screenshot_url;
use crate::state::App;

/// The file, its fields, and what multipart puts around them.
pub(crate) const MAX_BODY_BYTES: usize = MAX_SCREENSHOT_BYTES + 64 * 1024;

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ScreenshotAnswer {
    success: bool,
    /// Where members see it.
    screenshot_url: String,
    /// Names what the picture cannot be found by, since its sender did not say; left out when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<&'static str>,
}

/// A screenshot of a page.
#[derive(Default, ToSchema)]
struct ScreenshotRequest {
    /// A PNG file of at most 2 MiB; its bytes decide, not its name.
    #[schema(value_type = String, format = Binary, content_media_type = "image/png")]
    file: Option<Bytes>,
    /// The event it shows, which may arrive after it. Another picture of the same event replaces it.
    friction_event_id: Option<String>,
    /// The visit. A picture of no visit is kept, and found by its event only.
    session_id: Option<String>,
    visitor_id: Option<String>,
    user_id: Option<String>,
    page_url: Option<String>,
    /// For clients that cannot set a header.
    api_key: Option<String>,
}

/// Stores a screenshot of a page, sent as `multipart/form-data`.
///
/// The key stands in the `x-api-key` header, the field `api_key`, `?key=` or the bearer token.
#[utoipa::path(
    post, path = "/upload-screenshot", tag = "Ingest", operation_id = "upload_screenshot",
    params(("key" = Option<String>, Query, description = "API key, where no header can be set")),
    request_body(content = ScreenshotRequest, content_type = "multipart/form-data"),
    responses(
        (status = 200, body = ScreenshotAnswer, description = "The screenshot is on disk"),
        Recorder,
        (status = 400, body = IngestError, description = "Not a form, a field is missing, or the file is not a PNG"),
        (status = 413, body = IngestError, description = "Larger than 2 MiB"),
    ),
)]
pub(crate) async fn upload(State(app): State<App>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let request = Request::from_parts(parts.clone(), body);
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Friction };
    respond(ingest(&intake, request).await, &parts.headers)
}

async fn ingest(
    intake: &Intake<'_>,
    request: Request<Body>,
) -> Result<ScreenshotAnswer, RequestRejection> {
    let (parts, body) = request.into_parts();
    let (body, shown_key, reservation) =
        intake.open(body, SenderIdentification::ByKeyAuxiliary).await?;
    let (body, meter) = metered(body, reservation);
    let form = match read(Request::from_parts(parts, body)).await {
        Ok(form) => form,
        Err(_) if meter.is_exhausted() => return Err(RequestRejection::body_budget_exceeded()),
        Err((reason, rejection)) => {
            return Err(intake.reject_unread(shown_key.as_ref(), reason, rejection, &[]).await);
        }
    };
    let sender = super::admit(intake, form.api_key.as_deref(), shown_key.as_ref()).await?;
    let project = sender.project_id;
    let upload = match described(form) {
        Ok(sent) => sent,
        Err(refused) => {
            return Err(
                super::refuse(intake, &sender, RejectionReason::InvalidField, refused).await
            );
        }
    };
    let warnings = warnings(&upload);
    match intake.app.recordings.store_screenshot(project, upload).await {
        Ok(id) => {
            super::count("screenshot");
            let screenshot_url =
                screenshot_url(intake.app.settings().public_url.as_deref(), project, id);
            Ok(ScreenshotAnswer { success: true, screenshot_url, warnings })
        }
        Err(why) => Err(super::not_taken(intake, &sender, why).await),
    }
}

fn described(form: ScreenshotRequest) -> Result<ScreenshotUpload, RequestRejection> {
    let event = form.friction_event_id.as_deref().filter(|id| !id.is_empty());
    let friction_event_id = event.map(EventId::from_client).transpose().map_err(|error| {
        RequestRejection::new(StatusCode::BAD_REQUEST, format!("friction_event_id: {error}"))
    })?;
    Ok(ScreenshotUpload {
        friction_event_id,
        subject: ScreenshotSubject {
            session_id: named(form.session_id),
            visitor_id: named(form.visitor_id),
            user_id: named(form.user_id),
        },
        page_url: form.page_url,
        file: form.file.ok_or_else(|| super::missing("file"))?,
    })
}

/// An empty field of a form is one that was left out.
fn named(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn warnings(upload: &ScreenshotUpload) -> Vec<&'static str> {
    let without_event = "friction_event_id is missing: the screenshot is linked to no event";
    let without_session = "session_id is missing: the screenshot is linked to no session";
    let warnings = [
        (upload.friction_event_id.is_none(), without_event),
        (upload.subject.session_id.is_none(), without_session),
    ];
    warnings.into_iter().filter_map(|(applies, text)| applies.then_some(text)).collect()
}

async fn read(
    request: Request<Body>,
) -> Result<ScreenshotRequest, (RejectionReason, RequestRejection)> {
    let rejection = |status, text: String| {
        let is_too_large = status == StatusCode::PAYLOAD_TOO_LARGE;
        let reason =
            if is_too_large { RejectionReason::TooLarge } else { RejectionReason::Unparseable };
        (reason, RequestRejection::new(status, text))
    };
    let mut multipart = Multipart::from_request(request, &())
        .await
        .map_err(|error| rejection(error.status(), error.body_text()))?;
    let bad = |error: MultipartError| {
        let is_too_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
        if error.status().is_server_error() {
            // The body broke off, or took too long.
            return rejection(StatusCode::BAD_REQUEST, "the form is incomplete".to_owned());
        }
        let text = if is_too_large {
            format!("file must be at most {MAX_SCREENSHOT_BYTES} bytes")
        } else {
            error.body_text()
        };
        rejection(error.status(), text)
    };
    let mut form = ScreenshotRequest::default();
    while let Some(field) = multipart.next_field().await.map_err(bad)? {
        if field.name() == Some("file") {
            let file = field.bytes().await.map_err(bad)?;
            if file.len() > MAX_SCREENSHOT_BYTES {
                let text = format!("file must be at most {MAX_SCREENSHOT_BYTES} bytes");
                return Err(rejection(StatusCode::PAYLOAD_TOO_LARGE, text));
            }
            form.file = Some(file);
        } else {
            text(&mut form, field).await.map_err(bad)?;
        }
    }
    Ok(form)
}

/// Fields that we do not know are passed over.
async fn text(form: &mut ScreenshotRequest, field: Field<'_>) -> Result<(), MultipartError> {
    let place = match field.name().unwrap_or_default() {
        "friction_event_id" => &mut form.friction_event_id,
        "session_id" => &mut form.session_id,
        "visitor_id" => &mut form.visitor_id,
        "user_id" => &mut form.user_id,
        "page_url" => &mut form.page_url,
        "api_key" => &mut form.api_key,
        _ => return Ok(()),
    };
    *place = Some(field.text().await?);
    Ok(())
}
