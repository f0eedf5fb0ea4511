//! Trimming in bounded steps, between which appends go on.

use domain::time::Timestamp;
use engine::ports::journal::{Block, Position};
use rusqlite::{Connection, TransactionBehavior, params};

use super::queue::Trim;
use super::store::{BlockStore, WriteError, extent, signed, unsigned};

/// Blocks looked at in one step.
const STEP_BLOCKS: u16 = 256;
/// Bytes of blocks removed in one step, about.
const STEP_BYTES: i64 = 4 * 1024 * 1024;
/// Blocks to keep that a trim looks past. Blocks are in the order of time but for a clock that was set
/// back, so behind this many to keep there is hardly one to remove.
const LOOK_PAST: usize = 1_024;
/// Free pages given back to the file system in one step, and steps in one trim.
const STEP_PAGES: i64 = 1_024;
const VACUUM_STEPS: u32 = 64;
/// Free pages always left for the next appends: 4 MiB.
const KEEP_FREE_PAGES: i64 = 1_024;

/// A trim under way.
pub(super) struct Trimming {
    trim: Trim,
    phase: Phase,
    removed: u64,
}

enum Phase {
    Blocks { from: i64, passed: usize },
    Ids,
    Vacuum { steps: u32 },
}

/// Result of a step.
pub(super) enum TrimProgress {
    /// There is more to do.
    More,
    /// This many entries were removed in all.
    Done(u64),
}

impl Trimming {
    pub(super) fn new(trim: Trim) -> Self {
        Self { trim, phase: Phase::Blocks { from: 0, passed: 0 }, removed: 0 }
    }

    /// Whether the trim removes this block.
    pub(super) fn removes(&self, block: &Block) -> bool {
        is_due(&self.trim, block.end(), block.written_at.micros())
    }

    /// Tells who asked.
    pub(super) fn finish(self, result: Result<u64, engine::ports::journal::Error>) {
        // Who asked may have stopped waiting.
        let _ = self.trim.reply.send(result);
    }

    /// One transaction's worth of work.
    pub(super) fn step(
        &mut self,
        store: &mut BlockStore,
        now: Timestamp,
    ) -> Result<TrimProgress, WriteError> {
        match &mut self.phase {
            Phase::Blocks { from, passed } => {
                let next = store.next();
                if *from == 0 {
                    cover(store, &self.trim)?;
                    // Of blocks after this, the ids are in no run.
                    self.trim.before = self.trim.before.min(store.seen.covered_until());
                }
                let (removed, done) =
                    remove_blocks(&mut store.connection, &self.trim, next, from, passed)?;
                self.removed += removed;
                if done {
                    self.phase = Phase::Ids;
                }
            }
            Phase::Ids => {
                let window = store.window(now);
                if store.seen.forget(&mut store.connection, window)? {
                    self.phase = Phase::Vacuum { steps: 0 };
                }
            }
            Phase::Vacuum { steps } => {
                *steps += 1;
                if !release_excess_pages(&store.connection)? || *steps == VACUUM_STEPS {
                    return Ok(TrimProgress::Done(self.removed));
                }
            }
        }
        Ok(TrimProgress::More)
    }
}

/// Has the ids of all blocks stored, where the trim will remove one whose ids are not.
fn cover(store: &mut BlockStore, trim: &Trim) -> Result<(), WriteError> {
    let from = store.seen.covered_until();
    if trim.before <= from {
        return Ok(());
    }
    let is_due: bool = store
        .connection
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM
                 (SELECT position, count, written_at FROM blocks
                  WHERE position >= ?1 ORDER BY position LIMIT ?2)
             WHERE position + count <= ?3 AND written_at < ?4)",
        )?
        .query_row(
            params![
                signed(from),
                signed(LOOK_PAST as u64),
                signed(trim.before),
                trim.older_than.micros()
            ],
            |row| row.get(0),
        )?;
    if is_due {
        let next = store.next();
        store.seen.cover(&mut store.connection, next)?;
    }
    Ok(())
}

fn is_due(trim: &Trim, end: Position, written_at: i64) -> bool {
    end <= trim.before && written_at < trim.older_than.micros()
}

/// Removes due blocks from `from` on, which moves; entries removed, and whether that was the last step.
fn remove_blocks(
    connection: &mut Connection,
    trim: &Trim,
    next: Position,
    from: &mut i64,
    passed: &mut usize,
) -> Result<(u64, bool), WriteError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let rows = transaction
        .prepare_cached(
            "SELECT position, count, written_at, length(block) FROM blocks
             WHERE position >= ?1 ORDER BY position LIMIT ?2",
        )?
        .query_map(params![*from, STEP_BLOCKS + 1], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<rusqlite::Result<Vec<(i64, i64, i64, i64)>>>()?;
    let (mut entries, mut bytes) = (0, 0);
    let mut done = rows.len() <= usize::from(STEP_BLOCKS);
    for (index, &(position, count, written_at, length)) in
        rows.iter().take(usize::from(STEP_BLOCKS)).enumerate()
    {
        if unsigned(position) >= trim.before || *passed == LOOK_PAST {
            done = true;
            break;
        }
        if bytes > STEP_BYTES {
            done = false;
            break;
        }
        let successor = rows.get(index + 1).map_or(signed(next), |row| row.0);
        let extent = extent(position, count, successor);
        if is_due(trim, unsigned(position) + extent, written_at) {
            transaction
                .prepare_cached("DELETE FROM blocks WHERE position = ?1")?
                .execute([position])?;
            entries += extent;
            bytes += length;
        } else {
            *passed += 1;
        }
        *from = position + 1;
    }
    if entries > 0 {
        transaction
            .prepare_cached("UPDATE meta SET next_position = ?1")?
            .execute([signed(next)])?;
        transaction.commit()?;
    }
    Ok((entries, done))
}

/// Returns some free pages to the file system; whether there are still more than are worth keeping.
fn release_excess_pages(connection: &Connection) -> rusqlite::Result<bool> {
    let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    let keep = KEEP_FREE_PAGES.max(pages / 4);
    let free = || connection.query_row("PRAGMA freelist_count", [], |row| row.get::<_, i64>(0));
    let excess = free()? - keep;
    if excess <= 0 {
        return Ok(false);
    }
    vacuum(connection, excess.min(STEP_PAGES))?;
    Ok(free()? > keep)
}

/// Returns some free pages to the file system, and their bytes with them; whether there are none left.
pub(super) fn release_free_pages(connection: &Connection) -> rusqlite::Result<bool> {
    let free = || connection.query_row("PRAGMA freelist_count", [], |row| row.get::<_, i64>(0));
    if free()? > 0 {
        vacuum(connection, STEP_PAGES)?;
    }
    Ok(free()? == 0)
}

fn vacuum(connection: &Connection, pages: i64) -> rusqlite::Result<()> {
    // Each row stands for a page given back; the statement has to be run to its end.
    let mut vacuum = connection.prepare(&format!("PRAGMA incremental_vacuum({pages})"))?;
    let mut rows = vacuum.raw_query();
    while rows.next()?.is_some() {}
    Ok(())
}
