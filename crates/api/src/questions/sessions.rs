//! `GET /api/projects/{project_id}/sessions`: visits, whoever made them.

use std::collections::HashMap;

use axum::extract::State;
use domain::id::{ProjectId, RecordingId};
use domain::question::{SessionFilters, SessionSort, SessionSummary};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::friction::KindName;
use super::scope::{PeriodAnswer, ScopeQuery, SliceQuery, next_cursor, non_empty};
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json, Query};
use crate::state::App;

/// Longest duration that is asked for: no number of seconds of a retention is larger.
const MAX_SECONDS: u32 = 70_000_000;

/// Which visits. The other filters choose visits with an event that matches all of them.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct SessionsQuery {
    /// Visits of this customer.
    user_id: Option<String>,
    /// Visits of this browser.
    visitor_id: Option<String>,
    /// This visit.
    session_id: Option<String>,
    /// Seconds from the first to the last event, at least.
    min_seconds: Option<u32>,
    /// Seconds from the first to the last event, at most.
    max_seconds: Option<u32>,
    /// Only visits with friction.
    has_friction: Option<bool>,
    /// Only visits with a script error.
    has_error: Option<bool>,
    /// Only visits with a recording: of the period's, the 10,000 recorded last.
    has_recording: Option<bool>,
    /// `latest` (default), `longest`, `friction` or `pages`; the most first, of equal ones the latest.
    sort: Option<String>,
}

/// Visits, as far as their events lie in the period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Sessions)]
pub(crate) struct SessionList {
    period: PeriodAnswer,
    sessions: Vec<SessionAnswer>,
    /// How many there are altogether.
    total: u64,
    next_cursor: Option<String>,
}

/// A visit.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub(crate) struct SessionAnswer {
    session_id: String,
    visitor_id: Option<String>,
    /// The customer: the last that an event names.
    user_id: Option<String>,
    #[schema(format = DateTime)]
    started_at: String,
    #[schema(format = DateTime)]
    last_event_at: String,
    /// From the first to the last event.
    duration_seconds: f64,
    /// Events of any kind.
    events: u64,
    page_views: u64,
    entry_path: Option<String>,
    exit_path: Option<String>,
    /// The first 12 pages in order; a page that is seen again at once stands once.
    paths: Vec<String>,
    /// The host that led to the first page.
    referrer: Option<String>,
    utm_source: Option<String>,
    utm_medium: Option<String>,
    utm_campaign: Option<String>,
    /// Occurrences of friction; answered rage clicks with `include_answered`.
    friction: u64,
    /// Heaviest first.
    friction_kinds: Vec<KindName>,
    /// Script errors, which are friction, too.
    errors: u64,
    browser: Option<String>,
    os: Option<String>,
    device: Option<String>,
    country: Option<String>,
    city: Option<String>,
    /// The rule that took the sender for a bot.
    bot: Option<String>,
    /// The recording begun last.
    recording_id: Option<Uuid>,
}

impl From<SessionSummary> for SessionAnswer {
    fn from(session: SessionSummary) -> Self {
        Self {
            started_at: session.started_at.to_rfc3339(),
            last_event_at: session.last_event_at.to_rfc3339(),
            duration_seconds: session.duration_seconds(),
            session_id: session.session_id,
            visitor_id: session.visitor_id,
            user_id: session.user_id,
            events: session.events,
            page_views: session.page_views,
            entry_path: session.entry_path,
            exit_path: session.exit_path,
            paths: session.paths,
            referrer: session.referrer_host,
            utm_source: session.utm_source,
            utm_medium: session.utm_medium,
            utm_campaign: session.utm_campaign,
            friction: session.friction,
            friction_kinds: session.friction_kinds.into_iter().map(Into::into).collect(),
            errors: session.errors,
            browser: session.browser,
            os: session.os,
            device: session.device,
            country: session.country,
            city: session.city,
            bot: session.bot,
            recording_id: None,
        }
    }
}

impl SessionsQuery {
    fn sort(&self) -> Result<SessionSort, Error> {
        match self.sort.as_deref() {
            None | Some("latest") => Ok(SessionSort::Latest),
            Some("longest") => Ok(SessionSort::Longest),
            Some("friction") => Ok(SessionSort::Friction),
            Some("pages") => Ok(SessionSort::Pages),
            Some(_) => {
                Err(Error::not_allowed("sort", vec!["latest", "longest", "friction", "pages"]))
            }
        }
    }

    fn filters(self) -> Result<SessionFilters, Error> {
        for (field, seconds) in
            [("min_seconds", self.min_seconds), ("max_seconds", self.max_seconds)]
        {
            if seconds.is_some_and(|seconds| seconds > MAX_SECONDS) {
                return Err(Error::invalid(field, format!("{field} is at most {MAX_SECONDS}")));
            }
        }
        Ok(SessionFilters {
            user_id: non_empty(self.user_id),
            visitor_id: non_empty(self.visitor_id),
            session_id: non_empty(self.session_id),
            min_seconds: self.min_seconds,
            max_seconds: self.max_seconds,
            has_friction: self.has_friction.unwrap_or(false),
            has_error: self.has_error.unwrap_or(false),
            session_ids: None,
        })
    }
}

/// Visits of the period.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/sessions", tag = "Questions", operation_id = "sessions",
    params(("project_id" = Uuid, Path), ScopeQuery, SessionsQuery, SliceQuery),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = SessionList), Analyst, Unprocessable),
)]
pub(super) async fn sessions(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<ScopeQuery>,
    Query(which): Query<SessionsQuery>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<SessionList>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let sort = which.sort()?;
    let list = format!("sessions by {sort:?}");
    let slice = slice.slice(&list)?;
    let is_recorded = which.has_recording.unwrap_or(false);
    let mut which = which.filters()?;
    if is_recorded {
        let recorded = app.recordings.recorded_sessions(allowed.project_id, scope.period).await?;
        which.session_ids = Some(recorded);
    }
    let answer = app.analytics.permit().await?.sessions(&scope, &which, sort, slice).await?;
    let next_cursor = next_cursor(&list, slice, &answer.sessions)?;
    let sessions = with_recordings(&app, allowed.project_id, answer.sessions).await?;
    Ok(Json(SessionList {
        period: scope.period.into(),
        sessions,
        total: answer.total,
        next_cursor,
    }))
}

/// Names the recordings of visits.
pub(super) async fn with_recordings(
    app: &App,
    project: ProjectId,
    sessions: Vec<SessionSummary>,
) -> Result<Vec<SessionAnswer>, Error> {
    let ids: Vec<String> = sessions.iter().map(|session| session.session_id.clone()).collect();
    let recordings = app.recordings.of_sessions(project, &ids).await?;
    let recordings: HashMap<String, RecordingId> = recordings.into_iter().collect();
    let answer = |session: SessionSummary| {
        let recording_id = recordings.get(&session.session_id).map(|id| id.0);
        SessionAnswer { recording_id, ..session.into() }
    };
    Ok(sessions.into_iter().map(answer).collect())
}
