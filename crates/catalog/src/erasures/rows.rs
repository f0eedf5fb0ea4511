//! The row of an erasure.

use domain::erasure::{ErasureId, ErasureState};
use domain::id::ProjectId;
use domain::time::Timestamp;
use engine::ports::catalog::{ActorKind, Erasure, ErasureCounts, Error};
use sqlx::AssertSqlSafe;
use sqlx::any::AnyRow;

use crate::error::{malformed, sql};
use crate::positions::position_column;
use crate::row_ext::RowExt;
use crate::stored::{decode, encode, lists};
use crate::transaction::WriteTransaction;

/// Its columns, in the order [`put`] binds them.
pub(super) const COLUMNS: &str =
    "id, project_id, journal, requested_at, requested_by_kind, requested_by, state,
    identifiers, digests, waits_for, journal_records, catalog_rows, failed_events, lake_events,
    leftovers, unreadable_at, gone_at, lifted_at";

/// Stores an erasure as it is now; a new one is of this server's journal.
pub(super) async fn put(
    transaction: &mut WriteTransaction,
    erasure: &Erasure,
) -> Result<(), Error> {
    let identifiers = erasure.identifiers.as_ref().map(encode).transpose()?;
    let leftovers = erasure.leftovers.iter().map(String::as_str);
    let count = |count: u64| i64::try_from(count).map_err(|_| malformed("count"));
    let text = format!(
        "INSERT INTO erasures ({COLUMNS})
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, identifiers = excluded.identifiers,
           digests = excluded.digests, waits_for = excluded.waits_for,
           journal_records = excluded.journal_records, catalog_rows = excluded.catalog_rows,
           failed_events = excluded.failed_events, lake_events = excluded.lake_events,
           leftovers = excluded.leftovers, unreadable_at = excluded.unreadable_at,
           gone_at = excluded.gone_at, lifted_at = excluded.lifted_at"
    );
    sqlx::query(AssertSqlSafe(text))
        .bind(erasure.id.0.to_string())
        .bind(erasure.project_id.to_string())
        .bind(transaction.journal.to_string())
        .bind(erasure.requested_at.micros())
        .bind(erasure.requested_by_kind.as_str())
        .bind(erasure.requested_by.to_string())
        .bind(erasure.state.as_str())
        .bind(identifiers)
        .bind(count(erasure.digests)?)
        .bind(position_column(erasure.waits_for)?)
        .bind(count(erasure.counts.journal_records)?)
        .bind(count(erasure.counts.catalog_rows)?)
        .bind(count(erasure.counts.failed_events)?)
        .bind(count(erasure.counts.lake_events)?)
        .bind(lists::encode(leftovers, "leftovers")?)
        .bind(erasure.unreadable_at.map(Timestamp::micros))
        .bind(erasure.gone_at.map(Timestamp::micros))
        .bind(erasure.lifted_at.map(Timestamp::micros))
        .execute(&mut **transaction)
        .await
        .map_err(sql)?;
    Ok(())
}

/// Reads an erasure.
pub(super) fn read(row: &AnyRow) -> Result<Erasure, Error> {
    let kind = ActorKind::parse(&row.text("requested_by_kind")?);
    let state = ErasureState::parse(&row.text("state")?);
    let identifiers = row.maybe_text("identifiers")?;
    Ok(Erasure {
        id: ErasureId(row.id("id")?),
        project_id: ProjectId(row.id("project_id")?),
        requested_at: row.time("requested_at")?,
        requested_by_kind: kind.ok_or_else(|| malformed("requested_by_kind"))?,
        requested_by: row.id("requested_by")?,
        state: state.ok_or_else(|| malformed("state"))?,
        identifiers: identifiers.as_deref().map(decode).transpose()?,
        digests: row.number("digests")?,
        waits_for: row.number("waits_for")?,
        counts: ErasureCounts {
            journal_records: row.number("journal_records")?,
            catalog_rows: row.number("catalog_rows")?,
            failed_events: row.number("failed_events")?,
            lake_events: row.number("lake_events")?,
        },
        leftovers: lists::decode(&row.text("leftovers")?, "leftovers")?,
        unreadable_at: row.maybe_time("unreadable_at")?,
        gone_at: row.maybe_time("gone_at")?,
        lifted_at: row.maybe_time("lifted_at")?,
    })
}
