//! Contract 3, `POST /ingest-events`: friction, heatmap and performance events of a page.

mod answer;
mod item;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use domain::id::ProjectId;
use domain::outcome::{Contract, RejectionReason};
use engine::ingest::{Envelope, IncomingItem};
use engine::sdk_reports::SdkReport;
use serde::Deserialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::error::{IngestError, RequestRejection};
use super::intake::{Intake, respond};
use super::items::RawItems;
use super::lenient::{LenientText, LenientTime};
use super::received_body::SenderIdentification;
use super::responses::KeyHolder;
use crate::object;
use crate::state::App;

pub(super) use item::read as read_item;

use answer::FrictionAnswer;
use item::Item;

/// A page's events. Each is read by itself, so that an invalid one rejects no other.
#[derive(Deserialize, ToSchema)]
pub(super) struct FrictionRequest<'a> {
    /// The key, where no header can be set.
    api_key: Option<String>,
    /// The visit of events that name none.
    session_id: Option<LenientText>,
    /// The customer of events that name none.
    user_id: Option<LenientText>,
    /// When the page sent it, by its own clock.
    sent_at: Option<LenientTime>,
    #[serde(borrow)]
    #[schema(value_type = Option<Sdk<'a>>)]
    sdk: Option<&'a RawValue>,
    /// Up to 5,000.
    #[serde(borrow)]
    #[schema(value_type = Vec<Item<'a>>)]
    pub(super) events: Option<RawItems<'a>>,
}

impl FrictionRequest<'_> {
    /// What the body says about all of its events.
    pub(super) fn envelope(&self) -> Envelope {
        let text = |text: &Option<LenientText>| text.as_ref().map(|LenientText(text)| text.clone());
        Envelope {
            sent_at: self.sent_at.as_ref().map(|LenientTime(at)| *at),
            session_id: text(&self.session_id),
            user_id: text(&self.user_id),
            is_anonymous: false,
        }
    }

    /// What the SDK says of itself.
    fn sdk(&self) -> Sdk<'_> {
        self.sdk.and_then(lenient).unwrap_or_default()
    }
}

/// Ignores values that do not parse; events are stored anyway.
fn lenient<'a, T: Deserialize<'a>>(raw: &'a RawValue) -> Option<T> {
    object::from_str(raw.get()).ok()
}

/// The SDK's report on itself, sent with each batch.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = SdkReport)]
struct Sdk<'a> {
    /// `granted` or `none`; who denied sends nothing.
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    consent: Option<&'a RawValue>,
    #[serde(borrow)]
    #[schema(value_type = Option<SdkStats>)]
    stats: Option<&'a RawValue>,
}

/// Events since the SDK's last report.
#[derive(Deserialize, ToSchema)]
struct SdkStats {
    created: Option<u64>,
    sent: Option<u64>,
    acknowledged: Option<u64>,
    retries: Option<u64>,
    dropped: Option<BTreeMap<String, u64>>,
    bytes: Option<u64>,
    latency_ms: Option<f64>,
    requests: Option<u64>,
    busy_ms: Option<f64>,
}

/// Stores friction, heatmap and performance events.
///
/// The key stands in the `x-api-key` header, the body's `api_key`, `?key=` or the bearer token.
#[utoipa::path(
    post, path = "/ingest-events", tag = "Ingest",
    params(("key" = Option<String>, Query, description = "API key, where no header can be set")),
    request_body(content = FrictionRequest<'_>, content_type = "application/json"),
    responses(
        (status = 200, body = FrictionAnswer, description = "Every event not listed as rejected is on disk"),
        KeyHolder,
        (status = 400, body = IngestError, description = "Not readable, or a required field is missing"),
        (status = 422, body = IngestError, description = "The body can be read, but all of its events are invalid"),
    ),
)]
pub(crate) async fn ingest(State(app): State<App>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Friction };
    // In a place of its own: the router would move it about, and it is as large as what it reads.
    respond(Box::pin(handle(intake, body)).await, &parts.headers)
}

async fn handle(intake: Intake<'_>, body: Body) -> Result<FrictionAnswer, RequestRejection> {
    let bytes = intake.read(body, SenderIdentification::ByKey).await?;
    let request: FrictionRequest<'_> = intake.parse(&bytes).await?;
    let count = request.events.as_ref().map_or(1, RawItems::count);
    let sender = intake.admit(request.api_key.as_deref(), count, &bytes).await?;
    let Sdk { consent, stats } = request.sdk();
    record_delivery(intake.app, sender.project_id, stats.and_then(lenient));
    let is_anonymous = consent.is_some_and(|consent| consent.get() == r#""none""#);
    let envelope = Envelope { is_anonymous, ..request.envelope() };
    let Some(events) = request.events else {
        let rejection = RequestRejection::new(
            StatusCode::BAD_REQUEST,
            "events is missing: it must be an array",
        );
        return Err(intake
            .refuse(&sender, RejectionReason::MissingField, 1, rejection, &bytes)
            .await);
    };
    intake.check_count(&sender, events.count(), &bytes).await?;
    let items = events
        .as_slice()
        .iter()
        .map(|raw| IncomingItem::new(raw.get().as_bytes(), item::read(raw.get())))
        .collect();
    let receipt = intake.accept(&sender, envelope, items).await?;
    answer::answer(&receipt)
}

/// The SDK's own count of what it created and what was acknowledged: the delivery rate.
fn record_delivery(app: &App, project: ProjectId, stats: Option<SdkStats>) {
    let Some(stats) = stats else { return };
    let report = stats.report();
    metrics::counter!("footfall_sdk_events_created_total").increment(report.created);
    metrics::counter!("footfall_sdk_events_acknowledged_total").increment(report.acknowledged);
    app.sdk_reports.note(project, &report);
}

impl SdkStats {
    fn report(self) -> SdkReport {
        let millis = |time: Option<f64>| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates"
            )]
            let whole = time.unwrap_or_default().round() as u64;
            whole
        };
        SdkReport {
            created: self.created.unwrap_or(0),
            sent: self.sent.unwrap_or(0),
            acknowledged: self.acknowledged.unwrap_or(0),
            retries: self.retries.unwrap_or(0),
            dropped: self.dropped.unwrap_or_default().into_iter().collect(),
            bytes: self.bytes.unwrap_or(0),
            latency_ms: millis(self.latency_ms),
            requests: self.requests.unwrap_or(0),
            busy_ms: millis(self.busy_ms),
        }
    }
}
