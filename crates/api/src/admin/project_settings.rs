//! `/api/projects/{project_id}/settings`: settings of a project, for all that it takes in.

use axum::extract::State;
use domain::project_settings::ProjectSettings;
use engine::ports::catalog::VersionedProjectSettings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Problem};
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
    #[serde(default)]
    programs_are_bots: bool,
}

impl From<VersionedProjectSettings> for ProjectSettingsChange {
    fn from(stored: VersionedProjectSettings) -> Self {
        let ProjectSettings { programs_are_bots } = stored.settings;
        Self { version: stored.version, programs_are_bots }
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

/// Replaces a project's settings. `version` is the one that is replaced.
#[utoipa::path(
    put, path = "/api/projects/{project_id}/settings", tag = "Projects",
    operation_id = "set_project_settings",
    params(("project_id" = Uuid, Path)), request_body = ProjectSettingsChange,
    responses(
        (status = 200, body = ProjectSettingsChange), Admin,
        (status = 409, body = Problem, description = "Changed by somebody else since"),
    ),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn set(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(change): Json<ProjectSettingsChange>,
) -> Result<Json<ProjectSettingsChange>, Error> {
    let ProjectSettingsChange { version, programs_are_bots } = change;
    let settings = ProjectSettings { programs_are_bots };
    Ok(Json(app.project_settings.replace(allowed.project_id, &settings, version).await?.into()))
}
