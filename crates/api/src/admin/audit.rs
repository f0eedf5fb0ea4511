//! `GET /api/projects/{project_id}/audit`: what was done to the project, and by whom.

use axum::extract::State;
use engine::ports::catalog::AuditEntry;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::cursor;
use crate::error::Error;
use crate::extract::{Admin, Json, Query};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "audit";
/// Entries of a page, unless asked otherwise.
const DEFAULT_LIMIT: u32 = 50;

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// Audit entries, latest first. Kept for 400 days.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntries)]
pub(crate) struct AuditEntryList {
    entries: Vec<AuditEntryAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// An operation that changed something, or was refused to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
pub(crate) struct AuditEntryAnswer {
    #[schema(format = DateTime)]
    at: String,
    actor: ActorAnswer,
    /// Its operation id in this document.
    operation: String,
    /// The ids of what was changed or made; may be empty.
    target: String,
    /// The HTTP status it was answered with.
    status: u16,
    /// The answer's `x-request-id`.
    request_id: Uuid,
    /// From where, its host part masked.
    address: String,
}

/// The member or secret key that did it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Actor)]
pub(crate) struct ActorAnswer {
    /// `member` or `secret_key`.
    kind: &'static str,
    id: Uuid,
    /// The member's address or the key's name, as it was then.
    label: String,
}

impl From<AuditEntry> for AuditEntryAnswer {
    fn from(entry: AuditEntry) -> Self {
        Self {
            at: entry.at.to_rfc3339(),
            actor: ActorAnswer {
                kind: entry.actor.kind.as_str(),
                id: entry.actor.id,
                label: entry.actor.label,
            },
            operation: entry.operation,
            target: entry.target,
            status: entry.status,
            request_id: entry.request_id,
            address: entry.address,
        }
    }
}

/// The audit log of the project.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/audit", tag = "Members", operation_id = "audit",
    params(("project_id" = Uuid, Path), AuditQuery), extensions(("x-role" = json!("admin"))),
    responses((status = 200, body = AuditEntryList), Admin),
)]
pub(super) async fn list(
    State(app): State<App>,
    Admin(allowed): Admin,
    Query(query): Query<AuditQuery>,
) -> Result<Json<AuditEntryList>, Error> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000);
    let after = cursor::read(LIST, query.cursor.as_deref())?;
    let entries = app.audit.entries(allowed.project_id, after, limit).await?;
    let next_cursor = cursor::next(LIST, &entries, limit, |last| (last.at, last.request_id))?;
    Ok(Json(AuditEntryList { entries: entries.into_iter().map(Into::into).collect(), next_cursor }))
}
