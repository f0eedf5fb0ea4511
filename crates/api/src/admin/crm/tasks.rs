//! `/api/projects/{project_id}/tasks`.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use domain::crm::{Priority, TaskAction, TaskId, TaskStatus};
use domain::id::MemberId;
use domain::time::Timestamp;
use engine::crm::TaskDraft;
use engine::ports::catalog::{Actor, TaskQuery, task_sort_key};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::params::{DEFAULT_LIMIT, FieldUpdate, non_empty};
use super::task_answer::TaskAnswer;
use crate::audit::AuditContext;
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
    /// Due then instead: in the future, a year ahead at most. RFC 3339 or milliseconds.
    snooze_until: Option<String>,
}

/// A task to create.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTaskRequest {
    /// 1 to 200 characters.
    title: String,
    /// A contact's id.
    contact_id: String,
    /// `low`, `normal` (default), `high` or `urgent`.
    priority: Option<String>,
    /// In the future, a year ahead at most; RFC 3339 or milliseconds. Left out: whenever.
    due_at: Option<String>,
    /// A member of the project.
    assigned_to: Option<Uuid>,
}

/// The id of a task's path.
#[derive(Debug, Deserialize)]
pub(super) struct TaskPath {
    task_id: String,
}

impl TaskPath {
    fn id(&self) -> Result<TaskId, Error> {
        task_id(&self.task_id)
    }
}

pub(super) fn task_id(text: &str) -> Result<TaskId, Error> {
    text.parse().map_err(|_| engine::Error::NotFound("task").into())
}

fn status(text: &str) -> Result<TaskStatus, Error> {
    TaskStatus::parse(text).ok_or_else(|| {
        Error::not_allowed("status", TaskStatus::ALL.into_iter().map(TaskStatus::as_str).collect())
    })
}

fn instant(field: &'static str, text: &str) -> Result<Timestamp, Error> {
    Timestamp::parse(text).map_err(|error| Error::invalid(field, format!("{field} is {error}")))
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

/// Creates a task about a contact by hand. It is an entry of the contact's timeline, as is all that members do with it.
#[utoipa::path(
    post, path = "/api/projects/{project_id}/tasks", tag = "CRM", operation_id = "create_task",
    params(("project_id" = Uuid, Path)), request_body = NewTaskRequest,
    responses((status = 201, body = TaskAnswer), Analyst, Unprocessable),
    extensions(("x-role" = json!("analyst"))),
)]
pub(super) async fn create(
    State(app): State<App>,
    Analyst(allowed): Analyst,
    Extension(actor): Extension<Actor>,
    trail: AuditContext,
    Json(new): Json<NewTaskRequest>,
) -> Result<(StatusCode, Json<TaskAnswer>), Error> {
    let contact = new.contact_id.parse();
    let draft = TaskDraft {
        title: new.title,
        contact: contact
            .map_err(|error| Error::invalid("contact_id", format!("contact_id is {error}")))?,
        priority: new.priority.as_deref().map_or(Ok(Priority::Normal), priority)?,
        due_at: new.due_at.as_deref().map(|text| instant("due_at", text)).transpose()?,
        assigned_to: new.assigned_to.map(MemberId),
    };
    let task = app.crm.create_task(allowed.project_id, MemberId(actor.id), draft).await?;
    trail.set_target(&task.task.seed.id);
    Ok((StatusCode::CREATED, Json(task.into())))
}

/// Assigns, completes, reopens or snoozes a task. What members do is an entry of the contact's timeline.
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
    let id = path.id()?;
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
    let until = change.snooze_until.as_deref().map(|text| instant("snooze_until", text));
    let snooze = until.transpose()?.map(TaskAction::Snooze);
    let mut task = None;
    for action in [assign, snooze, status_change].into_iter().flatten() {
        task = Some(app.crm.act_on_task(allowed.project_id, id, MemberId(actor.id), action).await?);
    }
    let task = task.ok_or_else(|| {
        Error::invalid("status", "assigned_to, status or snooze_until is required")
    })?;
    Ok(Json(task.into()))
}
