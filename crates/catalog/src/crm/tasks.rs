//! Tasks.

use async_trait::async_trait;
use domain::crm::{ContactFact, FactPayload, TaskId};
use domain::id::ProjectId;
use engine::ports::catalog::{ContactTask, Error, NewTaskAction, TaskQuery, TaskStore};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::update::ContactUpdater;
use super::{identities, rows, rules};
use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::stored::decode;

#[async_trait]
impl TaskStore for Catalog {
    async fn list(&self, project: ProjectId, query: &TaskQuery) -> Result<Vec<ContactTask>, Error> {
        let text = |text: Option<String>| text.unwrap_or_default();
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
        NewTaskAction { fact, now, member, action }: NewTaskAction,
    ) -> Result<Option<ContactTask>, Error> {
        let mut transaction = self.write_of(project).await?;
        rules::lock(&mut transaction, project).await?;
        let Some(found) = find(&mut transaction, project, id).await? else { return Ok(None) };
        let contact = found.contact_id;
        let state = rows::state(&mut transaction, project, contact).await?;
        let head = identities::head(&mut transaction, project, contact).await?;
        let (Some(state), Some(head)) = (state, head) else { return Err(malformed("contact_id")) };
        let folded = state.folded.map(|(at, _)| at.plus_micros(1));
        let fact = ContactFact {
            id: fact,
            occurred_at: folded.map_or(now, |folded| folded.max(now)),
            identities: vec![head],
            payload: FactPayload::Task { member, seed: found.task.seed, action },
        };
        let mut folding = ContactUpdater::begin(&mut transaction, project).await?;
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
