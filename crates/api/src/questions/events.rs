//! `GET /api/projects/{project_id}/events`.

use std::collections::HashMap;

use axum::extract::State;
use domain::id::{EventId, ProjectId};
use domain::question::{EventCursor, EventRange, EventRow};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::scope::ScopeQuery;
use crate::cursor;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json, Query};
use crate::recordings::screenshot_url;
use crate::state::App;

/// Named in cursors.
const LIST: &str = "events";
/// Events of a page, unless asked otherwise.
const DEFAULT_LIMIT: u32 = 50;
/// The category whose events are pictured.
const FRICTION: &str = "friction";

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventsQuery {
    /// Friction events only; answered rage clicks with `include_answered`.
    friction_only: Option<bool>,
}

/// Which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventPageQuery {
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Also answer how many events there are in all.
    with_total: Option<bool>,
}

impl EventPageQuery {
    fn range(&self) -> Result<EventRange, Error> {
        let after = cursor::read(LIST, self.cursor.as_deref())?;
        let after = after.map(|(occurred_at, id)| EventCursor { occurred_at, id: EventId(id) });
        Ok(EventRange::new(after, self.limit.unwrap_or(DEFAULT_LIMIT)))
    }
}

/// The latest events, latest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Events)]
pub(crate) struct EventList {
    events: Vec<EventAnswer>,
    next_cursor: Option<String>,
    /// How many events match, of all pages; with `with_total` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

/// One event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub(crate) struct EventAnswer {
    id: Uuid,
    category: String,
    name: String,
    #[schema(format = DateTime)]
    occurred_at: String,
    #[schema(format = DateTime)]
    received_at: String,
    visitor_id: Option<String>,
    session_id: Option<String>,
    user_id: Option<String>,
    path: Option<String>,
    element_selector: Option<String>,
    element_text: Option<String>,
    error_message: Option<String>,
    /// Of a script error or an unhandled rejection: those with one cause have one; see `…/errors`.
    error_group: Option<String>,
    /// Where in the page's code it was thrown. The live feed leaves it out.
    stack: Option<String>,
    severity: Option<String>,
    /// Where a picture of the page is, when one has arrived. The live feed leaves it out.
    screenshot_url: Option<String>,
    browser: Option<String>,
    os: Option<String>,
    device: Option<String>,
    country: Option<String>,
    /// Whatever else the page said of it.
    #[schema(value_type = Object)]
    properties: Box<RawValue>,
    /// The rule that took the sender for a bot.
    bot: Option<String>,
}

impl From<EventRow> for EventAnswer {
    fn from(row: EventRow) -> Self {
        let properties = row.properties.and_then(|text| RawValue::from_string(text).ok());
        Self {
            id: row.id.0,
            category: row.category,
            name: row.name,
            occurred_at: row.occurred_at.to_rfc3339(),
            received_at: row.received_at.to_rfc3339(),
            visitor_id: row.visitor_id,
            session_id: row.session_id,
            user_id: row.user_id,
            path: row.path,
            element_selector: row.element_selector,
            element_text: row.element_text,
            error_message: row.error_message,
            error_group: row.error_group,
            stack: row.stack,
            severity: row.severity,
            screenshot_url: None,
            browser: row.browser,
            os: row.os,
            device: row.device,
            country: row.country,
            properties: properties.unwrap_or_else(empty_object),
            bot: row.bot,
        }
    }
}

fn empty_object() -> Box<RawValue> {
    RawValue::from_string("{}".to_owned()).unwrap_or_else(|_| Box::default())
}

/// The latest events.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/events", tag = "Questions", operation_id = "events",
    params(("project_id" = Uuid, Path), ScopeQuery, EventsQuery, EventPageQuery),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = EventList), Analyst, Unprocessable),
)]
pub(super) async fn events(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<ScopeQuery>,
    Query(which): Query<EventsQuery>,
    Query(page): Query<EventPageQuery>,
) -> Result<Json<EventList>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let range = page.range()?;
    let friction_only = which.friction_only.unwrap_or(false);
    let permit = app.analytics.permit().await?;
    let total = match page.with_total {
        Some(true) => Some(permit.event_count(&scope, friction_only).await?),
        _ => None,
    };
    let answer = permit.events(&scope, friction_only, range).await?;
    drop(permit);
    let next_cursor =
        cursor::next(LIST, &answer.events, range.limit(), |last| (last.occurred_at, last.id.0))?;
    let mut events: Vec<EventAnswer> = answer.events.into_iter().map(Into::into).collect();
    show_pictures(&app, allowed.project_id, events.iter_mut().collect()).await?;
    Ok(Json(EventList { events, next_cursor, total }))
}

/// Says where the pictures of friction events are.
pub(super) async fn show_pictures(
    app: &App,
    project: ProjectId,
    events: Vec<&mut EventAnswer>,
) -> Result<(), Error> {
    let friction = events.iter().filter(|event| event.category == FRICTION);
    let ids: Vec<EventId> = friction.map(|event| EventId(event.id)).collect();
    let pictures = app.recordings.screenshots_of(project, &ids).await?;
    let pictures: HashMap<EventId, _> = pictures.into_iter().collect();
    let base = app.settings().public_url.as_deref();
    for event in events {
        let picture = pictures.get(&EventId(event.id));
        event.screenshot_url = picture.map(|id| screenshot_url(base, project, *id));
    }
    Ok(())
}
