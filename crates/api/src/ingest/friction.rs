//! Contract 3, `POST /ingest-events`: friction, heatmap and performance events of a page.

use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Request, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use domain::limits::MAX_EVENTS_PER_REQUEST;
use domain::outcome::Reason;
use engine::ingest::{Admitted, Envelope, Incoming, Receipt, Sender};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::answer::{self, FrictionAnswer, FrictionRequest};
use super::error::{Refused, accounted};
use super::values::{Text, Time};
use super::{body, cors, item, key};
use crate::extract::Json;
use crate::state::App;

/// The body, read as far as all of its events need.
#[derive(Deserialize)]
pub(super) struct Body3<'a> {
    api_key: Option<String>,
    session_id: Option<Text>,
    user_id: Option<Text>,
    sent_at: Option<Time>,
    #[serde(borrow)]
    sdk: Option<&'a RawValue>,
    #[serde(borrow)]
    pub(super) events: Option<Vec<&'a RawValue>>,
}

impl Body3<'_> {
    /// What the body says about all of its events.
    pub(super) fn envelope(&self) -> Envelope {
        let text = |text: &Option<Text>| text.as_ref().map(|Text(text)| text.clone());
        Envelope {
            sent_at: self.sent_at.as_ref().map(|Time(at)| *at),
            session_id: text(&self.session_id),
            user_id: text(&self.user_id),
        }
    }
}

/// What the SDK says of itself with each batch.
#[derive(Deserialize)]
struct Sdk {
    stats: Option<SdkStats>,
}

/// Events since the SDK's last report.
#[derive(Deserialize)]
struct SdkStats {
    created: Option<u64>,
    acknowledged: Option<u64>,
}

/// Takes events in.
///
/// The key stands in the `x-api-key` header, the body's `api_key`, `?key=` or the bearer token.
#[utoipa::path(
    post, path = "/ingest-events", tag = "Ingest",
    params(("key" = Option<String>, Query, description = "API key, where no header can be set")),
    request_body(content = FrictionRequest, content_type = "application/json"),
    responses(
        (status = 200, body = FrictionAnswer, description = "Every event not listed as rejected is on disk"),
        (status = 400, body = super::error::IngestError, description = "Not readable, or a required field is missing"),
        (status = 401, body = super::error::IngestError, description = "No or unknown key"),
        (status = 403, body = super::error::IngestError, description = "Key switched off, or origin not allowed"),
        (status = 413, body = super::error::IngestError, description = "Larger than allowed after decompression"),
        (status = 415, body = super::error::IngestError, description = "Unknown content encoding"),
        (status = 422, body = super::error::IngestError, description = "Readable, but none of its events means anything"),
        (status = 429, body = super::error::IngestError, description = "Rate limit used up; see Retry-After"),
        (status = 503, body = super::error::IngestError, description = "Cannot be stored now; see Retry-After"),
    ),
)]
pub(crate) async fn ingest(State(app): State<App>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    match take_in(&app, &parts, body).await {
        Ok(answer) => {
            let mut response = Json(answer).into_response();
            cors::admit(response.headers_mut(), parts.headers.get(header::ORIGIN));
            response
        }
        Err(refused) => refused.into_response(&parts.headers),
    }
}

async fn take_in(app: &App, parts: &Parts, body: Body) -> Result<FrictionAnswer, Refused> {
    let max_bytes = app.settings.max_body_bytes;
    let bytes = match body::read(&parts.headers, body, max_bytes).await {
        Ok(bytes) => bytes,
        Err(bad) => {
            let refused = Refused::bad_body(bad, max_bytes);
            return Err(unread(app, parts, bad.reason(), refused, &[]).await);
        }
    };
    let request: Body3<'_> = match serde_json::from_slice(&bytes) {
        Ok(request) => request,
        Err(error) => {
            let message = format!("the body is not a JSON object of the expected shape: {error}");
            let refused = Refused::new(StatusCode::BAD_REQUEST, message);
            return Err(unread(app, parts, Reason::Unparseable, refused, &bytes).await);
        }
    };
    let count = request.events.as_ref().map_or(1, Vec::len);
    let admitted = admit(app, parts, request.api_key.as_deref(), count, &bytes).await?;
    note_delivery(request.sdk);
    let envelope = request.envelope();
    let Some(events) = request.events else {
        let refused =
            Refused::new(StatusCode::BAD_REQUEST, "events is missing: it must be an array");
        return Err(refuse(app, &admitted, Reason::MissingField, 1, refused, &bytes).await);
    };
    if events.len() > MAX_EVENTS_PER_REQUEST {
        let refused = Refused::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("events holds more than {MAX_EVENTS_PER_REQUEST} events; send fewer at once"),
        );
        return Err(refuse(app, &admitted, Reason::TooLarge, events.len(), refused, &bytes).await);
    }
    let receipt = accept(app, parts, &admitted, envelope, &events).await?;
    answer::answer(&receipt)
}

