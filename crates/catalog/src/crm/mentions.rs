//! Comments that mention a member.

use async_trait::async_trait;
use domain::crm::ActivityId;
use domain::id::{MemberId, ProjectId};
use domain::time::Timestamp;
use engine::ports::catalog::{Error, Mention, MentionQuery, MentionStore};
use sqlx::any::AnyRow;

use super::{comments, tasks};
use crate::Catalog;
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

#[async_trait]
impl MentionStore for Catalog {
    async fn mentions(
        &self,
        project: ProjectId,
        member: MemberId,
        query: &MentionQuery,
    ) -> Result<Vec<Mention>, Error> {
        let (at, id) = match query.after {
            Some((at, id)) => (at.micros(), id.to_string()),
            None => (i64::MAX, String::new()),
        };
        let mut reads = self.reads_of(project).await?;
        let rows = sqlx::query(
            "SELECT mention.read_at AS read_at, activity.occurred_at AS occurred_at,
                    activity.fact AS fact, activity.contact_id AS contact_id,
                    contact.user_id AS user_id, contact.email AS email,
                    contact.first_name AS first_name, contact.last_name AS last_name,
                    contact.phone AS phone, contact.deal_value_minor AS deal_value_minor,
                    contact.deal_value_currency AS deal_value_currency
             FROM task_mentions AS mention
             JOIN crm_activities AS activity
               ON activity.project_id = mention.project_id AND activity.id = mention.comment_id
             LEFT JOIN crm_contacts AS contact
               ON contact.project_id = activity.project_id AND contact.id = activity.contact_id
             WHERE mention.project_id = $1 AND mention.member_id = $2
               AND ($3 = 0 OR mention.read_at IS NULL)
               AND (mention.created_at < $4
                    OR (mention.created_at = $4 AND mention.comment_id < $5))
             ORDER BY mention.created_at DESC, mention.comment_id DESC LIMIT $6",
        )
        .bind(project.to_string())
        .bind(member.to_string())
        .bind(i64::from(query.unread_only))
        .bind(at)
        .bind(id)
        .bind(i64::from(query.limit))
        .fetch_all(&mut *reads)
        .await
        .map_err(sql)?;
        rows.iter().map(mention).collect()
    }

    async fn unread_mentions(&self, project: ProjectId, member: MemberId) -> Result<u64, Error> {
        let mut reads = self.reads_of(project).await?;
        let row = sqlx::query(
            "SELECT COUNT(*) AS found FROM task_mentions AS mention
             JOIN crm_activities AS activity
               ON activity.project_id = mention.project_id AND activity.id = mention.comment_id
             WHERE mention.project_id = $1 AND mention.member_id = $2 AND mention.read_at IS NULL",
        )
        .bind(project.to_string())
        .bind(member.to_string())
        .fetch_one(&mut *reads)
        .await
        .map_err(sql)?;
        row.number("found")
    }

    async fn mark_mentions_read(
        &self,
        project: ProjectId,
        member: MemberId,
        comments: Option<&[ActivityId]>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut transaction = self.write_of(project).await?;
        // An empty id stands for all.
        let ids = comments.map_or_else(
            || vec![String::new()],
            |comments| comments.iter().map(ToString::to_string).collect(),
        );
        for id in ids {
            sqlx::query(
                "UPDATE task_mentions SET read_at = $4
                 WHERE project_id = $1 AND member_id = $2 AND read_at IS NULL
                   AND ($3 = '' OR comment_id = $3)",
            )
            .bind(project.to_string())
            .bind(member.to_string())
            .bind(id)
            .bind(now.micros())
            .execute(&mut *transaction)
            .await
            .map_err(sql)?;
        }
        transaction.commit().await.map_err(sql)
    }
}

fn mention(row: &AnyRow) -> Result<Mention, Error> {
    Ok(Mention {
        comment: comments::comment(row)?.ok_or_else(|| malformed("fact"))?,
        contact: tasks::contact(row)?,
        read_at: row.maybe_time("read_at")?,
    })
}
