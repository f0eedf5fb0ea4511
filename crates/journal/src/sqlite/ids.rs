//! Ids seen: which entries are duplicates, and forgetting old ids.
//!
//! Ids made from the time (`UUIDv7`) arrive almost in order, so the table grows at its end and old ids
//! lie at its front. Random ids (`UUIDv4`) lie anywhere: each touches a page of its own, and old ones are
//! found only by walking the table. There is deliberately no index on `day`: it would double the cost of
//! every append to make rare work cheap.

use domain::time::Timestamp;
use rusqlite::{CachedStatement, Connection, Transaction, params};
use uuid::Uuid;

/// Ids looked at in one transaction of [`Forgetting`].
const CHUNK: i64 = 4_096;
/// Chunks looked at in one trim.
const CHUNKS_PER_TRIM: u32 = 64;

/// The days on which an id counts as seen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    today: i32,
    first: i32,
}

impl Window {
    /// Ids stored up to `days` days before the day of `now` are remembered.
    pub(super) fn ending(now: Timestamp, days: u16) -> Self {
        let today = now.day();
        Self { today, first: today.saturating_sub(i32::from(days)) }
    }
}

/// Stores ids within one transaction.
pub(super) struct Seen<'a> {
    insert: CachedStatement<'a>,
    window: Window,
}

impl<'a> Seen<'a> {
    pub(super) fn in_transaction(
        transaction: &'a Transaction<'_>,
        window: Window,
    ) -> rusqlite::Result<Self> {
        let insert = transaction.prepare_cached(
            "INSERT INTO ids VALUES (?1, ?2)
             ON CONFLICT (id) DO UPDATE SET day = excluded.day WHERE day < ?3",
        )?;
        Ok(Self { insert, window })
    }

    /// Stores the id; whether it was not seen within the window before.
    pub(super) fn is_new(&mut self, id: Uuid) -> rusqlite::Result<bool> {
        let Window { today, first } = self.window;
        Ok(self.insert.execute(params![&id.as_bytes()[..], today, first])? > 0)
    }
}

/// Walks the table in bounded steps and deletes ids older than the window.
#[derive(Debug, Default)]
pub(super) struct Forgetting {
    /// Where the walk of the whole table goes on, over many trims.
    resume_after: Vec<u8>,
}

/// How far the forgetting of one trim has come.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// While at the front: the last id looked at.
    front: Vec<u8>,
    at_front_done: bool,
    chunks: u32,
}

impl Forgetting {
    /// One step of one trim; whether the trim has done its share. It first follows the front of the
    /// table as long as there are old ids, then takes up the walk where the last trim left it.
    pub(super) fn step(
        &mut self,
        connection: &mut Connection,
        window: Window,
        progress: &mut Progress,
    ) -> rusqlite::Result<bool> {
        progress.chunks += 1;
        if progress.at_front_done {
            let chunk = forget_chunk(connection, window, &self.resume_after)?;
            let at_end = chunk.last.is_none();
            self.resume_after = chunk.last.unwrap_or_default();
            if at_end {
                return Ok(true);
            }
        } else {
            let chunk = forget_chunk(connection, window, &progress.front)?;
            progress.at_front_done = chunk.forgotten == 0 || chunk.last.is_none();
            progress.front = chunk.last.unwrap_or_default();
        }
        Ok(progress.chunks >= CHUNKS_PER_TRIM)
    }
}

struct Chunk {
    forgotten: usize,
    /// The last id looked at; none at the end of the table.
    last: Option<Vec<u8>>,
}

fn forget_chunk(
    connection: &mut Connection,
    window: Window,
    after: &[u8],
) -> rusqlite::Result<Chunk> {
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let mut chunk = Chunk { forgotten: 0, last: None };
    let mut old = Vec::new();
    {
        let mut select = transaction
            .prepare_cached("SELECT id, day FROM ids WHERE id > ?1 ORDER BY id LIMIT ?2")?;
        let mut rows = select.query(params![after, CHUNK])?;
        let mut looked_at = 0;
        while let Some(row) = rows.next()? {
            let id: Vec<u8> = row.get(0)?;
            looked_at += 1;
            if looked_at == CHUNK {
                chunk.last = Some(id.clone());
            }
            if row.get::<_, i32>(1)? < window.first {
                old.push(id);
            }
        }
        let mut delete = transaction.prepare_cached("DELETE FROM ids WHERE id = ?1")?;
        for id in &old {
            chunk.forgotten += delete.execute(params![id])?;
        }
    }
    if chunk.forgotten > 0 {
        transaction.commit()?;
    }
    Ok(chunk)
}
