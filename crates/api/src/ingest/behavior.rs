//! Contract 1, `POST /api/tracking/flush`: what a visitor looked at and searched for.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use domain::event::{Category, NewEvent};
use domain::outcome::{Contract, RejectionReason};
use engine::ingest::{Envelope, IncomingItem, Rejection};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::error::{IngestError, RejectedItem, RequestRejection};
use super::intake::{Intake, respond};
use super::items::RawItems;
use super::lenient::{LenientText, LenientTime};
use super::received_body::SenderIdentification;
use super::responses::Page;
use super::{metadata, properties};
use crate::state::App;

/// Behaviour events. Each is read by itself, so that an invalid one rejects no other.
#[derive(Deserialize, ToSchema)]
struct FlushRequest<'a> {
    /// The key, where no header can be set and the page's origin does not tell the project.
    api_key: Option<String>,
    /// Up to 5,000.
    #[serde(borrow)]
    #[schema(value_type = Vec<Item<'a>>)]
    events: Option<&'a RawValue>,
    /// The site's id of the person.
    #[serde(borrow)]
    #[schema(value_type = LenientText)]
    user_id: Option<&'a RawValue>,
    /// When the page sent it, by its own clock.
    sent_at: Option<LenientTime>,
}

/// A visitor's behaviour. Unknown fields are passed over.
#[derive(Deserialize, ToSchema)]
#[schema(as = BehaviorEvent)]
struct Item<'a> {
    /// Sent again, an event with the same id changes nothing.
    id: Option<String>,
    /// Such as `property_view`; it or `type` is required.
    behavior_type: Option<String>,
    /// Taken where `behavior_type` is left out.
    #[serde(rename = "type")]
    kind: Option<String>,
    property_id: Option<LenientText>,
    session_id: Option<LenientText>,
    visitor_id: Option<LenientText>,
    page_url: Option<String>,
    referrer: Option<String>,
    user_agent: Option<String>,
    duration_seconds: Option<f64>,
    search_query: Option<String>,
    /// Any JSON.
    #[serde(borrow)]
    #[schema(value_type = Option<Value>)]
    filters: Option<&'a RawValue>,
    #[serde(borrow)]
    #[schema(value_type = Option<Object>)]
    metadata: Option<&'a RawValue>,
    /// The time of receipt by default.
    created_at: Option<LenientTime>,
    /// Taken where `created_at` is left out.
    timestamp: Option<LenientTime>,
}

/// What the lake keeps of an item beside the columns all events have.
#[derive(Serialize)]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    property_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    search_query: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    filters: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FlushAnswer {
    /// Always true.
    success: bool,
    /// Events stored by this request, or by an earlier one with the same ids.
    inserted: usize,
    /// The events that were refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rejected: Vec<RejectedItem>,
}

/// Stores behaviour events, which a page sends when its visitor leaves.
#[utoipa::path(
    post, path = "/api/tracking/flush", tag = "Ingest",
    params(("key" = Option<String>, Query, description = "API key, where no header can be set")),
    request_body(content = FlushRequest<'_>, content_type = "application/json"),
    responses(
        (status = 200, body = FlushAnswer, description = "Every event not listed as rejected is on disk"),
        Page,
        (status = 400, body = IngestError, description = "Missing or invalid events array or user_id"),
        (status = 422, body = IngestError, description = "The body can be read, but all of its events are invalid"),
    ),
)]
pub(crate) async fn flush(State(app): State<App>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Behavior };
    respond(ingest(intake, body).await, &parts.headers)
}

async fn ingest(intake: Intake<'_>, body: Body) -> Result<FlushAnswer, RequestRejection> {
    let bytes = intake.read(body, SenderIdentification::ByKey).await?;
    let flush: FlushRequest<'_> = intake.parse(&bytes).await?;
    let events: Option<RawItems<'_>> =
        flush.events.and_then(|events| serde_json::from_str(events.get()).ok());
    let count = events.as_ref().map_or(1, RawItems::count);
    let sender = intake.admit_page(flush.api_key.as_deref(), count, &bytes).await?;
    let Some(events) = events else {
        let rejection =
            RequestRejection::new(StatusCode::BAD_REQUEST, "Missing or invalid events array");
        return Err(intake
            .refuse(&sender, RejectionReason::MissingField, 1, rejection, &bytes)
            .await);
    };
    let Some(user_id) = flush.user_id.and_then(user_id) else {
        let refused = RequestRejection::new(StatusCode::BAD_REQUEST, "Missing or invalid user_id");
        return Err(intake
            .refuse(&sender, RejectionReason::MissingField, count, refused, &bytes)
            .await);
    };
    intake.check_count(&sender, events.count(), &bytes).await?;
    let items = events
        .as_slice()
        .iter()
        .map(|raw| IncomingItem::new(raw.get().as_bytes(), read(raw.get(), intake.user_agent())))
        .collect();
    let sent_at = flush.sent_at.map(|LenientTime(at)| at);
    let envelope = Envelope { sent_at, user_id: Some(user_id), ..Envelope::default() };
    let receipt = intake.accept(&sender, envelope, items).await?;
    let rejected = RejectedItem::list(&receipt.refused);
    if receipt.stored.is_empty() && !rejected.is_empty() {
        return Err(RequestRejection::nothing_stored(&receipt.refused));
    }
    Ok(FlushAnswer { success: true, inserted: receipt.stored.len(), rejected })
}

/// A text or number that is not empty.
fn user_id(raw: &RawValue) -> Option<String> {
    let LenientText(text) = serde_json::from_str(raw.get()).ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Reads one item of a request with this user agent, which may be empty.
pub(super) fn read(json: &str, user_agent: &str) -> Result<NewEvent, Rejection> {
    let item: Item<'_> = properties::read_item(json)?;
    let text = |text: Option<LenientText>| {
        text.map(|LenientText(text)| text).filter(|text| !text.is_empty())
    };
    let name = item.behavior_type.or(item.kind).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Rejection::missing("behavior_type"))?;
    let properties = Properties {
        property_id: text(item.property_id),
        search_query: item.search_query,
        filters: item.filters.filter(|filters| filters.get() != "null"),
        metadata: metadata::read(item.metadata)?,
        user_agent: item
            .user_agent
            .clone()
            .or_else(|| Some(user_agent.to_owned()).filter(|text| !text.is_empty())),
    };
    Ok(NewEvent {
        id: item.id,
        at: item.created_at.or(item.timestamp).map(|LenientTime(at)| at),
        visitor_id: text(item.visitor_id),
        session_id: text(item.session_id),
        page_url: item.page_url,
        referrer: item.referrer,
        value: properties::amount("duration_seconds", item.duration_seconds)?,
        user_agent: item.user_agent,
        properties: properties::write(&properties)?,
        ..NewEvent::new(Category::Behavior, name)
    })
}
