//! Tasks.

use async_trait::async_trait;
use domain::crm::{ContactId, Fact, Said, Task, TaskId};
use domain::id::ProjectId;
use engine::ports::catalog::{ContactTask, Error, NewAction, TaskQuery, Tasks};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::folding::Folding;
use super::{facts, identities, rows};
use crate::Catalog;
use crate::columns::Columns;
use crate::error::{malformed, sql};
use crate::many::{self, Value};
use crate::stored::{decode, encode};

#[async_trait]
impl Tasks for Catalog {
    async fn list(&self, project: ProjectId, query: &TaskQuery) -> Result<Vec<ContactTask>, Error> {
        let text = |given: Option<String>| given.unwrap_or_default();
        let (after, after_id) = match query.after {
            Some((key, id)) => (key, id.to_string()),
            None => (i64::MIN, String::new()),
        };
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT contact_id, task FROM crm_tasks
             WHERE project_id = $1 AND status = $2 AND ($3 = '' OR priority = $3)
               AND ($4 = '' OR assigned_to = $4) AND ($5 = '' OR contact_id = $5)
               AND (sort_key > $6 OR (sort_key = $6 AND id > $7))
             ORDER BY sort_key, id LIMIT $8",
        )
        .bind(project.to_string())
        .bind(query.status.as_str())
        .bind(query.priority.map_or("", |priority| priority.as_str()))
        .bind(text(query.assigned_to.map(|member| member.to_string())))
        .bind(text(query.contact_id.map(|contact| contact.to_string())))
        .bind(after)
        .bind(after_id)
        .bind(i64::from(query.limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(contact_task).collect()
    }

    async fn act(
        &self,
        project: ProjectId,
        id: TaskId,
        NewAction { fact, now, member, action }: NewAction,
    ) -> Result<Option<ContactTask>, Error> {
        let mut transaction = self.write_of(project).await?;
        facts::lock(&mut transaction, project).await?;
        let Some(found) = find(&mut transaction, project, id).await? else { return Ok(None) };
        let contact = found.contact_id;
        let state = rows::state(&mut transaction, project, contact).await?;
        let head = identities::head(&mut transaction, project, contact).await?;
        let (Some(state), Some(head)) = (state, head) else { return Err(malformed("contact_id")) };
        let folded = state.folded.map(|(at, _)| at.plus_micros(1));
        let fact = Fact {
            id: fact,
            occurred_at: folded.map_or(now, |folded| folded.max(now)),
            identities: vec![head],
            said: Said::Task { member, seed: found.task.seed, action },
        };
        let mut folding = Folding::begin(&mut transaction, project).await?;
        folding.add(&[&fact]).await?;
        folding.store().await?;
        let task = find(&mut transaction, project, id).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(task)
    }
}

async fn find(
    connection: &mut AnyConnection,
    project: ProjectId,
    id: TaskId,
) -> Result<Option<ContactTask>, Error> {
    let row =
        sqlx::query("SELECT contact_id, task FROM crm_tasks WHERE project_id = $1 AND id = $2")
            .bind(project.to_string())
            .bind(id.to_string())
            .fetch_optional(connection)
            .await
            .map_err(sql)?;
    row.as_ref().map(contact_task).transpose()
}

fn contact_task(row: &AnyRow) -> Result<ContactTask, Error> {
    Ok(ContactTask {
        task: decode(&row.text("task")?)?,
        contact_id: row.text("contact_id")?.parse().map_err(|_| malformed("contact_id"))?,
    })
}

/// A task as a row.
pub(super) fn row(
    project: ProjectId,
    contact_id: ContactId,
    task: &Task,
) -> Result<[Value; 14], Error> {
    let row = ContactTask { task: task.clone(), contact_id };
    let Task { seed, status, assigned_to, done_at, done_by } = task;
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
        seed.due_at.into(),
        (*done_at).into(),
        done_by.map(|member| member.to_string()).into(),
        row.sort_key().into(),
        encode(task)?.into(),
    ])
}

/// Stores tasks.
pub(super) async fn write(
    connection: &mut AnyConnection,
    rows: Vec<[Value; 14]>,
) -> Result<(), Error> {
    many::insert(
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
    many::execute(connection, statement, project, &keys).await?;
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
    many::execute(connection, statement, project, &keys).await?;
    Ok(())
}
