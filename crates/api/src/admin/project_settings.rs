//! `/api/projects/{project_id}/settings`: settings of a project, for all that it takes in.

use axum::extract::State;
use domain::project_settings::{ProjectSettings, Retention};
use domain::zone::Zone;
use engine::ports::catalog::VersionedProjectSettings;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Admin, Json, Viewer};
use crate::state::App;

/// Settings of a project, for all that it takes in. A setting left out of a change gets its default.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectSettingsChange {
    /// The number of their change; 0 stands for the default. A change names the version it replaces.
    version: u64,
    /// Whether programs that hold a key (curl, a server's HTTP client) are bots, whose events are left out
    /// of answers; false by default. It holds for events that arrive from then on.
    programs_are_bots: bool,
    /// The IANA time zone of the project's days, months and hours, such as `Africa/Dar_es_Salaam`; `UTC` by
    /// default.
    time_zone: String,
    /// How long data is kept.
    retention: RetentionDays,
}

/// Days for which each kind is kept, from 1 to `retention_days` of the project. Null: the days of the server, which
/// `GET /api/projects/{project_id}/retention` names.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Retention)]
#[expect(clippy::struct_field_names, reason = "the unit is part of each member's name")]
pub(crate) struct RetentionDays {
    /// Days to keep events.
    #[serde(deserialize_with = "days_or_null")]
    #[schema(required)]
    event_days: Option<u32>,
    /// Days to keep sessions.
    #[serde(deserialize_with = "days_or_null")]
    #[schema(required)]
    session_days: Option<u32>,
    /// Days to keep recordings and screenshots.
    #[serde(deserialize_with = "days_or_null")]
    #[schema(required)]
    recording_days: Option<u32>,
    /// Days to keep activities of contacts.
    #[serde(deserialize_with = "days_or_null")]
    #[schema(required)]
    activity_days: Option<u32>,
}

/// Days, or null. A body must have the member: what it leaves out is not taken for the default, by which more
/// would be removed than anybody has asked for.
fn days_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Option::deserialize(deserializer)
}

/// The zone of a new project; UTC where none is named.
pub(crate) fn read_zone(name: Option<&str>) -> Result<Zone, Error> {
    match name.filter(|name| !name.is_empty()) {
        Some(name) => parse_zone(name),
        None => Ok(Zone::UTC),
    }
}

fn parse_zone(name: &str) -> Result<Zone, Error> {
    Zone::parse(name).map_err(|error| Error::invalid("time_zone", format!("time_zone is {error}")))
}

impl From<Retention> for RetentionDays {
    fn from(retention: Retention) -> Self {
        let Retention { event_days, session_days, recording_days, activity_days } = retention;
        Self { event_days, session_days, recording_days, activity_days }
    }
}

impl From<RetentionDays> for Retention {
    fn from(days: RetentionDays) -> Self {
        let RetentionDays { event_days, session_days, recording_days, activity_days } = days;
        Self { event_days, session_days, recording_days, activity_days }
    }
}

impl From<VersionedProjectSettings> for ProjectSettingsChange {
    fn from(stored: VersionedProjectSettings) -> Self {
        let ProjectSettings { programs_are_bots, time_zone, retention } = stored.settings;
        Self {
            version: stored.version,
            programs_are_bots,
            time_zone: time_zone.name().to_owned(),
            retention: retention.into(),
        }
    }
}

/// A project's settings.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/settings", tag = "Projects", operation_id = "project_settings",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = ProjectSettingsChange), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn get(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<ProjectSettingsChange>, Error> {
    Ok(Json(app.project_settings.of(allowed.project_id).await?.into()))
}

/// Replaces a project's settings: send all of them. `version` is the one that is replaced.
#[utoipa::path(
    put, path = "/api/projects/{project_id}/settings", tag = "Projects",
    operation_id = "set_project_settings",
    params(("project_id" = Uuid, Path)), request_body = ProjectSettingsChange,
    responses(
        (status = 200, body = ProjectSettingsChange), Admin, Unprocessable,
        (status = 409, body = Problem, description = "Changed since it was loaded; load it again"),
    ),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn set(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(change): Json<ProjectSettingsChange>,
) -> Result<Json<ProjectSettingsChange>, Error> {
    let ProjectSettingsChange { version, programs_are_bots, time_zone, retention } = change;
    let time_zone = parse_zone(&time_zone)?;
    let settings = ProjectSettings { programs_are_bots, time_zone, retention: retention.into() };
    Ok(Json(app.project_settings.replace(allowed.project_id, &settings, version).await?.into()))
}
