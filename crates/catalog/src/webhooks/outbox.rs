//! Transactional outbox: messages are inserted in the transaction that makes the change.

use domain::id::ProjectId;
use domain::time::Timestamp;
use domain::webhook::{EventKind, MessageId, WebhookChangeEvent, WebhookId, body};
use engine::ports::catalog::Error;
use sqlx::AnyConnection;
use uuid::Uuid;

use super::rows;
use crate::bulk::{self, Value};
use crate::error::{malformed, sql};
use crate::row_ext::RowExt;

/// What made a change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause {
    /// Names it: of one cause there is one message of a kind, subject and webhook.
    pub(crate) id: Uuid,
    /// When it occurred.
    pub(crate) at: Timestamp,
}

/// The active webhooks of a project, and messages to insert.
#[derive(Debug)]
pub(crate) struct Outbox {
    project: ProjectId,
    revision: i64,
    listeners: Vec<(WebhookId, Vec<EventKind>)>,
    /// Messages that are not stored yet.
    pending: Vec<Row>,
}

/// A message as it is stored.
type Row = [Value; 12];

impl Outbox {
    /// The outbox of the project's active webhooks; `revision` counts the project's changes.
    pub(crate) async fn of(
        connection: &mut AnyConnection,
        project: ProjectId,
        revision: i64,
    ) -> Result<Self, Error> {
        let found =
            sqlx::query("SELECT id, kinds FROM webhooks WHERE project_id = $1 AND is_active = 1")
                .bind(project.to_string())
                .fetch_all(connection)
                .await
                .map_err(sql)?;
        let listeners = found.iter().map(|row| {
            let id = row.text("id")?.parse().map_err(|_| malformed("id"))?;
            Ok((id, rows::kinds(row)?.into_iter().collect()))
        });
        let listeners = listeners.collect::<Result<_, Error>>()?;
        Ok(Self { project, revision, listeners, pending: Vec::new() })
    }

    /// Drops all listeners: no message is made from now on.
    pub(crate) fn mute(&mut self) {
        self.listeners.clear();
    }

    /// Whether any webhook listens.
    pub(crate) fn has_listeners(&self) -> bool {
        !self.listeners.is_empty()
    }

    /// Queues messages about these changes; [`Self::put`] inserts them.
    pub(crate) fn enqueue(&mut self, cause: Cause, changes: &[WebhookChangeEvent]) {
        for change in changes {
            for (webhook, kinds) in &self.listeners {
                if kinds.contains(&change.kind) {
                    self.pending.push(self.message(*webhook, cause, change));
                }
            }
        }
    }

    /// Inserts all queued messages; an existing message stays as it is.
    pub(crate) async fn flush(&mut self, connection: &mut AnyConnection) -> Result<(), Error> {
        insert_messages(connection, std::mem::take(&mut self.pending)).await
    }

    fn message(&self, webhook: WebhookId, cause: Cause, change: &WebhookChangeEvent) -> Row {
        let id = MessageId::of_change(webhook, change.kind, &change.subject, cause.id);
        let message = NewMessage {
            id,
            webhook,
            kind: change.kind.as_str(),
            at: cause.at,
            // At once. No clock: what is stored follows from the journal.
            due_at: Timestamp::EPOCH,
            body: body(self.project, cause.at, self.revision, change),
        };
        row(self.project, self.revision, message)
    }
}

/// A message to put there.
pub(super) struct NewMessage {
    pub(super) id: MessageId,
    pub(super) webhook: WebhookId,
    pub(super) kind: &'static str,
    pub(super) at: Timestamp,
    pub(super) due_at: Timestamp,
    pub(super) body: String,
}

/// Puts a message there; one that is there stays as it is.
pub(super) async fn insert_message(
    connection: &mut AnyConnection,
    project: ProjectId,
    revision: i64,
    message: NewMessage,
) -> Result<(), Error> {
    insert_messages(connection, vec![row(project, revision, message)]).await
}

async fn insert_messages(connection: &mut AnyConnection, rows: Vec<Row>) -> Result<(), Error> {
    bulk::insert(
        connection,
        "INSERT INTO webhook_deliveries (id, webhook_id, project_id, kind, occurred_at, revision,
           body, status, attempts, earlier_rounds, due_at, lease_until)",
        "ON CONFLICT (id) DO NOTHING",
        rows,
    )
    .await?;
    Ok(())
}

fn row(project: ProjectId, revision: i64, message: NewMessage) -> Row {
    [
        message.id.to_string().into(),
        message.webhook.to_string().into(),
        project.into(),
        message.kind.into(),
        message.at.into(),
        revision.into(),
        message.body.into(),
        "waiting".into(),
        0.into(),
        0.into(),
        message.due_at.into(),
        0.into(),
    ]
}
