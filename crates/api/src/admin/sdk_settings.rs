//! `/api/projects/{project_id}/sdk-settings`: what the browser SDK does on a project's pages.

use axum::extract::State;
use domain::sdk_settings::SdkSettings;
use engine::ports::catalog::VersionedSdkSettings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Admin, Json, Viewer};
use crate::state::App;

/// What the browser SDK does on a project's pages. Pages take it over within minutes; an attribute of
/// their script tag wins.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SdkSettingsChange {
    /// The number of their change; 0 stands for the default. A change names the version it replaces.
    version: u64,
    /// `signals` (on or off), `thresholds`, `sampling` (shares from 0 to 1), `recording` (what is not allowed
    /// here is refused, unless `record_by_page` leaves it to pages), `masking` (CSS selectors) and
    /// `consent` (`granted`, `denied` or `none`: what holds until a visitor has chosen). What is left out
    /// is the default.
    #[schema(value_type = Object)]
    settings: SdkSettings,
}

impl From<VersionedSdkSettings> for SdkSettingsChange {
    fn from(stored: VersionedSdkSettings) -> Self {
        Self { version: stored.version, settings: stored.settings }
    }
}

/// The settings of the browser SDK.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/sdk-settings", tag = "SDK", operation_id = "sdk_settings",
    params(("project_id" = Uuid, Path)),
    responses((status = 200, body = SdkSettingsChange), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn get(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<SdkSettingsChange>, Error> {
    Ok(Json(app.sdk_settings.of(allowed.project_id).await?.into()))
}

/// Replaces the settings of the browser SDK. `version` is the one that is replaced.
#[utoipa::path(
    put, path = "/api/projects/{project_id}/sdk-settings", tag = "SDK", operation_id = "set_sdk_settings",
    params(("project_id" = Uuid, Path)), request_body = SdkSettingsChange,
    responses(
        (status = 200, body = SdkSettingsChange), Admin, Unprocessable,
        (status = 409, body = Problem, description = "Changed since it was loaded; load it again"),
    ),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn set(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(change): Json<SdkSettingsChange>,
) -> Result<Json<SdkSettingsChange>, Error> {
    let SdkSettingsChange { version, settings } = change;
    Ok(Json(app.sdk_settings.replace(allowed.project_id, &settings, version).await?.into()))
}
