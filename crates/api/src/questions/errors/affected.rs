//! `GET /api/projects/{project_id}/errors/{error_group_id}/{sessions,people}`: whom a group hit.

use std::collections::HashMap;

use axum::extract::{Path, State};
use domain::id::ProjectId;
use domain::question::errors::{ErrorPerson, ErrorSender, ErrorSession};
use engine::ports::catalog::{Recording, RecordingQuery};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::GroupPath;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json, Query};
use crate::questions::scope::{ScopeQuery, SliceQuery, next_cursor};
use crate::state::App;

/// Named in cursors.
const SESSIONS: &str = "sessions of an error";
const PEOPLE: &str = "people of an error";
/// Recordings that are looked through for the moments of a page of sessions.
const MAX_RECORDINGS: u32 = 1_000;

/// Sessions that met a group in the period, the one that met it last first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErrorSessions)]
pub(crate) struct ErrorSessionList {
    sessions: Vec<ErrorSessionAnswer>,
    /// How many there are altogether.
    total: u64,
    next_cursor: Option<String>,
}

/// A session and the moment of its first occurrence.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErrorSession)]
pub(crate) struct ErrorSessionAnswer {
    session_id: String,
    /// The first occurrence.
    #[schema(format = DateTime)]
    occurred_at: String,
    /// Its event.
    event_id: String,
    /// Its page.
    path: Option<String>,
    /// Occurrences.
    count: u64,
    visitor_id: Option<String>,
    /// The customer.
    user_id: Option<String>,
    browser: Option<String>,
    os: Option<String>,
    device: Option<String>,
    country: Option<String>,
    /// The recording that shows the first occurrence.
    recording_id: Option<Uuid>,
    /// Seconds into that recording.
    recording_seconds: Option<i64>,
}

/// People who met a group in the period, the one who met it last first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErrorPeople)]
pub(crate) struct ErrorPersonList {
    people: Vec<ErrorPersonAnswer>,
    /// How many there are altogether.
    total: u64,
    next_cursor: Option<String>,
}

/// A visitor who met a group.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErrorPerson)]
pub(crate) struct ErrorPersonAnswer {
    visitor_id: String,
    /// The customer that the last of the errors names.
    user_id: Option<String>,
    /// Occurrences.
    count: u64,
    sessions: u64,
    /// In the period.
    #[schema(format = DateTime)]
    first_seen: String,
    /// In the period.
    #[schema(format = DateTime)]
    last_seen: String,
    browser: Option<String>,
    os: Option<String>,
    device: Option<String>,
    country: Option<String>,
}

impl ErrorSessionAnswer {
    fn new(session: ErrorSession, recordings: &[Recording]) -> Self {
        let at = session.occurred_at;
        let shows = |it: &&Recording| it.started_at <= at && at <= it.ended_at;
        let recording = recordings.iter().find(shows);
        let ErrorSender { visitor_id, user_id, browser, os, device, country } = session.sender;
        Self {
            session_id: session.session_id,
            occurred_at: at.to_rfc3339(),
            event_id: session.event_id,
            path: session.path,
            count: session.count,
            visitor_id,
            user_id,
            browser,
            os,
            device,
            country,
            recording_id: recording.map(|recording| recording.id.0),
            recording_seconds: recording.map(|it| at.micros_since(it.started_at) / 1_000_000),
        }
    }
}

impl From<ErrorPerson> for ErrorPersonAnswer {
    fn from(person: ErrorPerson) -> Self {
        let ErrorSender { visitor_id, user_id, browser, os, device, country } = person.sender;
        Self {
            visitor_id: visitor_id.unwrap_or_default(),
            user_id,
            count: person.count,
            sessions: person.sessions,
            first_seen: person.first_seen.to_rfc3339(),
            last_seen: person.last_seen.to_rfc3339(),
            browser,
            os,
            device,
            country,
        }
    }
}

/// Sessions that met a group of errors in the period, with the moment in their recordings.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/errors/{error_group_id}/sessions", tag = "Errors",
    operation_id = "error_sessions",
    params(("project_id" = Uuid, Path), ("error_group_id" = String, Path), ScopeQuery, SliceQuery),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = ErrorSessionList), Analyst, Unprocessable),
)]
pub(super) async fn sessions(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<GroupPath>,
    Query(query): Query<ScopeQuery>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<ErrorSessionList>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let slice = slice.slice(SESSIONS)?;
    let found = app.error_groups.sessions(&scope, &path.error_group_id, slice).await?;
    let next_cursor = next_cursor(SESSIONS, slice, &found.rows)?;
    let recordings = recordings(&app, allowed.project_id, &found.rows).await?;
    let answer = |session: ErrorSession| {
        let of_session = recordings.get(&session.session_id).map(Vec::as_slice);
        ErrorSessionAnswer::new(session, of_session.unwrap_or_default())
    };
    let sessions = found.rows.into_iter().map(answer).collect();
    Ok(Json(ErrorSessionList { sessions, total: found.total, next_cursor }))
}

/// The recordings of sessions.
async fn recordings(
    app: &App,
    project: ProjectId,
    sessions: &[ErrorSession],
) -> Result<HashMap<String, Vec<Recording>>, Error> {
    let mut found: HashMap<String, Vec<Recording>> = HashMap::new();
    if sessions.is_empty() {
        // No ids would mean all recordings.
        return Ok(found);
    }
    let session_ids = sessions.iter().map(|session| session.session_id.clone()).collect();
    let query = RecordingQuery { session_ids, ..RecordingQuery::default() };
    for recording in app.recordings.list(project, &query, MAX_RECORDINGS).await? {
        let session = recording.subject.session_id.clone();
        found.entry(session).or_default().push(recording);
    }
    Ok(found)
}

/// People who met a group of errors in the period.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/errors/{error_group_id}/people", tag = "Errors",
    operation_id = "error_people",
    params(("project_id" = Uuid, Path), ("error_group_id" = String, Path), ScopeQuery, SliceQuery),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = ErrorPersonList), Analyst, Unprocessable),
)]
pub(super) async fn people(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<GroupPath>,
    Query(query): Query<ScopeQuery>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<ErrorPersonList>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let slice = slice.slice(PEOPLE)?;
    let found = app.error_groups.people(&scope, &path.error_group_id, slice).await?;
    Ok(Json(ErrorPersonList {
        next_cursor: next_cursor(PEOPLE, slice, &found.rows)?,
        people: found.rows.into_iter().map(Into::into).collect(),
        total: found.total,
    }))
}
