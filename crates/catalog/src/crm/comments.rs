//! Comments on tasks: facts of the task's contact, and whom they mention.

use domain::crm::{ActivityId, ContactId, FactPayload, TASK_COMMENTED, TaskComment, TaskId};
use domain::id::{MemberId, ProjectId};
use engine::ports::catalog::{Error, NewTaskComment, StoredComment};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::update::ContactUpdater;
use super::{rules, tasks};
use crate::Catalog;
use crate::bulk;
use crate::error::sql;
use crate::row_ext::RowExt;
use crate::stored::decode;

/// See [`TaskStore::comment`](engine::ports::catalog::TaskStore::comment).
pub(super) async fn add(
    catalog: &Catalog,
    project: ProjectId,
    id: TaskId,
    NewTaskComment { fact, now, member, text, mentions }: NewTaskComment,
) -> Result<Option<StoredComment>, Error> {
    let mut transaction = catalog.write_of(project).await?;
    rules::lock(&mut transaction, project).await?;
    let Some(found) = tasks::find(&mut transaction, project, id).await? else { return Ok(None) };
    let comment = TaskComment { member, seed: found.task.seed, text, mentions };
    let payload = FactPayload::Comment(comment.clone());
    let contact = found.contact.id;
    let at = tasks::add_by_hand(&mut transaction, project, contact, (fact, now), payload).await?;
    let id = ActivityId::of_fact(fact);
    let row = |member: &MemberId| {
        [project.into(), member.to_string().into(), id.to_string().into(), at.into()]
    };
    bulk::insert(
        &mut transaction,
        "INSERT INTO task_mentions (project_id, member_id, comment_id, created_at)",
        "ON CONFLICT (project_id, member_id, comment_id) DO NOTHING",
        comment.mentions.iter().map(row).collect(),
    )
    .await?;
    transaction.commit().await.map_err(sql)?;
    Ok(Some(StoredComment { id, at, comment }))
}

/// See [`TaskStore::comments`](engine::ports::catalog::TaskStore::comments).
pub(super) async fn of_task(
    catalog: &Catalog,
    project: ProjectId,
    id: TaskId,
) -> Result<Vec<StoredComment>, Error> {
    let mut reads = catalog.reads_of(project).await?;
    let Some(found) = tasks::find(&mut reads, project, id).await? else { return Ok(Vec::new()) };
    let comments = of_contact(&mut reads, project, found.contact.id).await?;
    Ok(comments.into_iter().filter(|stored| stored.comment.seed.id == id).collect())
}

/// See [`TaskStore::remove_comment`](engine::ports::catalog::TaskStore::remove_comment).
pub(super) async fn remove(
    catalog: &Catalog,
    project: ProjectId,
    id: TaskId,
    comment: ActivityId,
    author: MemberId,
) -> Result<bool, Error> {
    let mut transaction = catalog.write_of(project).await?;
    rules::lock(&mut transaction, project).await?;
    let Some(found) = tasks::find(&mut transaction, project, id).await? else { return Ok(false) };
    let contact = found.contact.id;
    let comments = of_contact(&mut transaction, project, contact).await?;
    let is_it = |stored: &StoredComment| {
        let StoredComment { comment: TaskComment { member, seed, .. }, .. } = stored;
        stored.id == comment && seed.id == id && *member == author
    };
    if !comments.iter().any(is_it) {
        return Ok(false);
    }
    for statement in [
        "DELETE FROM task_mentions WHERE project_id = $1 AND comment_id = $2",
        "DELETE FROM crm_activities WHERE project_id = $1 AND id = $2",
    ] {
        sqlx::query(statement)
            .bind(project.to_string())
            .bind(comment.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
    }
    let mut folding = ContactUpdater::begin(&mut transaction, project).await?;
    folding.refold(contact);
    folding.store().await?;
    transaction.commit().await.map_err(sql)?;
    Ok(true)
}

/// All comments on a contact's tasks, earliest first.
async fn of_contact(
    connection: &mut AnyConnection,
    project: ProjectId,
    contact: ContactId,
) -> Result<Vec<StoredComment>, Error> {
    let rows = sqlx::query(
        "SELECT id, occurred_at, fact FROM crm_activities
         WHERE project_id = $1 AND contact_id = $2 AND name = $3 AND fact IS NOT NULL
         ORDER BY occurred_at, id",
    )
    .bind(project.to_string())
    .bind(contact.to_string())
    .bind(TASK_COMMENTED)
    .fetch_all(connection)
    .await
    .map_err(sql)?;
    let comments: Result<Vec<_>, Error> = rows.iter().map(comment).collect();
    Ok(comments?.into_iter().flatten().collect())
}

/// A comment out of the columns `occurred_at` and `fact`; none where a site's own event has the name.
pub(super) fn comment(row: &AnyRow) -> Result<Option<StoredComment>, Error> {
    let fact: domain::crm::ContactFact = decode(&row.text("fact")?)?;
    let (id, at) = (ActivityId::of_fact(fact.id), row.time("occurred_at")?);
    Ok(match fact.payload {
        FactPayload::Comment(comment) => Some(StoredComment { id, at, comment }),
        FactPayload::Event(_) | FactPayload::Edited { .. } | FactPayload::Task { .. } => None,
    })
}