async fn accept(
    app: &App,
    parts: &Parts,
    admitted: &Admitted,
    envelope: Envelope,
    events: &[&RawValue],
) -> Result<Receipt, Refused> {
    let items = events
        .iter()
        .map(|raw| Incoming { raw: raw.get().as_bytes(), event: item::read(raw.get()) })
        .collect();
    let sender = sender(app, parts);
    let receipt = app.ingest.accept(admitted, sender, envelope, items).await;
    let receipt = receipt.map_err(|error| Refused::engine(&error))?;
    count_outcomes(&receipt);
    Ok(receipt)
}

fn sender<'a>(app: &App, parts: &'a Parts) -> Sender<'a> {
    let user_agent =
        parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or("");
    let address = app.settings.trusted_proxies.client_address(&parts.extensions, &parts.headers);
    Sender { user_agent, address }
}

/// Admits the request, or accounts for its refusal.
async fn admit(
    app: &App,
    parts: &Parts,
    body_key: Option<&str>,
    count: usize,
    raw: &[u8],
) -> Result<Admitted, Refused> {
    let Parts { headers, uri, .. } = parts;
    let denied = match try_admit(app, parts, body_key).await {
        Ok(admitted) => return Ok(admitted),
        Err(denied) => denied,
    };
    tracing::debug!(?denied, uri = %uri.path(), origin = ?headers.get(header::ORIGIN), "not admitted");
    let refused = Refused::denied(&denied);
    if let Some((project, reason)) = accounted(&denied) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let kept = app.ingest.refuse(project, reason, &refused.message, count, raw).await;
        kept.map_err(|error| Refused::engine(&error))?;
    }
    Err(refused)
}

async fn try_admit(
    app: &App,
    parts: &Parts,
    body_key: Option<&str>,
) -> Result<Admitted, engine::ingest::Denied> {
    let key = find_key(&parts.headers, body_key, &parts.uri);
    let origin = parts.headers.get(header::ORIGIN).and_then(|value| value.to_str().ok());
    let address = app.settings.trusted_proxies.client_address(&parts.extensions, &parts.headers);
    app.ingest.admit(key.as_deref(), origin, address).await
}

fn find_key(headers: &HeaderMap, body: Option<&str>, uri: &Uri) -> Option<String> {
    key::find(headers, body, uri)
}

/// Accounts for a body that could not be read, if its key stands outside it.
async fn unread(app: &App, parts: &Parts, reason: Reason, refused: Refused, raw: &[u8]) -> Refused {
    if find_key(&parts.headers, None, &parts.uri).is_none() {
        return refused;
    }
    match admit(app, parts, None, 1, raw).await {
        Ok(admitted) => refuse(app, &admitted, reason, 1, refused, raw).await,
        Err(denied) => denied,
    }
}

async fn refuse(
    app: &App,
    admitted: &Admitted,
    reason: Reason,
    count: usize,
    refused: Refused,
    raw: &[u8],
) -> Refused {
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    match app.ingest.refuse(admitted.project_id, reason, &refused.message, count, raw).await {
        Ok(()) => refused,
        Err(error) => Refused::engine(&error),
    }
}

fn count_outcomes(receipt: &Receipt) {
    let accepted = receipt.stored.len() - receipt.duplicates;
    metrics::counter!("footfall_events_total", "outcome" => "accepted", "reason" => "")
        .increment(accepted as u64);
    metrics::counter!("footfall_events_total", "outcome" => "duplicate", "reason" => "")
        .increment(receipt.duplicates as u64);
    for refusal in &receipt.refused {
        metrics::counter!("footfall_events_total", "outcome" => "refused", "reason" => refusal.reason.as_str())
            .increment(1);
    }
}

/// The SDK's own count of what it created and what was acknowledged: the delivery rate.
fn note_delivery(sdk: Option<&RawValue>) {
    let stats = sdk.and_then(|sdk| serde_json::from_str::<Sdk>(sdk.get()).ok()?.stats);
    if let Some(stats) = stats {
        metrics::counter!("footfall_sdk_events_created_total")
            .increment(stats.created.unwrap_or(0));
        metrics::counter!("footfall_sdk_events_acknowledged_total")
            .increment(stats.acknowledged.unwrap_or(0));
    }
}
