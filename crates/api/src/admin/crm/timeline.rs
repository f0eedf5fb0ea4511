//! `GET /api/projects/{project_id}/contacts/{contact_id}/timeline`.

use axum::extract::{Path, State};
use domain::crm::{ActivityId, ContactEdit, ContactFact, FactPayload, TaskAction, TaskComment};
use engine::ports::catalog::{ContactActivity, TimelineEntry};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::amount::Amount;
use super::params::{ContactPath, DEFAULT_LIMIT};
use crate::cursor;
use crate::error::Error;
use crate::extract::{Analyst, Json, Query};
use crate::state::App;

/// Named in cursors.
const LIST: &str = "timeline";

/// Which entries.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TimelineQuery {
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of a timeline, latest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Timeline {
    activities: Vec<ActivityAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// An entry of a timeline.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Activity)]
pub(crate) struct ActivityAnswer {
    /// `activity_…`
    pub(crate) id: String,
    /// An event's name, or `contact.edited`, `contact.merged`, `task.created`, `task.assigned`, `task.snoozed`,
    /// `task.commented`, `task.completed`, `task.reopened`.
    pub(crate) name: String,
    #[schema(format = DateTime)]
    occurred_at: String,
    /// The event's amount.
    pub(crate) amount: Option<Amount>,
    /// The visit it happened in.
    pub(crate) session_id: Option<String>,
    /// The member, or the secret key, that did it; null for events.
    pub(crate) member_id: Option<Uuid>,
    /// The event's data, the fields changed, the task, or the contact that was merged.
    #[schema(value_type = Object)]
    pub(crate) details: Value,
}

impl From<ContactActivity> for ActivityAnswer {
    fn from(activity: ContactActivity) -> Self {
        let answer = Self {
            id: activity.id.to_string(),
            name: "contact.merged".to_owned(),
            occurred_at: activity.occurred_at.to_rfc3339(),
            amount: None,
            session_id: None,
            member_id: None,
            details: Value::Null,
        };
        match activity.entry {
            TimelineEntry::Merged(absorbed) => {
                Self { details: json!({"contact_id": absorbed.to_string()}), ..answer }
            }
            TimelineEntry::Fact(fact) => answer.of_fact(*fact),
        }
    }
}

impl ActivityAnswer {
    fn of_fact(self, fact: ContactFact) -> Self {
        let name = fact.name().to_owned();
        match fact.payload {
            FactPayload::Event(payload) => Self {
                name,
                amount: payload.amount.map(Into::into),
                session_id: payload.session_id,
                details: Value::Object(payload.data),
                ..self
            },
            FactPayload::Edited { member, edit } => {
                Self { name, member_id: Some(member.0), details: edited(&edit), ..self }
            }
            FactPayload::Task { member, seed, action } => {
                let mut details = json!({"task_id": seed.id.to_string(), "title": seed.title});
                match action {
                    TaskAction::Assign(to) | TaskAction::Create(to) => {
                        details["assigned_to"] = json!(to);
                    }
                    TaskAction::Snooze(until) => details["until"] = json!(until.to_rfc3339()),
                    TaskAction::Complete | TaskAction::Reopen => {}
                }
                Self { name, member_id: Some(member.0), details, ..self }
            }
            FactPayload::Comment(TaskComment { member, seed, text, mentions }) => {
                let details = json!({
                    "task_id": seed.id.to_string(), "title": seed.title,
                    "text": text, "mentions": mentions,
                });
                Self { name, member_id: Some(member.0), details, ..self }
            }
        }
    }
}

/// The fields a member changed.
fn edited(edit: &ContactEdit) -> Value {
    serde_json::to_value(edit).unwrap_or_default()
}

/// A contact's timeline, latest first.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/contacts/{contact_id}/timeline", tag = "CRM",
    operation_id = "contact_timeline",
    params(("project_id" = Uuid, Path), ("contact_id" = String, Path), TimelineQuery),
    responses((status = 200, body = Timeline), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn timeline(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Path(path): Path<ContactPath>,
    Query(query): Query<TimelineQuery>,
) -> Result<Json<Timeline>, Error> {
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000);
    let before = cursor::read(LIST, query.cursor.as_deref())?;
    let before = before.map(|(occurred_at, id)| (occurred_at, ActivityId(id)));
    let rows = app.crm.timeline(allowed.project_id, path.id()?, before, limit).await?;
    let next_cursor = cursor::next(LIST, &rows, limit, |last| (last.occurred_at, last.id.0))?;
    Ok(Json(Timeline { activities: rows.into_iter().map(Into::into).collect(), next_cursor }))
}
