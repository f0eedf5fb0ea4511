//! `GET /api/projects/{project_id}/contacts/{contact_id}/timeline`.

use axum::extract::{Path, State};
use domain::crm::{Edit, Fact, Said, TaskAction};
use domain::time::Timestamp;
use engine::ports::catalog::{Activity, Entry};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::amount::Amount;
use super::given::{ContactPath, DEFAULT_LIMIT, cursor};
use crate::error::Error;
use crate::extract::{Analyst, Json, Query};
use crate::state::App;

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
    /// Give it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// An entry of a timeline.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Activity)]
pub(crate) struct ActivityAnswer {
    /// `activity_…`
    id: String,
    /// An event's name, or `contact.edited`, `contact.merged`, `task.assigned`, `task.completed`,
    /// `task.reopened`.
    name: String,
    #[schema(format = DateTime)]
    occurred_at: String,
    /// The event's amount.
    amount: Option<Amount>,
    /// The visit it happened in.
    session_id: Option<String>,
    /// The member who did it; null for events.
    member_id: Option<Uuid>,
    /// The event's data, the fields changed, the task, or the contact that was merged.
    #[schema(value_type = Object)]
    details: Value,
}

impl From<Activity> for ActivityAnswer {
    fn from(activity: Activity) -> Self {
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
            Entry::Merged(absorbed) => {
                Self { details: json!({"contact_id": absorbed.to_string()}), ..answer }
            }
            Entry::Fact(fact) => answer.of_fact(*fact),
        }
    }
}

impl ActivityAnswer {
    fn of_fact(self, fact: Fact) -> Self {
        let name = fact.name().to_owned();
        match fact.said {
            Said::Event(said) => Self {
                name,
                amount: said.amount.map(Into::into),
                session_id: said.session_id,
                details: Value::Object(said.data),
                ..self
            },
            Said::Edited { member, edit } => {
                Self { name, member_id: Some(member.0), details: edited(&edit), ..self }
            }
            Said::Task { member, seed, action } => {
                let mut details = json!({"task_id": seed.id.to_string(), "title": seed.title});
                if let TaskAction::Assign(to) = action {
                    details["assigned_to"] = json!(to);
                }
                Self { name, member_id: Some(member.0), details, ..self }
            }
        }
    }
}

/// The fields a member changed.
fn edited(edit: &Edit) -> Value {
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
    let before =
        cursor(query.cursor.as_deref())?.map(|(micros, id)| (Timestamp::from_micros(micros), id));
    let rows = app.crm.timeline(allowed.project_id, path.id()?, before, limit).await?;
    let last = rows.last().filter(|_| rows.len() == limit as usize);
    let next_cursor = last.map(|last| format!("{}.{}", last.occurred_at.micros(), last.id));
    Ok(Json(Timeline { activities: rows.into_iter().map(Into::into).collect(), next_cursor }))
}
