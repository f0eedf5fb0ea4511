//! `GET /api/projects/{project_id}/sessions/{session_id}`: one visit, and its events.

use axum::extract::{Path, State};
use domain::event::Vitals;
use domain::id::{EventId, ProjectId};
use domain::question::{
    Filters, PageRange, Period, Scope, SessionEvent, SessionEventCursor, SessionEventRange,
    SessionFilters, SessionSort,
};
use domain::time::Timestamp;
use engine::ports::catalog::RecordingQuery;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::events::{EventAnswer, show_pictures};
use super::scope::SliceQuery;
use super::sessions::{SessionAnswer, with_recordings};
use crate::cursor;
use crate::error::Error;
use crate::extract::{Analyst, Json, Query};
use crate::recordings::RecordingAnswer;
use crate::state::App;

/// Named in cursors.
const EVENTS: &str = "events of a session";
/// Nothing is kept longer, in seconds; a browser's clock may be a day ahead.
const RETENTION_SECONDS: i64 = 774 * 86_400;
const DAY_SECONDS: i64 = 86_400;
/// Recordings of a visit that are named: a page that is loaded again begins another.
const MAX_RECORDINGS: u32 = 100;

/// The id of a visit's path.
#[derive(Debug, Deserialize)]
pub(super) struct SessionPath {
    session_id: String,
}

/// A visit: all of its events that are kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionDetail {
    session: SessionAnswer,
    /// Those begun last first, 100 at most.
    recordings: Vec<RecordingAnswer>,
}

/// The events of a visit, earliest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionEvents)]
pub(crate) struct SessionEventList {
    events: Vec<SessionEventAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// An event of a visit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionEvent)]
pub(crate) struct SessionEventAnswer {
    #[serde(flatten)]
    event: EventAnswer,
    /// An amount of money, a duration or a scroll depth, as the event's kind has it.
    value: Option<f64>,
    /// ISO 4217, of a value that is money.
    currency: Option<String>,
    /// Measurements of the page load; null of other events.
    vitals: Option<VitalsAnswer>,
}

/// Measurements of a page load, in milliseconds; the layout shift has no unit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionVitals)]
pub(crate) struct VitalsAnswer {
    load_time: Option<f64>,
    first_contentful_paint: Option<f64>,
    time_to_interactive: Option<f64>,
    largest_contentful_paint: Option<f64>,
    interaction_to_next_paint: Option<f64>,
    cumulative_layout_shift: Option<f64>,
    time_to_first_byte: Option<f64>,
}

impl VitalsAnswer {
    fn of(vitals: &Vitals) -> Option<Self> {
        (*vitals != Vitals::default()).then_some(Self {
            load_time: vitals.load_time,
            first_contentful_paint: vitals.first_contentful_paint,
            time_to_interactive: vitals.time_to_interactive,
            largest_contentful_paint: vitals.largest_contentful_paint,
            interaction_to_next_paint: vitals.interaction_to_next_paint,
            cumulative_layout_shift: vitals.cumulative_layout_shift,
            time_to_first_byte: vitals.time_to_first_byte,
        })
    }
}

/// A visit and its recordings.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/sessions/{session_id}", tag = "Questions", operation_id = "session",
    params(("project_id" = Uuid, Path), ("session_id" = String, Path)),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = SessionDetail), Analyst),
)]
pub(super) async fn session(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<SessionPath>,
) -> Result<Json<SessionDetail>, Error> {
    let project_id = allowed.project_id;
    let scope = everything(project_id, app.clock.now())?;
    let which =
        SessionFilters { session_id: Some(path.session_id.clone()), ..SessionFilters::default() };
    let one = PageRange::new(0, 1);
    let permit = app.analytics.permit().await?;
    let found = permit.sessions(&scope, &which, SessionSort::Latest, one).await?.sessions;
    drop(permit);
    let mut sessions = with_recordings(&app, project_id, found).await?;
    let session = sessions.pop().ok_or(engine::Error::NotFound("session"))?;
    let query = RecordingQuery { session_ids: vec![path.session_id], ..RecordingQuery::default() };
    let recordings = app.recordings.list(project_id, &query, MAX_RECORDINGS).await?;
    let recordings = recordings.into_iter().map(Into::into).collect();
    Ok(Json(SessionDetail { session, recordings }))
}

/// Whatever is kept, of bots too.
fn everything(project_id: ProjectId, now: Timestamp) -> Result<Scope, Error> {
    let (from, to) = (now.plus_seconds(-RETENTION_SECONDS), now.plus_seconds(DAY_SECONDS));
    let period = Period::new(from, to).map_err(engine::Error::internal)?;
    let filters = Filters { include_bots: true, ..Filters::default() };
    Ok(Scope { project_id, period, filters })
}

/// The events of a visit, earliest first.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/sessions/{session_id}/events", tag = "Questions",
    operation_id = "session_events",
    params(("project_id" = Uuid, Path), ("session_id" = String, Path), SliceQuery),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = SessionEventList), Analyst),
)]
pub(super) async fn events(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<SessionPath>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<SessionEventList>, Error> {
    let after = cursor::read(EVENTS, slice.cursor())?;
    let after = after.map(|(occurred_at, seq, id)| SessionEventCursor {
        occurred_at,
        seq,
        id: EventId(id),
    });
    let range = SessionEventRange::new(after, slice.limit());
    let permit = app.analytics.permit().await?;
    let found = permit.session_events(allowed.project_id, &path.session_id, range).await?;
    drop(permit);
    let next_cursor = cursor::next(EVENTS, &found, range.limit(), |last| {
        let cursor = last.cursor();
        (cursor.occurred_at, cursor.seq, cursor.id.0)
    })?;
    let mut events: Vec<SessionEventAnswer> = found.into_iter().map(Into::into).collect();
    let rows = events.iter_mut().map(|event| &mut event.event).collect();
    show_pictures(&app, allowed.project_id, rows).await?;
    Ok(Json(SessionEventList { events, next_cursor }))
}

impl From<SessionEvent> for SessionEventAnswer {
    fn from(event: SessionEvent) -> Self {
        Self {
            vitals: VitalsAnswer::of(&event.vitals),
            event: event.row.into(),
            value: event.value,
            currency: event.currency,
        }
    }
}
