//! Content encodings, as senders apply them.

use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

/// The bytes in this encoding; in an unknown one, as they are.
pub(super) fn encode(encoding: &str, plain: Vec<u8>) -> Vec<u8> {
    match encoding {
        "gzip" => {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(&plain).expect("packs");
            encoder.finish().expect("packs")
        }
        "gzip-twice" => encode("gzip", encode("gzip", plain)),
        "deflate" => {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(&plain).expect("packs");
            encoder.finish().expect("packs")
        }
        "bare-deflate" => {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(&plain).expect("packs");
            encoder.finish().expect("packs")
        }
        "br" => {
            let mut bytes = Vec::new();
            let mut encoder = brotli::CompressorWriter::new(&mut bytes, 4096, 1, 22);
            encoder.write_all(&plain).expect("packs");
            drop(encoder);
            bytes
        }
        "zstd" => zstd::encode_all(&*plain, 1).expect("packs"),
        _ => plain,
    }
}
