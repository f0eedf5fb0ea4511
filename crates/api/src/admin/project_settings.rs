//! `/api/projects/{project_id}/settings`: settings of a project, for all that it takes in.

use axum::extract::State;
use domain::money::Currency;
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
    /// Of the project, 1 to 100 characters.
    name: String,
    /// Whether programs that hold a key (curl, a server's HTTP client) are bots, whose events are left out
    /// of answers; false by default. It holds for events that arrive from then on.
    programs_are_bots: bool,
    /// The IANA time zone of the project's days, months and hours, such as `Africa/Dar_es_Salaam`; `UTC` by
    /// default.
    time_zone: String,
    /// The currency of amounts that name none, such as `TZS` (ISO 4217). Null: that of the server. It holds for events
    /// that arrive from then on.
    #[serde(deserialize_with = "value_or_null")]
    #[schema(required)]
    default_currency: Option<String>,
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
    #[serde(deserialize_with = "value_or_null")]
    #[schema(required)]
    event_days: Option<u32>,
    /// Days to keep sessions.
    #[serde(deserialize_with = "value_or_null")]
    #[schema(required)]
    session_days: Option<u32>,
    /// Days to keep recordings and screenshots.
    #[serde(deserialize_with = "value_or_null")]
    #[schema(required)]
    recording_days: Option<u32>,
    /// Days to keep activities of contacts.
    #[serde(deserialize_with = "value_or_null")]
    #[schema(required)]
    activity_days: Option<u32>,
}

/// A value, or null. A body must have the member: what it leaves out is not taken for the default, by which more
/// would be removed than anybody has asked for.
fn value_or_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer)
}

fn parse_currency(code: &str) -> Result<Currency, Error> {
    Currency::parse(code)
        .map_err(|error| Error::invalid("default_currency", format!("default_currency: {error}")))
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
        let ProjectSettings { programs_are_bots, time_zone, default_currency, retention } =
            stored.settings;
        Self {
            version: stored.version,
            name: stored.name,
            programs_are_bots,
            time_zone: time_zone.name().to_owned(),
            default_currency: default_currency.map(Into::into),
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
    let ProjectSettingsChange {
        version,
        name,
        programs_are_bots,
        time_zone,
        default_currency,
        retention,
    } = change;
    let settings = ProjectSettings {
        programs_are_bots,
        time_zone: parse_zone(&time_zone)?,
        default_currency: default_currency.as_deref().map(parse_currency).transpose()?,
        retention: retention.into(),
    };
    let project = allowed.project_id;
    Ok(Json(app.project_settings.replace(project, &name, &settings, version).await?.into()))
}
