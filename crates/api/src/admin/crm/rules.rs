//! `/api/projects/{project_id}/crm/rules`.

use axum::extract::State;
use domain::crm::{RuleSet, RuleVersion};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{Error, Problem, Unprocessable};
use crate::extract::{Admin, Json, Viewer};
use crate::state::App;

/// The rules in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CrmRules {
    /// 0: the default rules.
    version: u64,
    /// Since when; null for the default rules.
    #[schema(format = DateTime)]
    since: Option<String>,
    /// `abandon_after_minutes` and `rules`: for each event name or pattern its activity, status,
    /// counters, deal value, fields, place in a booking, task, and tasks it closes.
    #[schema(value_type = Object)]
    rules: RuleSet,
}

/// Rules to put in force.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCrmRules {
    /// The version they were made from.
    version: u64,
    /// As they were read, with changes.
    #[schema(value_type = Object)]
    rules: RuleSet,
}

impl From<RuleVersion> for CrmRules {
    fn from(RuleVersion { version, from, rules }: RuleVersion) -> Self {
        Self { version, since: (version > 0).then(|| from.to_rfc3339()), rules }
    }
}

/// The rules that turn events into statuses and tasks.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/crm/rules", tag = "CRM", operation_id = "crm_rules",
    params(("project_id" = uuid::Uuid, Path)),
    responses((status = 200, body = CrmRules), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn get(
    State(app): State<App>,
    Viewer(allowed): Viewer,
) -> Result<Json<CrmRules>, Error> {
    Ok(Json(app.crm.rules(allowed.project_id).await?.into()))
}

/// The default rules of a project.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/crm/default-rules", tag = "CRM", operation_id = "default_crm_rules",
    params(("project_id" = uuid::Uuid, Path)),
    responses((status = 200, body = CrmRules), Viewer),
    extensions(("x-role" = json!("viewer"))),
)]
pub(super) async fn default(_: Viewer) -> Json<CrmRules> {
    Json(CrmRules { version: 0, since: None, rules: RuleSet::default() })
}

/// Replaces the rules. They are in force for what occurs from now on; what occurred before keeps the
/// rules of its time.
#[utoipa::path(
    put, path = "/api/projects/{project_id}/crm/rules", tag = "CRM", operation_id = "replace_crm_rules",
    params(("project_id" = uuid::Uuid, Path)), request_body = NewCrmRules,
    responses(
        (status = 200, body = CrmRules), Admin, Unprocessable,
        (status = 409, body = Problem, description = "The rules have changed since; load them again"),
    ),
    extensions(("x-role" = json!("admin"))),
)]
pub(super) async fn replace(
    State(app): State<App>,
    Admin(allowed): Admin,
    Json(new): Json<NewCrmRules>,
) -> Result<Json<CrmRules>, Error> {
    Ok(Json(app.crm.replace_rules(allowed.project_id, new.version, new.rules).await?.into()))
}
