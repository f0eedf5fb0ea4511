//! Reading blocks from the file, past those that are damaged.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use domain::time::Timestamp;
use engine::ports::journal::{Block, Error, Position};
use rusqlite::{Connection, params};
use zstd::bulk::Decompressor;

use super::error::{is_corruption, unavailable, unreadable};
use super::quarantine::Quarantine;
use super::store::{extent, signed, unsigned};
use super::{format, schema};

/// Connections kept for the next reads.
const READER_POOL_SIZE: usize = 4;
/// Rows looked at in one query.
const ROWS: u16 = 256;

/// Connections that only read. Each read takes one, or opens one, and gives it back.
pub(super) struct ReaderPool {
    database: PathBuf,
    idle: Mutex<Vec<Reader>>,
}

/// What to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReadRange {
    pub(super) from: Position,
    /// Blocks that end after this are not read.
    pub(super) next: Position,
    /// Payload bytes after which no further block is read.
    pub(super) max_bytes: usize,
}

struct Reader {
    connection: Connection,
    decompressor: Decompressor<'static>,
}

/// A row of `blocks` without its block.
struct Row {
    position: i64,
    count: i64,
    written_at: i64,
    crc32c: i64,
}

impl ReaderPool {
    pub(super) fn of(database: PathBuf) -> Self {
        Self { database, idle: Mutex::default() }
    }

    /// Blocks of the span, in order. Blocks for the thread's time: call it where that may be.
    pub(super) fn read(
        &self,
        range: ReadRange,
        quarantine: &Quarantine,
    ) -> Result<Vec<Block>, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = idle.map_or_else(|| Reader::open(&self.database), Ok)?;
        // After an error the connection is not given back: the next read opens a fresh one.
        let blocks = reader.read(range, quarantine).map_err(unreadable)?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < READER_POOL_SIZE {
            idle.push(reader);
        }
        Ok(blocks)
    }
}

impl Reader {
    fn open(database: &std::path::Path) -> Result<Self, Error> {
        Ok(Self {
            connection: schema::open_reader(database).map_err(unreadable)?,
            decompressor: Decompressor::new().map_err(unavailable)?,
        })
    }

    fn read(&mut self, range: ReadRange, quarantine: &Quarantine) -> rusqlite::Result<Vec<Block>> {
        // One snapshot for all queries, so that no trim comes between them.
        let Self { connection, decompressor } = self;
        let snapshot = connection.transaction()?;
        let mut blocks = Vec::new();
        let mut bytes = 0;
        let mut start = start(&snapshot, range.from)?;
        loop {
            let rows = rows(&snapshot, start, range.next)?;
            for (index, row) in rows.iter().enumerate() {
                let successor = rows.get(index + 1).map_or(signed(range.next), |row| row.position);
                let entries = extent(row.position, row.count, successor);
                if unsigned(row.position) + entries <= range.from {
                    continue;
                }
                if bytes >= range.max_bytes && !blocks.is_empty() {
                    return Ok(blocks);
                }
                match block(&snapshot, row, decompressor)? {
                    Ok(block) => {
                        bytes += block.payload_bytes();
                        blocks.push(block);
                    }
                    Err(reason) => quarantine.note(unsigned(row.position), entries, reason),
                }
            }
            match rows.last() {
                Some(last) if rows.len() == usize::from(ROWS) => start = last.position + 1,
                _ => return Ok(blocks),
            }
        }
    }
}

/// Position of the last block that begins at or before `from`.
fn start(connection: &Connection, from: Position) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("SELECT coalesce(max(position), ?1) FROM blocks WHERE position <= ?1")?
        .query_row([signed(from)], |row| row.get(0))
}

fn rows(connection: &Connection, start: i64, next: Position) -> rusqlite::Result<Vec<Row>> {
    // Fields of a damaged record may have any type; what is no integer becomes one that the
    // checksum does not match.
    let integer = |value: rusqlite::types::ValueRef<'_>| value.as_i64().unwrap_or(-1);
    connection
        .prepare_cached(
            "SELECT position, count, written_at, crc32c FROM blocks
             WHERE position >= ?1 AND position < ?2 ORDER BY position LIMIT ?3",
        )?
        .query_map(params![start, signed(next), ROWS], |row| {
            Ok(Row {
                position: row.get(0)?,
                count: integer(row.get_ref(1)?),
                written_at: integer(row.get_ref(2)?),
                crc32c: integer(row.get_ref(3)?),
            })
        })?
        .collect()
}

/// The block of a row, or why it cannot be delivered.
fn block(
    connection: &Connection,
    row: &Row,
    decompressor: &mut Decompressor<'_>,
) -> rusqlite::Result<Result<Block, &'static str>> {
    let mut select = connection.prepare_cached("SELECT block FROM blocks WHERE position = ?1")?;
    let read = select.query_row([row.position], |columns| {
        let Ok(bytes) = columns.get_ref(0)?.as_blob() else {
            return Ok(Err("it holds no bytes"));
        };
        Ok(row.open(bytes, decompressor))
    });
    match read {
        // Pages of this one block are damaged: others may well be sound.
        Err(error) if is_corruption(&error) => Ok(Err("its pages are damaged")),
        other => other,
    }
}
impl Row {
    fn open(
        &self,
        bytes: &[u8],
        decompressor: &mut Decompressor<'_>,
    ) -> Result<Block, &'static str> {
        let expected = format::checksum(self.position, self.count, self.written_at, bytes);
        if i64::from(expected) != self.crc32c {
            return Err("its checksum does not match");
        }
        let (heads, payloads) =
            format::decode(bytes, decompressor).ok_or("its format is not known")?;
        if heads.len() as u64 != unsigned(self.count) {
            return Err("its count does not match");
        }
        let written_at = Timestamp::from_micros(self.written_at);
        Block::new(unsigned(self.position), written_at, heads, payloads)
            .ok_or("its payloads do not fit")
    }
}
