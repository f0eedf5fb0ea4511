//! `/api/projects/{project_id}/tasks`.

use axum::Extension;
use axum::extract::{Path, State};
use domain::crm::{Priority, TaskAction, TaskId, TaskStatus};
use domain::id::MemberId;
use domain::time::Timestamp;
use engine::ports::catalog::{Actor, ContactSummary, ContactTask, TaskQuery, task_sort_key};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::amount::Amount;
use super::params::{DEFAULT_LIMIT, FieldUpdate, non_empty};
use crate::cursor;
use crate::error::{Error, Unprocessable};
use crate::extract::{Analyst, Json, Query};
use crate::state::App;

/// Which tasks.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TasksQuery {
    /// `open` (default), by due time, those without one last; or `done`, latest first.
    status: Option<String>,
    /// `low`, `normal`, `high` or `urgent`.
    priority: Option<String>,
    /// A member's id.
    assigned_to: Option<String>,
    /// A contact's id.
    contact_id: Option<String>,
    /// 1 to 1,000; 50 by default.
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// A page of tasks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskList {
    tasks: Vec<TaskAnswer>,
    /// Send it as `cursor` to get the next page; null on the last one.
    next_cursor: Option<String>,
}

/// Something to be done about a contact.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Task)]
pub(crate) struct TaskAnswer {
    /// `task_…`
    id: String,
    contact_id: String,
    /// The contact to act on.
    contact: ContactSummaryAnswer,
    /// A contact has at most one open task of a kind.
    kind: String,
    title: String,
    /// `low`, `normal`, `high` or `urgent`.
    #[schema(value_type = String)]
    priority: &'static str,
    /// `open` or `done`.
    #[schema(value_type = String)]
    status: &'static str,
    /// A member's id.
    assigned_to: Option<Uuid>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    due_at: Option<String>,
    #[schema(format = DateTime)]
    done_at: Option<String>,
    /// The member who did it; null when an event closed it.
    done_by: Option<Uuid>,
}

/// The fields of a contact that a list of tasks shows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ContactSummary)]
pub(crate) struct ContactSummaryAnswer {
    /// `contact_…`
    id: String,
    /// The site's own id for the person.
    user_id: Option<String>,
    /// In lower case.
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    phone: Option<String>,
    /// The value of the current booking.
    estimated_deal_value: Option<Amount>,
}

/// What to change of a task; fields left out stay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TaskChange {
    /// A member of the project; null: nobody.
    #[serde(default)]
    #[schema(value_type = Option<Uuid>)]
    assigned_to: FieldUpdate<Uuid>,
    /// `done` completes it, `open` reopens it.
    status: Option<String>,
}

/// The id of a task's path.
#[derive(Debug, Deserialize)]
pub(super) struct TaskPath {
    task_id: String,
}

impl From<ContactTask> for TaskAnswer {
    fn from(row: ContactTask) -> Self {
        let (task, seed) = (row.task.clone(), row.task.seed);
        Self {
            id: seed.id.to_string(),
            contact_id: row.contact.id.to_string(),
            contact: row.contact.into(),
            kind: seed.kind,
            title: seed.title,
            priority: seed.priority.as_str(),
            status: task.status.as_str(),
            assigned_to: task.assigned_to.map(|member| member.0),
            created_at: seed.created_at.to_rfc3339(),
            due_at: seed.due_at.map(Timestamp::to_rfc3339),
            done_at: task.done_at.map(Timestamp::to_rfc3339),
            done_by: task.done_by.map(|member| member.0),
        }
    }
}

impl From<ContactSummary> for ContactSummaryAnswer {
    fn from(contact: ContactSummary) -> Self {
        Self {
            id: contact.id.to_string(),
            user_id: contact.user_id,
            email: contact.email,
            first_name: contact.first_name,
            last_name: contact.last_name,
            phone: contact.phone,
            estimated_deal_value: contact.estimated_deal_value.map(Into::into),
        }
    }
}

