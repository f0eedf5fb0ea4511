//! The bytes of a block.
//!
//! ```text
//! block   := version:u8 owners:varint owner[owners] entries:varint head[entries] bytes:varint frame
//! owner   := 16 bytes; an entry names its owner by the place in this table
//! head    := tag:varint  id:16 bytes (if bit 1)  length:varint (unless bit 0)
//! tag     := place of the owner << 2 | has an id << 1 | is a duplicate
//! frame   := the payloads one after another, `bytes` long, as one zstd frame (level 1)
//! varint  := LEB128 of a u64, at most 10 bytes
//! ```
//!
//! The version is 1. Ids stay outside the frame because they do not compress. An entry costs 18 to 20
//! bytes (of them 16 its id) and its share of the frame; a block of one entry 20 bytes more for its owner.
//! Nothing here is checked for damage: the row's CRC32C is, before this is read.

use std::collections::HashMap;

use bytes::Bytes;
use engine::ports::journal::RecordHeader;
use uuid::Uuid;
use zstd::bulk::{Compressor, Decompressor};

const VERSION: u8 = 1;
const LEVEL: i32 = 1;
const DUPLICATE: u64 = 1;
const HAS_ID: u64 = 2;
/// Largest decompressed block; above anything the queue accepts.
pub(super) const MAX_PAYLOAD_BYTES: usize = 512 * 1024 * 1024;

/// The checksum of a row of `blocks`.
pub(super) fn checksum(position: i64, count: i64, written_at: i64, block: &[u8]) -> u32 {
    let mut fields = [0; 24];
    fields[..8].copy_from_slice(&position.to_le_bytes());
    fields[8..16].copy_from_slice(&count.to_le_bytes());
    fields[16..].copy_from_slice(&written_at.to_le_bytes());
    crc32c::crc32c_append(crc32c::crc32c(&fields), block)
}

/// A compressor for [`encode`], to be reused.
pub(super) fn compressor() -> std::io::Result<Compressor<'static>> {
    Compressor::new(LEVEL)
}

/// The block of these entries, whose payloads lie in `payloads` one after another.
pub(super) fn encode(
    heads: &[RecordHeader],
    payloads: &[u8],
    compressor: &mut Compressor<'_>,
) -> std::io::Result<Vec<u8>> {
    let owners = OwnerTable::of(heads);
    let frame = compressor.compress(payloads)?;
    let mut block =
        Vec::with_capacity(32 + owners.list.len() * 16 + heads.len() * 24 + frame.len());
    block.push(VERSION);
    put_varint(&mut block, owners.list.len() as u64);
    for owner in &owners.list {
        block.extend_from_slice(owner.as_bytes());
    }
    put_varint(&mut block, heads.len() as u64);
    for (head, place) in heads.iter().zip(&owners.places) {
        put_head(&mut block, head, *place);
    }
    put_varint(&mut block, payloads.len() as u64);
    block.extend_from_slice(&frame);
    Ok(block)
}

/// The entries of a block and the buffer their payloads lie in; `None` when it is not of this format.
pub(super) fn decode(
    block: &[u8],
    decompressor: &mut Decompressor<'_>,
) -> Option<(Vec<RecordHeader>, Bytes)> {
    let (heads, end, mut rest) = decode_heads(block)?;
    let bytes = usize::try_from(take_varint(&mut rest)?).ok()?;
    if bytes != end || bytes > MAX_PAYLOAD_BYTES {
        return None;
    }
    let payloads = decompressor.decompress(rest, bytes).ok()?;
    (payloads.len() == bytes).then(|| (heads, Bytes::from(payloads)))
}

/// The entries of a block, the bytes of their payloads together, and what follows in the block.
pub(super) fn decode_heads(block: &[u8]) -> Option<(Vec<RecordHeader>, usize, &[u8])> {
    let mut rest = block.strip_prefix(&[VERSION])?;
    let owners =
        (0..take_length(&mut rest)?).map(|_| take_uuid(&mut rest)).collect::<Option<Vec<_>>>()?;
    let mut end = 0;
    let heads = (0..take_length(&mut rest)?)
        .map(|_| take_head(&mut rest, &owners, &mut end))
        .collect::<Option<Vec<_>>>()?;
    Some((heads, end, rest))
}

/// The distinct owners of some entries, and for each entry the place of its owner.
struct OwnerTable {
    list: Vec<Uuid>,
    places: Vec<u64>,
}

