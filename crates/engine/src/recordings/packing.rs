//! Parts of recordings as they are kept: gzip, which every tool reads.

use std::io::{Read as _, Write as _};

use bytes::Bytes;
use domain::recording::MAX_CHUNK_BYTES;
use flate2::Compression;

/// JSON as it is kept.
pub(super) fn packed(json: &[u8]) -> std::io::Result<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::new(4));
    encoder.write_all(json)?;
    encoder.finish().map(Into::into)
}

/// What was kept, as it was.
#[expect(clippy::disallowed_types, reason = "what we packed ourselves, and it is capped")]
pub(super) fn unpacked(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut json = Vec::new();
    let decoder = flate2::read::GzDecoder::new(bytes);
    decoder.take(MAX_CHUNK_BYTES as u64).read_to_end(&mut json)?;
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_reads_as_it_was_written() {
        let json = format!("[{}1]", "1,".repeat(100_000));
        let packed = packed(json.as_bytes()).expect("packs");
        assert!(packed.len() * 20 < json.len());
        assert_eq!(unpacked(&packed).expect("unpacks"), json.as_bytes());
    }
}
