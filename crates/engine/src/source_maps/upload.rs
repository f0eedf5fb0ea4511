//! A source map on its way in: compressed and measured piece by piece, so that it is never whole in memory.

use std::io::Write as _;

use bytes::Bytes;
use data_encoding::HEXLOWER;
use domain::source_map::MAX_SOURCE_MAP_BYTES;
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};

use crate::Error;

/// The pieces of a map that have arrived.
pub struct SourceMapUpload {
    encoder: GzEncoder<Vec<u8>>,
    digest: Sha256,
    size_bytes: usize,
}

/// A map as it is stored.
#[derive(Debug, Clone)]
pub(super) struct CompressedMap {
    pub(super) bytes: Bytes,
    /// SHA-256 of the JSON, in hexadecimal digits.
    pub(super) digest: String,
    /// Of the JSON.
    pub(super) size_bytes: usize,
}

impl SourceMapUpload {
    /// Nothing yet.
    pub fn new() -> Self {
        let encoder = GzEncoder::new(Vec::new(), Compression::new(4));
        Self { encoder, digest: Sha256::new(), size_bytes: 0 }
    }

    /// Adds a piece. [`Error::TooLarge`] beyond [`MAX_SOURCE_MAP_BYTES`].
    pub fn push(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.size_bytes += piece.len();
        if self.size_bytes > MAX_SOURCE_MAP_BYTES {
            return Err(Error::TooLarge("the source map is larger than 32 MiB".to_owned()));
        }
        self.digest.update(piece);
        self.encoder.write_all(piece).map_err(Error::internal)
    }

    /// Bytes it holds in memory.
    pub fn reserved_bytes(&self) -> usize {
        self.encoder.get_ref().capacity()
    }

    pub(super) fn finish(self) -> Result<CompressedMap, Error> {
        let Self { encoder, digest, size_bytes } = self;
        let bytes = encoder.finish().map_err(Error::internal)?.into();
        Ok(CompressedMap { bytes, digest: HEXLOWER.encode(&digest.finalize()), size_bytes })
    }
}

impl Default for SourceMapUpload {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for SourceMapUpload {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SourceMapUpload").finish_non_exhaustive()
    }
}
