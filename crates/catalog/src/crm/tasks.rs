//! Tasks.

use async_trait::async_trait;
use domain::crm::{ActivityId, ContactFact, ContactId, FactPayload, TaskAction, TaskId};
use domain::id::{EventId, MemberId, ProjectId};
use domain::money::{Currency, Money};
use domain::time::Timestamp;
use engine::ports::catalog::{
    ContactSummary, ContactTask, Error, NewTask, NewTaskAction, NewTaskComment, StoredComment,
    TaskQuery, TaskStore,
};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe};

use super::update::ContactUpdater;
use super::{comments, identities, rows, rules};
use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;
use crate::stored::decode;

/// A task and what a list shows of its contact.
const SELECT: &str = "SELECT task.contact_id AS contact_id, task.task AS task,
        contact.user_id AS user_id, contact.email AS email,
        contact.first_name AS first_name, contact.last_name AS last_name, contact.phone AS phone,
        contact.deal_value_minor AS deal_value_minor,
        contact.deal_value_currency AS deal_value_currency
    FROM crm_tasks AS task
    LEFT JOIN crm_contacts AS contact
      ON contact.project_id = task.project_id AND contact.id = task.contact_id";

#[async_trait]
impl TaskStore for Catalog {
    async fn list(&self, project: ProjectId, query: &TaskQuery) -> Result<Vec<ContactTask>, Error> {
        let text = |text: Option<String>| text.unwrap_or_default();
        let (after, after_id) = match query.after {
            Some((key, id)) => (key, id.to_string()),
            None => (i64::MIN, String::new()),
        };
        let mut reads = self.reads_of(project).await?;
        let statement = format!(
            "{SELECT}
             WHERE task.project_id = $1 AND task.status = $2 AND ($3 = '' OR task.priority = $3)
               AND ($4 = '' OR task.assigned_to = $4) AND ($5 = '' OR task.contact_id = $5)
               AND (task.sort_key > $6 OR (task.sort_key = $6 AND task.id > $7))
             ORDER BY task.sort_key, task.id LIMIT $8"
        );
        let rows = sqlx::query(AssertSqlSafe(statement))
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
        let payload = FactPayload::Task { member, seed: found.task.seed, action };
        add_by_hand(&mut transaction, project, found.contact.id, (fact, now), payload).await?;
        let task = find(&mut transaction, project, id).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(task)
    }

    async fn task(&self, project: ProjectId, id: TaskId) -> Result<Option<ContactTask>, Error> {
        let mut reads = self.reads_of(project).await?;
        find(&mut reads, project, id).await
    }

    async fn create(
        &self,
        project: ProjectId,
        NewTask { fact, now, member, contact, seed, assigned_to }: NewTask,
    ) -> Result<Option<ContactTask>, Error> {
        let mut transaction = self.write_of(project).await?;
        rules::lock(&mut transaction, project).await?;
        let head = identities::head(&mut transaction, project, contact).await?;
        let Some(head) = head else { return Ok(None) };
        let id = seed.id;
        let payload = FactPayload::Task { member, seed, action: TaskAction::Create(assigned_to) };
        add_by_hand(&mut transaction, project, head.contact_id, (fact, now), payload).await?;
        let task = find(&mut transaction, project, id).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(task)
    }

    async fn comment(
        &self,
        project: ProjectId,
        id: TaskId,
        new: NewTaskComment,
    ) -> Result<Option<StoredComment>, Error> {
        comments::add(self, project, id, new).await
    }

    async fn comments(&self, project: ProjectId, id: TaskId) -> Result<Vec<StoredComment>, Error> {
        comments::of_task(self, project, id).await
    }

    async fn remove_comment(
        &self,
        project: ProjectId,
        id: TaskId,
        comment: ActivityId,
        author: MemberId,
    ) -> Result<bool, Error> {
        comments::remove(self, project, id, comment, author).await
    }
}

/// Adds what a member did to a contact, at `now` or the moment after the contact's latest fact; returns when.
pub(super) async fn add_by_hand(
    connection: &mut AnyConnection,
    project: ProjectId,
    contact: ContactId,
    (fact, now): (EventId, Timestamp),
    payload: FactPayload,
) -> Result<Timestamp, Error> {
    let state = rows::state(connection, project, contact).await?;
    let head = identities::head(connection, project, contact).await?;
    let (Some(state), Some(head)) = (state, head) else { return Err(malformed("contact_id")) };
    let folded = state.folded.map(|(at, _)| at.plus_micros(1));
    let occurred_at = folded.map_or(now, |folded| folded.max(now));
    let fact = ContactFact { id: fact, occurred_at, identities: vec![head], payload };
    let mut folding = ContactUpdater::begin(connection, project).await?;
    folding.add(&[&fact]).await?;
    folding.store().await?;
    Ok(occurred_at)
}

pub(super) async fn find(
    connection: &mut AnyConnection,
    project: ProjectId,
    id: TaskId,
) -> Result<Option<ContactTask>, Error> {
    let statement = format!("{SELECT} WHERE task.project_id = $1 AND task.id = $2");
    let row = sqlx::query(AssertSqlSafe(statement))
        .bind(project.to_string())
        .bind(id.to_string())
        .fetch_optional(connection)
        .await
        .map_err(sql)?;
    row.as_ref().map(contact_task).transpose()
}

fn contact_task(row: &AnyRow) -> Result<ContactTask, Error> {
    Ok(ContactTask { task: decode(&row.text("task")?)?, contact: contact(row)? })
}

pub(super) fn contact(row: &AnyRow) -> Result<ContactSummary, Error> {
    let currency = row.maybe_text("deal_value_currency")?;
    let currency = currency.map(|code| Currency::parse(&code)).transpose();
    let currency = currency.map_err(|_| malformed("deal_value_currency"))?;
    let minor = row.maybe_number("deal_value_minor")?.unwrap_or(0);
    Ok(ContactSummary {
        id: row.text("contact_id")?.parse().map_err(|_| malformed("contact_id"))?,
        user_id: row.maybe_text("user_id")?,
        email: row.maybe_text("email")?,
        first_name: row.maybe_text("first_name")?,
        last_name: row.maybe_text("last_name")?,
        phone: row.maybe_text("phone")?,
        estimated_deal_value: currency.map(|currency| Money { minor, currency }),
    })
}
