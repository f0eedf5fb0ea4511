//! `PATCH /api/projects/{project_id}/errors/{error_group_id}`: decisions about a group.

use axum::Extension;
use axum::extract::{Path, State};
use domain::error_triage::{ErrorDecision, ErrorStatus};
use domain::id::MemberId;
use domain::time::Timestamp;
use engine::error_groups::{ErrorGroupChange, ErrorGroupDecision, TriagedStatus};
use engine::ports::catalog::Actor;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::GroupPath;
use crate::admin::FieldUpdate;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json};
use crate::state::App;

/// Where a group stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ErrorStatus)]
pub(crate) enum ErrorStatusName {
    Open,
    Regressed,
    Resolved,
    Ignored,
}

/// The decision about a group, and its status.
///
/// `regressed` is a resolved group that a visitor met after `resolved_at` or, where it is resolved in the next release,
/// after that release. The time of the occurrence counts: what browsers send late regresses nothing. Nor do bots.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorTriage {
    status: ErrorStatusName,
    /// Of a resolved group.
    #[schema(format = DateTime)]
    resolved_at: Option<String>,
    /// Whether the first release after `resolved_at` brings the fix.
    in_next_release: bool,
    /// When that release was; null before it.
    #[schema(format = DateTime)]
    released_at: Option<String>,
    /// A member's id.
    assigned_to: Option<Uuid>,
    /// The member who changed it last; null for a program.
    changed_by: Option<Uuid>,
    #[schema(format = DateTime)]
    changed_at: Option<String>,
}

/// Changes of a group; fields left out stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErrorGroupUpdate {
    /// `open`, `resolved` or `ignored`.
    status: Option<String>,
    /// Since when it is fixed, RFC 3339 or milliseconds, with `resolved` only; now by default.
    resolved_at: Option<String>,
    /// Whether the next release brings the fix, with `resolved` only: the first annotation of the kind `release` after
    /// `resolved_at`. Until then the group stays resolved, whatever occurs.
    in_next_release: Option<bool>,
    /// A member of the project; null: nobody.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    assigned_to: FieldUpdate<Uuid>,
}

impl From<ErrorStatus> for ErrorStatusName {
    fn from(status: ErrorStatus) -> Self {
        match status {
            ErrorStatus::Open => Self::Open,
            ErrorStatus::Regressed => Self::Regressed,
            ErrorStatus::Resolved => Self::Resolved,
            ErrorStatus::Ignored => Self::Ignored,
        }
    }
}

impl From<TriagedStatus> for ErrorTriage {
    fn from(TriagedStatus { status, triage }: TriagedStatus) -> Self {
        let resolution = match triage.decision {
            ErrorDecision::Resolved(resolution) => Some(resolution),
            ErrorDecision::Open | ErrorDecision::Ignored => None,
        };
        let in_next_release = resolution.is_some_and(|resolution| resolution.in_next_release);
        let released_at = resolution.and_then(|resolution| resolution.released_at);
        Self {
            status: status.into(),
            resolved_at: resolution.map(|resolution| resolution.at.to_rfc3339()),
            in_next_release,
            released_at: released_at.filter(|_| in_next_release).map(Timestamp::to_rfc3339),
            assigned_to: triage.assigned_to.map(|member| member.0),
            changed_by: triage.changed_by.map(|member| member.0),
            changed_at: triage.changed_at.map(Timestamp::to_rfc3339),
        }
    }
}

impl ErrorGroupUpdate {
    fn change(self) -> Result<ErrorGroupChange, Error> {
        let decision = match self.status.as_deref() {
            None => None,
            Some("open") => Some(ErrorGroupDecision::Open),
            Some("ignored") => Some(ErrorGroupDecision::Ignored),
            Some("resolved") => Some(ErrorGroupDecision::Resolved {
                at: self.resolved_at.as_deref().map(read_instant).transpose()?,
                in_next_release: self.in_next_release.unwrap_or(false),
            }),
            Some(_) => {
                return Err(Error::not_allowed("status", vec!["open", "resolved", "ignored"]));
            }
        };
        let is_resolved = matches!(decision, Some(ErrorGroupDecision::Resolved { .. }));
        for (field, is_sent) in [
            ("resolved_at", self.resolved_at.is_some()),
            ("in_next_release", self.in_next_release.is_some()),
        ] {
            if is_sent && !is_resolved {
                let detail = format!("{field} goes with the status resolved");
                return Err(Error::invalid(field, detail));
            }
        }
        let assigned_to = match self.assigned_to {
            FieldUpdate::Stays => None,
            FieldUpdate::Cleared => Some(None),
            FieldUpdate::Set(member) => Some(Some(MemberId(member))),
        };
        if decision.is_none() && assigned_to.is_none() {
            return Err(Error::invalid("status", "status or assigned_to is required"));
        }
        Ok(ErrorGroupChange { decision, assigned_to })
    }
}

fn read_instant(text: &str) -> Result<Timestamp, Error> {
    let invalid = |error| Error::invalid("resolved_at", format!("resolved_at is {error}"));
    Timestamp::parse(text).map_err(invalid)
}

/// Resolves, ignores, reopens or assigns a group of errors.
#[utoipa::path(
    patch, path = "/api/projects/{project_id}/errors/{error_group_id}", tag = "Errors",
    operation_id = "change_error",
    params(("project_id" = Uuid, Path), ("error_group_id" = String, Path)),
    request_body = ErrorGroupUpdate,
    responses((status = 200, body = ErrorTriage), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn change(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Extension(actor): Extension<Actor>,
    Path(path): Path<GroupPath>,
    Json(update): Json<ErrorGroupUpdate>,
) -> Result<Json<ErrorTriage>, Error> {
    let by = actor.member();
    let change = update.change()?;
    let changed =
        app.error_groups.change(allowed.project_id, &path.error_group_id, change, by).await?;
    Ok(Json(changed.into()))
}
