//! The rows of stored runs: see [`super::super::schema`].

use std::collections::HashMap;

use engine::ports::journal::Position;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::super::store::{signed, unsigned};
use super::filter::KeyFilter;
use super::key::Key;
use super::run::{Bounds, Run, RunIndex, Sorted};

/// A chunk's row is that of its run, shifted, and its place in it.
const CHUNK_BITS: u32 = 16;

/// The stored runs, and where the next begins.
pub(super) struct Stored {
    pub(super) owners: HashMap<Uuid, u32>,
    pub(super) runs: Vec<Run>,
    pub(super) next_run: i64,
    /// Ids of blocks before this are in runs.
    pub(super) covered_until: Position,
}

/// Reads what memory holds of all runs, and removes the chunks of others: of runs that were not finished, or
/// merged.
pub(super) fn load(connection: &Connection) -> rusqlite::Result<Stored> {
    let owners = connection
        .prepare("SELECT number, owner FROM owners")?
        .query_map([], |row| Ok((Uuid::from_bytes(row.get(1)?), row.get(0)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let runs = connection
        .prepare("SELECT run, day, keys, bounds, filter FROM runs ORDER BY run")?
        .query_map([], run)?
        .collect::<rusqlite::Result<Vec<Run>>>()?;
    let next_run = runs.last().map_or(1, |run| run.number + 1);
    let mut remove = connection.prepare("DELETE FROM chunks WHERE chunk >= ?1 AND chunk < ?2")?;
    let mut known = 0;
    for run in &runs {
        remove.execute([row_of(known, 0), row_of(run.number, 0)])?;
        known = run.number + 1;
    }
    remove.execute([row_of(known, 0), i64::MAX])?;
    let covered_until =
        connection.query_row("SELECT covered_until FROM meta", [], |row| row.get(0))?;
    Ok(Stored { owners, runs, next_run, covered_until: unsigned(covered_until) })
}

fn run(row: &rusqlite::Row<'_>) -> rusqlite::Result<Run> {
    let damaged = |column, what: &str| {
        rusqlite::Error::FromSqlConversionFailure(
            column,
            rusqlite::types::Type::Blob,
            what.to_owned().into(),
        )
    };
    let mut firsts: Vec<Key> = Key::all_of(row.get_ref(3)?.as_blob()?).collect();
    let last = firsts.pop().ok_or_else(|| damaged(3, "a run without keys"))?;
    let filter = KeyFilter::from_bytes(row.get_ref(4)?.as_blob()?);
    let filter = filter.ok_or_else(|| damaged(4, "a run without a filter"))?;
    let keys = usize::try_from(row.get::<_, i64>(2)?).unwrap_or(usize::MAX);
    let index = RunIndex { keys, bounds: Bounds { firsts, last }, filter };
    Ok(Run { number: row.get(0)?, day: row.get(1)?, index })
}

/// Stores the chunks from the one with this index on, `count` at most.
pub(super) fn store_chunks(
    transaction: &Connection,
    run: i64,
    sorted: &Sorted,
    from: usize,
    count: usize,
) -> rusqlite::Result<()> {
    for (index, keys) in (from..).zip(sorted.chunks_from(from).take(count)) {
        store_chunk(transaction, run, index, keys)?;
    }
    Ok(())
}

/// Stores a chunk.
pub(super) fn store_chunk(
    transaction: &Connection,
    run: i64,
    index: usize,
    keys: &[Key],
) -> rusqlite::Result<()> {
    let keys: Vec<u8> = keys.iter().flat_map(|key| key.to_bytes()).collect();
    let mut insert = transaction.prepare_cached("INSERT INTO chunks VALUES (?1, ?2)")?;
    insert.execute(params![row_of(run, index), keys])?;
    Ok(())
}

/// Stores a run whose chunks are stored.
pub(super) fn store_run(
    transaction: &Connection,
    run: i64,
    day: i32,
    index: &RunIndex,
) -> rusqlite::Result<()> {
    let RunIndex { keys, bounds, filter } = index;
    let bounds = bounds.firsts.iter().chain([&bounds.last]);
    let bounds: Vec<u8> = bounds.flat_map(|key| key.to_bytes()).collect();
    transaction
        .prepare_cached("INSERT INTO runs VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![run, day, signed(*keys as u64), bounds, filter.to_bytes()])?;
    Ok(())
}

/// Notes that the ids of entries before `until` are in runs.
pub(super) fn cover(transaction: &Connection, until: Position) -> rusqlite::Result<()> {
    transaction.prepare_cached("UPDATE meta SET covered_until = ?1")?.execute([signed(until)])?;
    Ok(())
}

/// The keys of a chunk.
pub(super) fn chunk(connection: &Connection, run: i64, index: usize) -> rusqlite::Result<Vec<u8>> {
    connection
        .prepare_cached("SELECT keys FROM chunks WHERE chunk = ?1")?
        .query_row([row_of(run, index)], |row| row.get(0))
}

/// Removes a run and its chunks.
pub(super) fn remove(transaction: &Connection, run: i64) -> rusqlite::Result<()> {
    remove_chunks(transaction, run, None)?;
    remove_run(transaction, run)
}

/// Removes a run; its chunks stay.
pub(super) fn remove_run(transaction: &Connection, run: i64) -> rusqlite::Result<()> {
    transaction.prepare_cached("DELETE FROM runs WHERE run = ?1")?.execute([run])?;
    Ok(())
}

/// Removes chunks of a run, `count` at most; how many.
pub(super) fn remove_chunks(
    transaction: &Connection,
    run: i64,
    count: Option<u32>,
) -> rusqlite::Result<usize> {
    transaction
        .prepare_cached(
            "DELETE FROM chunks WHERE chunk IN
                 (SELECT chunk FROM chunks WHERE chunk >= ?1 AND chunk < ?2 LIMIT ?3)",
        )?
        .execute(params![row_of(run, 0), row_of(run + 1, 0), count.map_or(-1, i64::from)])
}

/// Gives an owner a number.
pub(super) fn add_owner(transaction: &Connection, owner: Uuid) -> rusqlite::Result<u32> {
    transaction
        .prepare_cached("INSERT INTO owners (owner) VALUES (?1) RETURNING number")?
        .query_row([owner.as_bytes()], |row| row.get(0))
}

/// A block whose ids are in no run.
pub(super) struct Uncovered {
    pub(super) position: i64,
    pub(super) count: i64,
    /// Microseconds since 1970.
    pub(super) written_at: i64,
    pub(super) crc32c: i64,
    pub(super) bytes: Vec<u8>,
}

/// The block at a position.
pub(super) fn block(connection: &Connection, position: i64) -> rusqlite::Result<Uncovered> {
    connection
        .prepare_cached("SELECT count, written_at, crc32c, block FROM blocks WHERE position = ?1")?
        .query_row([position], |row| {
            // Fields of a damaged record may have any type; the checksum does not match then.
            let integer = |column| -> rusqlite::Result<i64> {
                Ok(row.get_ref(column)?.as_i64().unwrap_or(-1))
            };
            Ok(Uncovered {
                position,
                count: integer(0)?,
                written_at: integer(1)?,
                crc32c: integer(2)?,
                bytes: row.get_ref(3)?.as_blob().unwrap_or_default().to_vec(),
            })
        })
}

fn row_of(run: i64, index: usize) -> i64 {
    (run << CHUNK_BITS) + i64::try_from(index).unwrap_or(i64::MAX)
}
