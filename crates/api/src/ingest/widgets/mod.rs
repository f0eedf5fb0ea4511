//! Contract 2, `POST /api/analytics/track`: what embedded call widgets tell.
//!
//! There is no key: each event names its widget, which must exist, be switched on, and admit the
//! page's `Origin`, or without one the host of its `page_url`. A batch may name widgets of several
//! projects. Every event is judged by its own widget: those that may not be stored are refused by
//! index and reason, the others are stored, one journal write for each project. When one of these
//! writes fails the whole answer is 503; sending the batch again is safe where events carry an `id`.

mod answer;
mod group;
mod item;

use axum::body::Body;
use axum::extract::State;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use domain::limits::MAX_EVENTS_PER_REQUEST;
use domain::outcome::Contract;
use engine::ingest::Envelope;
use serde::Deserialize;
use serde_json::value::RawValue;
use utoipa::openapi::schema::{OneOfBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

use super::error::{IngestError, RequestRejection};
use super::intake::{Intake, respond};
use super::items::RawItems;
use super::received_body::SenderIdentification;
use super::responses::Sender;
use crate::state::App;

pub(super) use item::read;

use answer::{TrackAnswer, TrackOutcomes};
use item::Item;

/// A batch of events. Without `events` a body is one event.
#[derive(Deserialize, ToSchema)]
#[schema(as = WidgetEvents)]
struct Batch<'a> {
    /// Up to 5,000, also of several widgets.
    #[serde(borrow)]
    #[schema(value_type = Vec<Item<'a>>)]
    events: Option<&'a RawValue>,
}

/// The body: one event or a batch.
enum OneOrMore {}

impl PartialSchema for OneOrMore {
    fn schema() -> RefOr<Schema> {
        let named = |name| Ref::from_schema_name(name);
        OneOfBuilder::new().item(named(Item::name())).item(named(Batch::name())).into()
    }
}

impl ToSchema for OneOrMore {
    fn name() -> std::borrow::Cow<'static, str> {
        "WidgetEventRequest".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((Batch::name().into(), Batch::schema()));
        Batch::schemas(schemas);
    }
}

/// Stores one event of a call widget, or `{"events": […]}`.
#[utoipa::path(
    post, path = "/api/analytics/track", tag = "Ingest", operation_id = "track_widget_event", request_body(content = OneOrMore, content_type = "application/json"),
    responses(
        (status = 200, body = TrackAnswer, description = "Every event not listed as rejected is on disk, but those of demo widgets"),
        Sender,
        (status = 400, body = IngestError, description = "Not readable, or a required field is missing"),
        (status = 403, body = IngestError, description = "Widget switched off, or origin not allowed"),
        (status = 404, body = IngestError, description = "Unknown widget"),
        (status = 422, body = IngestError, description = "The body can be read, but all of its events are invalid"),
        (status = 429, body = IngestError, description = "Too many requests from this address; see Retry-After"),
    ),
)]
pub(crate) async fn track(State(app): State<App>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let intake = Intake { app: &app, parts: &parts, contract: Contract::Widget };
    respond(ingest(intake, body).await, &parts.headers)
}

async fn ingest(intake: Intake<'_>, body: Body) -> Result<TrackAnswer, RequestRejection> {
    let bytes = intake.read(body, SenderIdentification::Otherwise).await?;
    let batch: Batch<'_> = intake.parse(&bytes).await?;
    let whole: &RawValue = intake.parse(&bytes).await?;
    let events = match batch.events {
        None => RawItems::one(whole),
        Some(events) => serde_json::from_str(events.get()).map_err(|_| {
            RequestRejection::new(StatusCode::BAD_REQUEST, "events must be an array of events")
        })?,
    };
    if events.count() > MAX_EVENTS_PER_REQUEST {
        let message = format!(
            "events contains more than {MAX_EVENTS_PER_REQUEST} events; send fewer at once"
        );
        return Err(RequestRejection::new(StatusCode::PAYLOAD_TOO_LARGE, message));
    }
    let sorted = group::by_project(intake, events.as_slice()).await?;
    let mut verdicts = TrackOutcomes::new(events.count(), sorted.demo, sorted.unaccounted);
    for group in sorted.groups {
        let receipt = intake.accept(&group.admitted, Envelope::default(), group.items).await?;
        verdicts.add(&receipt, &group.indexes);
    }
    verdicts.answer(sorted.is_readable)
}