fn status(text: &str) -> Result<TaskStatus, Error> {
    TaskStatus::parse(text).ok_or_else(|| {
        Error::not_allowed("status", TaskStatus::ALL.into_iter().map(TaskStatus::as_str).collect())
    })
}

fn priority(text: &str) -> Result<Priority, Error> {
    Priority::parse(text).ok_or_else(|| {
        Error::not_allowed("priority", Priority::ALL.into_iter().map(Priority::as_str).collect())
    })
}

/// Named in cursors: open tasks have another order than those done.
const fn list_of(status: TaskStatus) -> &'static str {
    match status {
        TaskStatus::Open => "tasks open",
        TaskStatus::Done => "tasks done",
    }
}

impl TasksQuery {
    fn query(self) -> Result<TaskQuery, Error> {
        let assigned_to = non_empty(self.assigned_to).map(|text| {
            text.parse()
                .map_err(|_| Error::invalid("assigned_to", "assigned_to must be a member's id"))
        });
        let contact_id = non_empty(self.contact_id).map(|text| {
            text.parse()
                .map_err(|error| Error::invalid("contact_id", format!("contact_id is {error}")))
        });
        let status = non_empty(self.status).map_or(Ok(TaskStatus::Open), |text| status(&text))?;
        let after = cursor::read(list_of(status), self.cursor.as_deref())?;
        Ok(TaskQuery {
            status,
            priority: non_empty(self.priority).map(|text| priority(&text)).transpose()?,
            assigned_to: assigned_to.transpose()?,
            contact_id: contact_id.transpose()?,
            after: after.map(|(key, id)| (key, TaskId(id))),
            limit: self.limit.unwrap_or(DEFAULT_LIMIT).clamp(1, 1_000),
        })
    }
}

/// Tasks, open or done.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/tasks", tag = "CRM", operation_id = "tasks",
    params(("project_id" = Uuid, Path), TasksQuery),
    responses((status = 200, body = TaskList), Analyst),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn list(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Query(query): Query<TasksQuery>,
) -> Result<Json<TaskList>, Error> {
    let query = query.query()?;
    let (list, limit) = (list_of(query.status), query.limit);
    let tasks = app.crm.tasks(allowed.project_id, query).await?;
    let next_cursor =
        cursor::next(list, &tasks, limit, |last| (task_sort_key(&last.task), last.task.seed.id.0))?;
    Ok(Json(TaskList { tasks: tasks.into_iter().map(Into::into).collect(), next_cursor }))
}

/// Assigns, completes or reopens a task. What members do is an entry of the contact's timeline.
#[utoipa::path(
    patch, path = "/api/projects/{project_id}/tasks/{task_id}", tag = "CRM", operation_id = "change_task",
    params(("project_id" = Uuid, Path), ("task_id" = String, Path)), request_body = TaskChange,
    responses((status = 200, body = TaskAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn change(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Extension(actor): Extension<Actor>,
    Path(path): Path<TaskPath>,
    Json(change): Json<TaskChange>,
) -> Result<Json<TaskAnswer>, Error> {
    let id: TaskId = path.task_id.parse().map_err(|_| engine::Error::NotFound("task"))?;
    let assign = match change.assigned_to {
        FieldUpdate::Stays => None,
        FieldUpdate::Cleared => Some(TaskAction::Assign(None)),
        FieldUpdate::Set(member) => Some(TaskAction::Assign(Some(MemberId(member)))),
    };
    let status = change.status.as_deref().map(status).transpose()?;
    let status_change = status.map(|status| match status {
        TaskStatus::Open => TaskAction::Reopen,
        TaskStatus::Done => TaskAction::Complete,
    });
    let mut task = None;
    for action in [assign, status_change].into_iter().flatten() {
        task = Some(app.crm.act_on_task(allowed.project_id, id, MemberId(actor.id), action).await?);
    }
    let task = task.ok_or_else(|| Error::invalid("status", "assigned_to or status is required"))?;
    Ok(Json(task.into()))
}