impl OwnerTable {
    fn of(heads: &[RecordHeader]) -> Self {
        let mut table = Self { list: Vec::new(), places: Vec::with_capacity(heads.len()) };
        let mut known = HashMap::new();
        let mut last = None;
        for head in heads {
            // Entries of one batch have one owner: most look-ups end here.
            let place = match last {
                Some((owner, place)) if owner == head.owner => place,
                _ => *known.entry(head.owner).or_insert_with(|| {
                    table.list.push(head.owner);
                    table.list.len() as u64 - 1
                }),
            };
            last = Some((head.owner, place));
            table.places.push(place);
        }
        table
    }
}

fn put_head(block: &mut Vec<u8>, head: &RecordHeader, owner: u64) {
    let has_id = if head.id.is_some() { HAS_ID } else { 0 };
    let duplicate = if head.payload.is_none() { DUPLICATE } else { 0 };
    put_varint(block, owner << 2 | has_id | duplicate);
    if let Some(id) = head.id {
        block.extend_from_slice(id.as_bytes());
    }
    if let Some(range) = &head.payload {
        put_varint(block, range.len() as u64);
    }
}

/// Reads one head; its payload begins at `end`, which moves to the payload's end.
fn take_head(rest: &mut &[u8], owners: &[Uuid], end: &mut usize) -> Option<RecordHeader> {
    let tag = take_varint(rest)?;
    let owner = *owners.get(usize::try_from(tag >> 2).ok()?)?;
    let id = if tag & HAS_ID == 0 { None } else { Some(take_uuid(rest)?) };
    if tag & DUPLICATE != 0 {
        return Some(RecordHeader { owner, id, payload: None });
    }
    let start = *end;
    *end = start.checked_add(usize::try_from(take_varint(rest)?).ok()?)?;
    Some(RecordHeader { owner, id, payload: Some(start..*end) })
}

fn put_varint(bytes: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        bytes.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes()[0]);
}

fn take_varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let byte = *rest.split_off_first()?;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

/// A varint that counts things of at least one byte each, so that it cannot exceed what is left.
fn take_length(rest: &mut &[u8]) -> Option<usize> {
    let length = usize::try_from(take_varint(rest)?).ok()?;
    (length <= rest.len()).then_some(length)
}

fn take_uuid(rest: &mut &[u8]) -> Option<Uuid> {
    Uuid::from_slice(rest.split_off(..16)?).ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use data_encoding::HEXLOWER;

    use super::*;

    /// Heads and payloads that take every turn of the format.
    fn entries() -> (Vec<RecordHeader>, Vec<u8>) {
        let payloads = [&b"first"[..], b"", &[0xff; 300]].concat();
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(u128::MAX));
        let head = |owner, id: Option<u128>, payload| RecordHeader {
            owner,
            id: id.map(Uuid::from_u128),
            payload,
        };
        let heads = vec![
            head(one, Some(7), Some(0..5)),
            head(other, None, Some(5..5)),
            head(one, Some(7), None),
            head(other, Some(8), Some(5..305)),
        ];
        (heads, payloads)
    }

    /// What version 1 wrote. Released: the file never changes, and is read for ever. Compression may make
    /// other bytes of the same entries, so these are compared after reading.
    #[test]
    fn blocks_of_version_1_are_read() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/block-v1.hex");
        let (heads, payloads) = entries();
        if !path.exists() && std::env::var_os("FOOTFALL_GEN").is_some() {
            let mut compressor = compressor().expect("a compressor");
            let block = encode(&heads, &payloads, &mut compressor).expect("encodes");
            let checksum = checksum(42, 4, 1_795_132_800_000_000, &block);
            let text = format!("{}\n{checksum:08x}\n", HEXLOWER.encode(&block));
            std::fs::write(&path, text).expect("written");
        }
        let text = std::fs::read_to_string(&path).expect("the golden block");
        let (block, expected) = text.trim().split_once('\n').expect("two lines");
        let block = HEXLOWER.decode(block.as_bytes()).expect("hexadecimal digits");
        assert_eq!(format!("{:08x}", checksum(42, 4, 1_795_132_800_000_000, &block)), expected);
        let mut decompressor = Decompressor::new().expect("a decompressor");
        let read = decode(&block, &mut decompressor).expect("a block");
        assert_eq!((read.0, read.1.to_vec()), (heads, payloads));
    }
}
