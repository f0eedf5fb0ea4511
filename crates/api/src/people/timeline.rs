//! `GET /api/projects/{project_id}/people/{person_id}/timeline`.

use axum::extract::{Path, State};
use domain::person::{MomentKind, MomentPlace, MomentSource};
use domain::time::Timestamp;
use engine::people::PersonTimelineQuery;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::PersonPath;
use super::moment::MomentAnswer;
use crate::cursor;
use crate::error::Error;
use crate::extract::{Analyst, Json, Query};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "timeline of a person";
const DEFAULT_LIMIT: u32 = 50;

/// Which moments.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct TimelineQuery {
    /// Kinds separated by commas, all by default: `purchase`, `activity`, `task`, `change`, `session`,
    /// `recording`, `call`, `note`, `behavior`, `friction`.
    kinds: Option<String>,
    /// 1 to 200; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of a person's timeline, latest first.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonTimeline)]
pub(super) struct TimelineAnswer {
    moments: Vec<MomentAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// A place as cursors hold it.
type PlaceRow = (Timestamp, u8, String);

fn place((at, source, id): PlaceRow) -> Result<MomentPlace, Error> {
    let source = MomentSource::from_index(source);
    let source = source.ok_or_else(|| Error::invalid("cursor", "cursor is invalid"))?;
    Ok(MomentPlace { at, source, id })
}

fn kinds(text: Option<&str>) -> Result<Vec<MomentKind>, Error> {
    let words = text.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty());
    let names = || MomentKind::ALL.into_iter().map(MomentKind::as_str).collect();
    words
        .map(|word| MomentKind::parse(word).ok_or_else(|| Error::not_allowed("kinds", names())))
        .collect()
}

/// Everything known of a person over all contracts, latest first: customer events, orders and bookings, what members
/// did, sessions, recordings, calls, notes, behavior and friction.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/people/{person_id}/timeline", tag = "People",
    operation_id = "person_timeline",
    params(
        ("project_id" = Uuid, Path),
        ("person_id" = String, Path, description = "A contact's id or a user id"),
        TimelineQuery,
    ),
    responses((status = 200, body = TimelineAnswer), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn timeline(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<PersonPath>,
    Query(query): Query<TimelineQuery>,
) -> Result<Json<TimelineAnswer>, Error> {
    let after = cursor::read::<PlaceRow>(LIST, query.cursor.as_deref())?;
    let page = PersonTimelineQuery {
        kinds: kinds(query.kinds.as_deref())?,
        after: after.map(place).transpose()?,
        limit: query.limit.unwrap_or(DEFAULT_LIMIT),
    };
    let found = app.people.timeline(allowed.project_id, &path.person_id, &page).await?;
    let next_cursor = cursor::next(LIST, &found, page.page_size(), |last| {
        let MomentPlace { at, source, id } = last.place();
        (at, source.index(), id)
    })?;
    Ok(Json(TimelineAnswer { moments: found.into_iter().map(Into::into).collect(), next_cursor }))
}
