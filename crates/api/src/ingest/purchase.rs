//! Contract 5, `POST /api/orders` and `POST /api/bookings`: what a customer ordered and booked.
//!
//! Both become the customer events `order.placed` and `booking.completed`. The answer waits until the
//! customer's figures show it, 2 s at most.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use domain::event::{Category, NewEvent};
use domain::money::{Currency, Money};
use domain::outcome::{Contract, RejectionReason};
use engine::ingest::{Envelope, IncomingItem, Rejection};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::error::RequestRejection;
use super::intake::{Intake, respond};
use super::lenient::{LenientText, LenientTime};
use super::received_body::SenderIdentification;
use super::responses::Program;
use super::{properties, secret};
use crate::object;
use crate::state::App;

/// An order or booking. Unknown fields are passed over.
#[derive(Deserialize, ToSchema)]
struct PurchaseRequest {
    /// The site's id for it, also as `order_id` or `booking_id`: sending it again changes nothing.
    #[serde(alias = "order_id", alias = "booking_id")]
    id: Option<LenientText>,
    /// Whose it is.
    #[schema(value_type = LenientText)]
    user_id: Option<LenientText>,
    /// The customer's address.
    email: Option<String>,
    /// The customer's full name.
    name: Option<String>,
    /// The visit it was made in.
    session_id: Option<LenientText>,
    /// The booked service; for bookings.
    service: Option<String>,
    /// In major units; also as `amount`.
    #[serde(alias = "amount")]
    total_amount: Option<f64>,
    /// ISO 4217; the server's default when left out.
    currency: Option<String>,
    /// `completed` by default.
    status: Option<String>,
    /// Now by default.
    created_at: Option<LenientTime>,
}

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PurchaseAnswer {
    /// Always true.
    success: bool,
}

/// Stores an order; the customer's figures contain it when this is answered.
#[utoipa::path(
    post, path = "/api/orders", tag = "Ingest", operation_id = "place_order",
    request_body(content = PurchaseRequest, content_type = "application/json"),
    responses((status = 200, body = PurchaseAnswer, description = "The order is on disk"), Program),
)]
pub(crate) async fn order(State(app): State<App>, request: Request<Body>) -> Response {
    answer(app, request, "order").await
}

/// Stores a booking; the customer's figures contain it when this is answered.
#[utoipa::path(
    post, path = "/api/bookings", tag = "Ingest", operation_id = "complete_booking",
    request_body(content = PurchaseRequest, content_type = "application/json"),
    responses((status = 200, body = PurchaseAnswer, description = "The booking is on disk"), Program),
)]
pub(crate) async fn booking(State(app): State<App>, request: Request<Body>) -> Response {
    answer(app, request, "booking").await
}

async fn answer(app: App, request: Request<Body>, kind: &'static str) -> Response {
    let (parts, body) = request.into_parts();
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Session };
    respond(ingest(intake, body, kind).await, &parts.headers)
}

async fn ingest(
    intake: Intake<'_>,
    body: Body,
    kind: &'static str,
) -> Result<PurchaseAnswer, RequestRejection> {
    let sender = secret::admit(intake).await?;
    let bytes = intake.read(body, SenderIdentification::AlreadyAdmitted).await?;
    let purchase: PurchaseRequest = match object::from_slice(&bytes) {
        Ok(purchase) => purchase,
        Err(error) => {
            let message = format!("the body is not a JSON object of the expected shape: {error}");
            let rejection = RequestRejection::new(StatusCode::BAD_REQUEST, message);
            let reason = RejectionReason::Unparseable;
            return Err(intake.refuse(&sender, reason, 1, rejection, &bytes).await);
        }
    };
    let currency = intake.app.default_currency(sender.project_id).await;
    let event = event(purchase, kind, &currency);
    let items = vec![IncomingItem::new(&bytes, event)];
    let receipt = intake.accept(&sender, Envelope::default(), items).await?;
    if let Some(first) = receipt.refused.first() {
        let refused = RequestRejection::nothing_stored(&receipt.refused);
        let status = match first.reason {
            RejectionReason::MissingField | RejectionReason::InvalidField => {
                StatusCode::BAD_REQUEST
            }
            _ => refused.status,
        };
        return Err(RequestRejection { status, message: first.detail.clone(), ..refused });
    }
    let shown = intake.app.sessions.wait_for_projection().await;
    if !shown.map_err(|error| RequestRejection::engine(&error))? {
        tracing::warn!("the sessions projection is behind; an order is stored and not yet shown");
    }
    Ok(PurchaseAnswer { success: true })
}

/// The customer event of an order or booking.
fn event(
    purchase: PurchaseRequest,
    kind: &'static str,
    default_currency: &Currency,
) -> Result<NewEvent, Rejection> {
    let text_of = |text: Option<LenientText>| {
        text.map(|LenientText(text)| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let user_id = text_of(purchase.user_id).ok_or_else(|| Rejection::missing("user_id"))?;
    let id = text_of(purchase.id);
    let value = properties::amount("total_amount", purchase.total_amount)?;
    let currency = match purchase.currency.as_deref() {
        Some(code) => {
            Currency::parse(code).map_err(|error| invalid(format!("currency: {error}")))?
        }
        None => default_currency.clone(),
    };
    if let Some(value) = value {
        Money::from_major(value, currency.clone())
            .map_err(|error| invalid(format!("total_amount: {error}")))?;
    }
    let properties = json!({
        "customer": {"id": &user_id, "email": purchase.email, "name": purchase.name},
        "event_data": {
            "id": &id,
            "service": purchase.service,
            "total_amount": value,
            "status": purchase.status,
        },
    });
    let name = if kind == "order" { "order.placed" } else { "booking.completed" };
    Ok(NewEvent {
        // Sent again, an order stays one order.
        id: id.map(|id| format!("{kind}:{id}")),
        at: purchase.created_at.map(|LenientTime(at)| at),
        user_id: Some(user_id),
        session_id: text_of(purchase.session_id),
        value,
        currency: value.map(|_| currency.as_str().to_owned()),
        properties: Some(properties.to_string()),
        ..NewEvent::new(Category::Customer, name)
    })
}

fn invalid(detail: String) -> Rejection {
    Rejection::new(RejectionReason::InvalidField, detail)
}
