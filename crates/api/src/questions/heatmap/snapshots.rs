//! `GET /api/projects/{project_id}/heatmap/snapshots`.

use std::collections::HashMap;

use axum::extract::State;
use domain::question::heatmap::RecordedView;
use domain::time::Timestamp;
use engine::ports::catalog::{Recording, RecordingQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{WidthQuery, page};
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json, Query};
use crate::questions::scope::ScopeQuery;
use crate::state::App;

/// Views, unless asked otherwise.
const DEFAULT_LIMIT: u32 = 20;
/// Views at most.
const MAX_LIMIT: u32 = 100;
/// Recordings that are looked at.
const MAX_RECORDINGS: u32 = 1_000;
/// The recorder starts so long after the page view that it belongs to, at most.
const START_SECONDS: i64 = 10;

/// How many views.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LimitQuery {
    /// 1 to 100; 20 by default.
    limit: Option<u32>,
}

/// Views of a page that were recorded, the latest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HeatmapSnapshots)]
pub(crate) struct SnapshotList {
    snapshots: Vec<SnapshotAnswer>,
}

/// A view of a page, and where in which recording it is.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = HeatmapSnapshot)]
pub(crate) struct SnapshotAnswer {
    recording_id: Uuid,
    session_id: String,
    #[schema(format = DateTime)]
    at: String,
    /// Milliseconds from the recording's first event to the view; 0 where the view came first.
    offset_ms: i64,
    /// Milliseconds from the recording's first event to the next page, or to the recording's end.
    until_ms: i64,
    viewport_width: Option<u32>,
    viewport_height: Option<u32>,
    document_height: Option<u32>,
}

impl SnapshotAnswer {
    /// The view in the recording of its visit that ran then, if one did.
    fn of(view: &RecordedView, recordings: &[Recording]) -> Option<Self> {
        let shown = |recording: &&Recording| {
            let until = view.until.map_or(recording.ended_at, |next| next.min(recording.ended_at));
            recording.started_at <= view.at.plus_seconds(START_SECONDS)
                && recording.started_at < until
                && view.at < until
        };
        // Begun last first.
        let recording = recordings.iter().find(shown)?;
        let until = view.until.map_or(recording.ended_at, |next| next.min(recording.ended_at));
        let offset = |at: Timestamp| at.micros_since(recording.started_at).max(0) / 1_000;
        Some(Self {
            recording_id: recording.id.0,
            session_id: view.session_id.clone(),
            at: view.at.to_rfc3339(),
            offset_ms: offset(view.at),
            until_ms: offset(until),
            viewport_width: view.viewport_width,
            viewport_height: view.viewport_height,
            document_height: view.document_height,
        })
    }
}

/// Views of a page that were recorded: the page as it looked.
///
/// `path` is required. They are of the 10,000 sessions of the period that were recorded last.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/heatmap/snapshots", tag = "Questions",
    operation_id = "heatmap_snapshots",
    params(("project_id" = Uuid, Path), ScopeQuery, WidthQuery, LimitQuery),
    extensions(("x-role" = json!("analyst"))),
    responses((status = 200, body = SnapshotList), Analyst, Unprocessable),
)]
pub(in crate::questions) async fn snapshots(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<ScopeQuery>,
    Query(widths): Query<WidthQuery>,
    Query(limit): Query<LimitQuery>,
) -> Result<Json<SnapshotList>, Error> {
    let project = allowed.project_id;
    let widths = widths.range()?;
    let limit = limit.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, MAX_LIMIT);
    let scope = query.scope(&app, project).await?;
    page(&scope)?;
    let sessions = app.recordings.recorded_sessions(project, scope.period).await?;
    if sessions.is_empty() {
        return Ok(Json(SnapshotList { snapshots: Vec::new() }));
    }
    let permit = app.analytics.permit().await?;
    let views = permit.recorded_views(&scope, &sessions, widths, limit).await?;
    drop(permit);
    let mut session_ids: Vec<String> = views.iter().map(|view| view.session_id.clone()).collect();
    session_ids.sort_unstable();
    session_ids.dedup();
    if session_ids.is_empty() {
        return Ok(Json(SnapshotList { snapshots: Vec::new() }));
    }
    let wanted = RecordingQuery { session_ids, ..RecordingQuery::default() };
    let mut recordings: HashMap<String, Vec<Recording>> = HashMap::new();
    for recording in app.recordings.list(project, &wanted, MAX_RECORDINGS).await? {
        recordings.entry(recording.subject.session_id.clone()).or_default().push(recording);
    }
    let snapshot =
        |view: &RecordedView| SnapshotAnswer::of(view, recordings.get(&view.session_id)?);
    Ok(Json(SnapshotList { snapshots: views.iter().filter_map(snapshot).collect() }))
}

#[cfg(test)]
mod tests {
    use domain::id::RecordingId;
    use domain::recording::RecordingSubject;

    use super::*;

    /// A recording of this number, from and to so many seconds.
    fn recording(number: u128, from: i64, to: i64) -> Recording {
        Recording {
            id: RecordingId(Uuid::from_u128(number)),
            subject: RecordingSubject {
                session_id: "visit".into(),
                visitor_id: None,
                user_id: None,
            },
            page_url: None,
            clock_offset_micros: 0,
            started_at: Timestamp::from_seconds(from),
            ended_at: Timestamp::from_seconds(to),
            chunks: 1,
            events: 2,
            bytes: 3,
        }
    }

    /// The recording, and the milliseconds in it, of a view from and to so many seconds.
    fn found(at: i64, until: Option<i64>, recordings: &[Recording]) -> Option<(u128, i64, i64)> {
        let view = RecordedView {
            session_id: "visit".into(),
            at: Timestamp::from_seconds(at),
            until: until.map(Timestamp::from_seconds),
            viewport_width: None,
            viewport_height: None,
            document_height: None,
        };
        let answer = SnapshotAnswer::of(&view, recordings)?;
        Some((answer.recording_id.as_u128(), answer.offset_ms, answer.until_ms))
    }

    #[test]
    fn a_view_is_in_the_recording_that_ran_then() {
        let recordings = [recording(2, 1_100, 1_200), recording(1, 1_000, 1_060)];
        assert_eq!(found(1_020, None, &recordings), Some((1, 20_000, 60_000)));
        assert_eq!(found(1_020, Some(1_030), &recordings), Some((1, 20_000, 30_000)));
        assert_eq!(found(1_150, Some(1_300), &recordings), Some((2, 50_000, 100_000)));
        // The recorder started a little later, but while the page was there.
        assert_eq!(found(991, Some(1_010), &recordings), Some((1, 0, 10_000)));
        assert_eq!(found(995, Some(1_000), &recordings), None);
        assert_eq!(found(989, Some(1_010), &recordings), None);
        // Between the two, and after both.
        assert_eq!(found(1_070, Some(1_080), &recordings), None);
        assert_eq!(found(1_200, None, &recordings), None);
        // So long before the second that its start is not this page's.
        assert_eq!(found(1_061, None, &recordings), None);
    }
}
