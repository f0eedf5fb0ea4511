//! The rows of tasks.

use domain::crm::{ContactId, Task, TaskId};
use domain::id::ProjectId;
use engine::ports::catalog::{Error, task_sort_key};
use sqlx::AnyConnection;

use crate::bulk::{self, Value};
use crate::stored::encode;

/// A task as a row.
pub(super) fn row(
    project: ProjectId,
    contact_id: ContactId,
    task: &Task,
) -> Result<[Value; 14], Error> {
    let Task { seed, status, assigned_to, done_at, done_by, .. } = task;
    Ok([
        project.into(),
        seed.id.to_string().into(),
        contact_id.to_string().into(),
        seed.kind.as_str().into(),
        seed.title.as_str().into(),
        seed.priority.as_str().into(),
        status.as_str().into(),
        assigned_to.map(|member| member.to_string()).into(),
        seed.created_at.into(),
        task.due_at().into(),
        (*done_at).into(),
        done_by.map(|member| member.to_string()).into(),
        task_sort_key(task).into(),
        encode(task)?.into(),
    ])
}

/// Stores tasks.
pub(super) async fn write(
    connection: &mut AnyConnection,
    rows: Vec<[Value; 14]>,
) -> Result<(), Error> {
    bulk::insert(
        connection,
        "INSERT INTO crm_tasks (project_id, id, contact_id, kind, title, priority, status,
           assigned_to, created_at, due_at, done_at, done_by, sort_key, task)",
        "ON CONFLICT (project_id, id) DO UPDATE SET
           contact_id = excluded.contact_id, status = excluded.status,
           assigned_to = excluded.assigned_to, created_at = excluded.created_at,
           due_at = excluded.due_at, done_at = excluded.done_at, done_by = excluded.done_by,
           sort_key = excluded.sort_key, task = excluded.task",
        rows,
    )
    .await?;
    Ok(())
}

/// Removes tasks that no fact opens any more.
pub(super) async fn remove(
    connection: &mut AnyConnection,
    project: ProjectId,
    ids: &[TaskId],
) -> Result<(), Error> {
    let keys: Vec<_> = ids.iter().map(|id| [id.to_string().into()]).collect();
    let statement = "DELETE FROM crm_tasks WHERE project_id = $1 AND id IN (KEYS)";
    bulk::execute(connection, statement, project, &keys).await?;
    Ok(())
}

/// Removes the tasks of these contacts, to be written anew.
pub(super) async fn remove_all(
    connection: &mut AnyConnection,
    project: ProjectId,
    contacts: &[ContactId],
) -> Result<(), Error> {
    let keys: Vec<_> = contacts.iter().map(|contact| [contact.to_string().into()]).collect();
    let statement = "DELETE FROM crm_tasks WHERE project_id = $1 AND contact_id IN (KEYS)";
    bulk::execute(connection, statement, project, &keys).await?;
    Ok(())
}
