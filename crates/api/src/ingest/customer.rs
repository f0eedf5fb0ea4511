//! Contract 4, `POST /track-event`: what a known customer does, for the CRM.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use domain::crm::{self, Identity};
use domain::customer::Customer;
use domain::event::{Category, NewEvent};
use domain::limits::{MAX_ID_BYTES, MAX_NAME_BYTES};
use domain::money::{Currency, Money};
use domain::outcome::{Contract, RejectionReason};
use engine::ingest::{Envelope, IncomingItem, Rejection};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AllOfBuilder, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::error::{IngestError, RequestRejection};
use super::intake::{Intake, respond};
use super::lenient::{LenientText, LenientTime};
use super::received_body::SenderIdentification;
use super::reported_session::{ReportedBrowser, ReportedSession};
use super::responses::Page;
use super::{metadata, properties};
use crate::state::App;

/// What the older hosts' paths begin with; the rest names a deployment.
const FUNCTION_PREFIX: &str = "make-server-";
/// Members of `event_data` that hold the amount, the first that is there.
const AMOUNTS: [&str; 3] = ["total_amount", "amount", "value"];

/// Who sends an event. This is read before the event is.
#[derive(Deserialize, ToSchema)]
struct Keyed {
    /// The key, where no header can be set and the page's origin does not tell the project.
    api_key: Option<String>,
    /// When it was sent, by the sender's clock.
    sent_at: Option<LenientTime>,
}

/// A customer event. Unknown fields are ignored.
#[derive(Deserialize, ToSchema)]
struct Item<'a> {
    /// Sent again, an event with the same id changes nothing.
    id: Option<LenientText>,
    /// Such as `booking.completed`.
    #[schema(value_type = String)]
    event_type: Option<String>,
    /// `id` or `email` is required; `first_name` and `last_name`, or `name`; `phone`.
    #[serde(borrow)]
    #[schema(value_type = Object)]
    customer: Option<&'a RawValue>,
    /// The event's own data; its `total_amount` is the amount.
    #[serde(borrow)]
    #[schema(value_type = Option<Object>)]
    event_data: Option<&'a RawValue>,
    #[serde(borrow)]
    #[schema(value_type = Option<ReportedSession>)]
    session: Option<&'a RawValue>,
    page_url: Option<String>,
    /// ISO 4217 code of the amount.
    currency: Option<String>,
    /// The time of receipt by default.
    occurred_at: Option<LenientTime>,
    /// Taken where `occurred_at` is left out.
    timestamp: Option<LenientTime>,
}

/// The body: both in one object.
enum KeyedItem {}

impl PartialSchema for KeyedItem {
    fn schema() -> RefOr<Schema> {
        AllOfBuilder::new().item(Keyed::schema()).item(Item::schema()).into()
    }
}

impl ToSchema for KeyedItem {
    fn name() -> std::borrow::Cow<'static, str> {
        "CustomerEventRequest".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        Keyed::schemas(schemas);
        Item::schemas(schemas);
    }
}

/// What the event keeps beside the columns all events have.
#[derive(Serialize)]
struct Properties<'a> {
    customer: &'a Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_data: Option<&'a Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<ReportedBrowser<'a>>,
}

/// A customer event, read, and whose it is.
pub(super) struct TrackedEvent {
    pub(super) event: NewEvent,
    customer: Customer,
}

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CustomerEventAnswer)]
pub(crate) struct TrackAnswer {
    /// Always true.
    success: bool,
    /// Finds the contact, also after it was merged with another.
    contact_id: String,
    /// `Event tracked successfully`
    #[schema(value_type = String)]
    message: &'static str,
}

/// Stores a customer event.
#[utoipa::path(
    post, path = "/track-event", tag = "Ingest", operation_id = "track_customer_event",
    params(("key" = Option<String>, Query, description = "API key, where no header can be set")),
    request_body(content = KeyedItem, content_type = "application/json"),
    responses(
        (status = 200, body = TrackAnswer, description = "The event is on disk"),
        Page,
        (status = 400, body = IngestError, description = "customer.id or customer.email, or event_type, is missing"),
        (status = 422, body = IngestError, description = "The body can be read, but a field is invalid"),
    ),
)]
pub(crate) async fn track(State(app): State<App>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Customer };
    respond(ingest(intake, body).await, &parts.headers)
}

/// [`track`] on the path of an older host, `/make-server-{anything}/track-event`.
pub(crate) async fn track_function(
    State(app): State<App>,
    Path(function): Path<String>,
    request: Request<Body>,
) -> Response {
    if function.starts_with(FUNCTION_PREFIX) {
        return track(State(app), request).await;
    }
    RequestRejection::new(StatusCode::NOT_FOUND, "not found; post to /track-event")
        .into_response(request.headers())
}

