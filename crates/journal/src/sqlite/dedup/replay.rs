//! Reading the open run from the blocks again.

use domain::time::Timestamp;
use engine::ports::journal::Position;
use rusqlite::Connection;

use super::super::error::is_corruption;
use super::super::format;
use super::super::store::{signed, unsigned};
use super::tables::{self, Uncovered};
use super::{Key, SeenIds};

/// Takes the ids of the blocks from `from` on. Of a damaged block, which is delivered to nobody, none is
/// taken: its events can be sent again.
pub(super) fn replay(
    seen: &mut SeenIds,
    connection: &mut Connection,
    from: Position,
) -> rusqlite::Result<()> {
    let positions = connection
        .prepare("SELECT position FROM blocks WHERE position >= ?1 ORDER BY position")?
        .query_map([signed(from)], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    for position in positions {
        match tables::block(connection, position) {
            Ok(block) => take(seen, connection, &block)?,
            Err(error) if is_corruption(&error) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn take(
    seen: &mut SeenIds,
    connection: &mut Connection,
    block: &Uncovered,
) -> rusqlite::Result<()> {
    let Uncovered { position, count, written_at, crc32c, bytes } = block;
    let checksum = format::checksum(*position, *count, *written_at, bytes);
    if i64::from(checksum) != *crc32c {
        return Ok(());
    }
    let Some((heads, ..)) = format::decode_heads(bytes) else { return Ok(()) };
    let day = Timestamp::from_micros(*written_at).day();
    if day > seen.open.day || seen.open.keys.len() >= seen.max_open {
        seen.store_open(connection, unsigned(*position))?;
    }
    seen.open.day = seen.open.day.max(day);
    for head in heads {
        // What was a duplicate then is in another block or run, under the day it came first.
        if let Some(id) = head.id.filter(|_| head.payload.is_some()) {
            let owner = seen.owner(connection, head.owner)?;
            seen.open.keys.insert(Key::new(id, owner));
        }
    }
    Ok(())
}
