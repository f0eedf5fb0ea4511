//! Webhooks as those who manage them see them.

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::time::Timestamp;
use domain::webhook::{MessageId, Secret, TEST_KIND, WebhookId};
use engine::ports::catalog::{
    DeliveryQuery, Error, TestMessage, Webhook, WebhookDelivery, WebhookPatch, WebhookStore,
};
use sqlx::{AnyConnection, AssertSqlSafe};

use super::outbox::{self, NewMessage};
use super::rows::{self, DELIVERY, WEBHOOK, kinds_json};
use crate::Catalog;
use crate::error::sql;

#[async_trait]
impl WebhookStore for Catalog {
    async fn add_webhook(&self, webhook: Webhook, secret: Secret) -> Result<(), Error> {
        let mut transaction = self.write_of(webhook.project_id).await?;
        sqlx::query(
            "INSERT INTO webhooks (id, project_id, url, description, kinds, is_active, secret,
               created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(webhook.id.to_string())
        .bind(webhook.project_id.to_string())
        .bind(webhook.target.as_str().to_owned())
        .bind(webhook.description)
        .bind(kinds_json(&webhook.kinds)?)
        .bind(i64::from(webhook.is_active))
        .bind(secret.reveal())
        .bind(webhook.created_at.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        transaction.commit().await.map_err(sql)
    }

    async fn webhooks_of(&self, project: ProjectId) -> Result<Vec<Webhook>, Error> {
        let statement = format!(
            "SELECT {WEBHOOK} FROM webhooks WHERE project_id = $1 ORDER BY created_at DESC, id DESC"
        );
        let mut reads = self.reads_of(project).await?;
        let found = sqlx::query(AssertSqlSafe(statement))
            .bind(project.to_string())
            .fetch_all(&mut *reads)
            .await
            .map_err(sql)?;
        found.iter().map(rows::webhook).collect()
    }

    async fn change_webhook(
        &self,
        project: ProjectId,
        id: WebhookId,
        changes: WebhookPatch,
        now: Timestamp,
    ) -> Result<Option<Webhook>, Error> {
        let mut transaction = self.write_of(project).await?;
        sqlx::query(
            "UPDATE webhooks
             SET url = COALESCE($3, url), description = COALESCE($4, description),
                 kinds = COALESCE($5, kinds)
             WHERE project_id = $1 AND id = $2",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(changes.target.map(|target| target.as_str().to_owned()))
        .bind(changes.description)
        .bind(changes.kinds.as_ref().map(kinds_json).transpose()?)
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        if let Some(is_active) = changes.is_active {
            switch(&mut transaction, project, id, is_active, now).await?;
        }
        let found = find(&mut transaction, project, id).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(found)
    }

    async fn replace_webhook_secret(
        &self,
        project: ProjectId,
        id: WebhookId,
        secret: Secret,
        until: Timestamp,
    ) -> Result<Option<Webhook>, Error> {
        let mut transaction = self.write_of(project).await?;
        sqlx::query(
            "UPDATE webhooks SET previous_secret = secret, previous_until = $4, secret = $3
             WHERE project_id = $1 AND id = $2",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(secret.reveal())
        .bind(until.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        let found = find(&mut transaction, project, id).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(found)
    }

    async fn remove_webhook(&self, project: ProjectId, id: WebhookId) -> Result<bool, Error> {
        let mut transaction = self.write_of(project).await?;
        let mut removed = 0;
        for statement in [
            "DELETE FROM webhook_deliveries WHERE project_id = $1 AND webhook_id = $2",
            "DELETE FROM webhooks WHERE project_id = $1 AND id = $2",
        ] {
            let done = sqlx::query(statement)
                .bind(project.to_string())
                .bind(id.to_string())
                .execute(&mut *transaction)
                .await
                .map_err(sql)?;
            removed = done.rows_affected();
        }
        transaction.commit().await.map_err(sql)?;
        Ok(removed == 1)
    }

    async fn deliveries(
        &self,
        project: ProjectId,
        id: WebhookId,
        query: DeliveryQuery,
    ) -> Result<Option<Vec<WebhookDelivery>>, Error> {
        let mut reads = self.reads_of(project).await?;
        if find(&mut reads, project, id).await?.is_none() {
            return Ok(None);
        }
        let statement = format!(
            "SELECT {DELIVERY} FROM webhook_deliveries
             WHERE project_id = $1 AND webhook_id = $2 AND ($3 = '' OR status = $3)
               AND (revision < $4 OR (revision = $4 AND id < $5))
             ORDER BY revision DESC, id DESC LIMIT $6"
        );
        let (after, after_id) = match query.after {
            Some((revision, id)) => (revision, id.to_string()),
            None => (i64::MAX, String::new()),
        };
        let found = sqlx::query(AssertSqlSafe(statement))
            .bind(project.to_string())
            .bind(id.to_string())
            .bind(query.status.map_or("", |status| status.as_str()))
            .bind(after)
            .bind(after_id)
            .bind(i64::from(query.limit))
            .fetch_all(&mut *reads)
            .await
            .map_err(sql)?;
        found.iter().map(rows::delivery).collect::<Result<_, _>>().map(Some)
    }

    async fn add_test_message(
        &self,
        project: ProjectId,
        id: WebhookId,
        message: TestMessage,
    ) -> Result<Option<WebhookDelivery>, Error> {
        let mut transaction = self.write_of(project).await?;
        if find(&mut transaction, project, id).await?.is_none() {
            return Ok(None);
        }
        let revision = crate::crm::next_revision(&mut transaction, project).await?;
        let TestMessage { id: message, at, body } = message;
        let new = NewMessage { id: message, webhook: id, kind: TEST_KIND, at, due_at: at, body };
        outbox::insert_message(&mut transaction, project, revision, new).await?;
        let stored = delivery(&mut transaction, project, id, message).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(stored)
    }

    async fn resend(
        &self,
        project: ProjectId,
        id: WebhookId,
        message: MessageId,
        now: Timestamp,
    ) -> Result<Option<WebhookDelivery>, Error> {
        let mut transaction = self.write_of(project).await?;
        sqlx::query(
            "UPDATE webhook_deliveries
             SET status = 'waiting', earlier_rounds = attempts, due_at = $4, finished_at = NULL
             WHERE project_id = $1 AND webhook_id = $2 AND id = $3",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(message.to_string())
        .bind(now.micros())
        .execute(&mut *transaction)
        .await
        .map_err(sql)?;
        let stored = delivery(&mut transaction, project, id, message).await?;
        transaction.commit().await.map_err(sql)?;
        Ok(stored)
    }
}

/// Switches a webhook on, its failures forgotten, or off.
async fn switch(
    connection: &mut AnyConnection,
    project: ProjectId,
    id: WebhookId,
    is_active: bool,
    now: Timestamp,
) -> Result<(), Error> {
    let switched = if is_active {
        sqlx::query(
            "UPDATE webhooks
             SET is_active = 1, failing_since = NULL, last_failed_at = NULL, disabled_at = NULL,
                 disabled_reason = NULL
             WHERE project_id = $1 AND id = $2 AND is_active = 0",
        )
        .bind(project.to_string())
        .bind(id.to_string())
    } else {
        sqlx::query(
            "UPDATE webhooks
             SET is_active = 0, disabled_at = $3, disabled_reason = 'switched off by a member'
             WHERE project_id = $1 AND id = $2 AND is_active = 1",
        )
        .bind(project.to_string())
        .bind(id.to_string())
        .bind(now.micros())
    };
    switched.execute(connection).await.map_err(sql)?;
    Ok(())
}

async fn find(
    connection: &mut AnyConnection,
    project: ProjectId,
    id: WebhookId,
) -> Result<Option<Webhook>, Error> {
    let statement = format!("SELECT {WEBHOOK} FROM webhooks WHERE project_id = $1 AND id = $2");
    let row = sqlx::query(AssertSqlSafe(statement))
        .bind(project.to_string())
        .bind(id.to_string())
        .fetch_optional(connection)
        .await
        .map_err(sql)?;
    row.as_ref().map(rows::webhook).transpose()
}

async fn delivery(
    connection: &mut AnyConnection,
    project: ProjectId,
    webhook: WebhookId,
    id: MessageId,
) -> Result<Option<WebhookDelivery>, Error> {
    let statement = format!(
        "SELECT {DELIVERY} FROM webhook_deliveries
         WHERE project_id = $1 AND webhook_id = $2 AND id = $3"
    );
    let row = sqlx::query(AssertSqlSafe(statement))
        .bind(project.to_string())
        .bind(webhook.to_string())
        .bind(id.to_string())
        .fetch_optional(connection)
        .await
        .map_err(sql)?;
    row.as_ref().map(rows::delivery).transpose()
}