async fn ingest(intake: Intake<'_>, body: Body) -> Result<TrackAnswer, RequestRejection> {
    let bytes = intake.read(body, SenderIdentification::ByKey).await?;
    let Keyed { api_key, sent_at } = intake.parse(&bytes).await?;
    let sender = intake.admit_page(api_key.as_deref(), 1, &bytes).await?;
    let text = String::from_utf8_lossy(&bytes);
    let currency = intake.app.default_currency(sender.project_id).await;
    let read = read(&text, &currency);
    let who = read.as_ref().ok().map(|tracked| tracked.customer.clone()).unwrap_or_default();
    let event = read.map(|tracked| tracked.event);
    let name = event.as_ref().map(|event| event.name.clone()).unwrap_or_default();
    let sent_at = sent_at.map(|LenientTime(at)| at);
    let envelope = Envelope { sent_at, ..Envelope::default() };
    let items = vec![IncomingItem::new(&bytes, event)];
    let receipt = intake.accept(&sender, envelope, items).await?;
    if let Some(first) = receipt.refused.first() {
        let rejection = RequestRejection::nothing_stored(&receipt.refused);
        return Err(RequestRejection { message: first.detail.clone(), ..rejection });
    }
    if crm::is_critical(&name) {
        tracing::info!("Received event: {name}");
    } else {
        tracing::debug!("Received event: {name}");
    }
    let identities = Identity::all(sender.project_id, who.id.as_deref(), who.email.as_deref());
    let contact_id = identities.first().map(|identity| identity.contact_id.to_string());
    Ok(TrackAnswer {
        success: true,
        contact_id: contact_id.unwrap_or_default(),
        message: "Event tracked successfully",
    })
}

/// Reads a body.
pub(super) fn read(json: &str, default_currency: &Currency) -> Result<TrackedEvent, Rejection> {
    let item: Item<'_> = properties::read_item(json)?;
    let object: Map<String, Value> =
        properties::read_part("customer", item.customer)?.unwrap_or_default();
    let session: Option<ReportedSession> = properties::read_part("session", item.session)?;
    let customer = Customer::read(&object);
    if !customer.is_known() {
        let detail = "customer.id or customer.email is required";
        return Err(Rejection::new(RejectionReason::MissingField, detail));
    }
    if customer.email.as_ref().is_some_and(|email| email.len() > MAX_ID_BYTES) {
        let detail = format!("customer.email is longer than {MAX_ID_BYTES} bytes");
        return Err(Rejection::new(RejectionReason::InvalidField, detail));
    }
    let data = event_data(item.event_data)?;
    let amount = amount(data.as_ref(), item.currency, default_currency)?;
    let properties = Properties {
        customer: &object,
        event_data: data.as_ref(),
        session: session.as_ref().map(ReportedSession::browser),
    };
    let properties = properties::write(&properties)?;
    let text = |it: Option<LenientText>| it.map(|it| it.0).filter(|text| !text.is_empty());
    let event = NewEvent {
        id: item.id.map(|LenientText(id)| id),
        at: item.occurred_at.or(item.timestamp).map(|LenientTime(at)| at),
        device: session.as_ref().and_then(ReportedSession::device).map(Box::new),
        session_id: session.and_then(|session| text(session.id)),
        user_id: customer.id.clone(),
        page_url: item.page_url,
        value: amount.as_ref().map(|(value, _)| *value),
        currency: amount.map(|(_, currency)| currency.into()),
        properties,
        ..NewEvent::new(Category::Customer, name(item.event_type)?)
    };
    Ok(TrackedEvent { event, customer })
}

fn name(event_type: Option<String>) -> Result<String, Rejection> {
    let name = event_type.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let name = name
        .ok_or_else(|| Rejection::new(RejectionReason::MissingField, "event_type is required"))?;
    if name.len() > MAX_NAME_BYTES || name.contains(char::is_control) {
        let detail =
            format!("event_type must be at most {MAX_NAME_BYTES} bytes without line breaks");
        return Err(Rejection::new(RejectionReason::InvalidField, detail));
    }
    Ok(name)
}

fn event_data(raw: Option<&RawValue>) -> Result<Option<Map<String, Value>>, Rejection> {
    let rename = |bad: Rejection| Rejection {
        detail: bad.detail.replacen("metadata", "event_data", 1),
        ..bad
    };
    let text = metadata::read(raw).map_err(rename)?;
    Ok(text.and_then(|text| serde_json::from_str(text.get()).ok()))
}

/// The event's amount in major units and its currency: `currency` beside or inside `event_data`, else
/// the default.
fn amount(
    data: Option<&Map<String, Value>>,
    currency: Option<String>,
    default_currency: &Currency,
) -> Result<Option<(f64, Currency)>, Rejection> {
    let Some(data) = data else { return Ok(None) };
    let Some((field, value)) = AMOUNTS.iter().find_map(|name| Some((*name, data.get(*name)?)))
    else {
        return Ok(None);
    };
    let field = format!("event_data.{field}");
    let value = match value {
        Value::Null => return Ok(None),
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    };
    let bad =
        |detail: &str| Rejection::new(RejectionReason::InvalidField, format!("{field}: {detail}"));
    let value = properties::amount(&field, Some(value.ok_or_else(|| bad("must be a number"))?))?;
    let inside = || data.get("currency").and_then(Value::as_str).map(str::to_owned);
    let currency = match currency.or_else(inside).filter(|code| !code.trim().is_empty()) {
        Some(code) => Currency::parse(&code).map_err(|error| {
            Rejection::new(RejectionReason::InvalidField, format!("currency: {error}"))
        })?,
        None => default_currency.clone(),
    };
    let value = value.unwrap_or_default();
    Money::from_major(value, currency.clone()).map_err(|error| bad(&error.to_string()))?;
    Ok(Some((value, currency)))
}
