//! Rows of webhooks and of messages.

use std::collections::BTreeSet;

use domain::id::ProjectId;
use domain::time::Timestamp;
use domain::webhook::{EventKind, Target};
use engine::ports::catalog::{DeliveryStatus, Error, Webhook, WebhookDelivery};
use sqlx::any::AnyRow;

use crate::error::malformed;
use crate::row_ext::RowExt;
use crate::stored::lists;

/// The columns of [`webhook`].
pub(super) const WEBHOOK: &str = "id, project_id, url, description, kinds, is_active, created_at, \
    previous_until, failing_since, disabled_at, disabled_reason";

/// The columns of [`delivery`].
pub(super) const DELIVERY: &str = "id, kind, occurred_at, revision, body, status, attempts, due_at, \
    last_attempt_at, duration_ms, answered_status, answer, trouble";

/// A webhook out of its columns.
pub(super) fn webhook(row: &AnyRow) -> Result<Webhook, Error> {
    Ok(Webhook {
        id: row.text("id")?.parse().map_err(|_| malformed("id"))?,
        project_id: ProjectId(row.id("project_id")?),
        target: target(row)?,
        description: row.text("description")?,
        kinds: kinds(row)?,
        is_active: row.flag("is_active")?,
        created_at: row.time("created_at")?,
        previous_secret_until: row.maybe_time("previous_until")?,
        failing_since: row.maybe_time("failing_since")?,
        disabled_at: row.maybe_time("disabled_at")?,
        disabled_reason: row.maybe_text("disabled_reason")?,
    })
}

/// Where messages are sent.
pub(super) fn target(row: &AnyRow) -> Result<Target, Error> {
    Target::parse(&row.text("url")?).map_err(|_| malformed("url"))
}

/// Message kinds of a webhook. Ignores kinds of a later version.
pub(super) fn kinds(row: &AnyRow) -> Result<BTreeSet<EventKind>, Error> {
    let texts = lists::decode(&row.text("kinds")?, "kinds")?;
    Ok(texts.iter().filter_map(|text| EventKind::parse(text)).collect())
}

/// Kinds as a column holds them.
pub(super) fn kinds_json(kinds: &BTreeSet<EventKind>) -> Result<String, Error> {
    lists::encode(kinds.iter().map(|kind| kind.as_str()), "kinds")
}

/// A message out of its columns.
pub(super) fn delivery(row: &AnyRow) -> Result<WebhookDelivery, Error> {
    let status = DeliveryStatus::parse(&row.text("status")?).ok_or_else(|| malformed("status"))?;
    let due_at = row.time("due_at")?;
    let small = |column| {
        let number = row.maybe_number(column)?;
        number.map(|number| u32::try_from(number).map_err(|_| malformed(column))).transpose()
    };
    let answered = small("answered_status")?;
    Ok(WebhookDelivery {
        id: row.text("id")?.parse().map_err(|_| malformed("id"))?,
        kind: row.text("kind")?,
        occurred_at: row.time("occurred_at")?,
        revision: row.number("revision")?,
        body: row.text("body")?,
        status,
        attempts: row.number("attempts")?,
        next_attempt_at: (status == DeliveryStatus::Waiting && due_at > Timestamp::EPOCH)
            .then_some(due_at),
        last_attempt_at: row.maybe_time("last_attempt_at")?,
        duration_ms: small("duration_ms")?,
        answered_status: answered
            .map(|status| u16::try_from(status).map_err(|_| malformed("answered_status")))
            .transpose()?,
        answer: row.maybe_text("answer")?,
        trouble: row.maybe_text("trouble")?,
    })
}
