//! Compresses recording chunks with gzip, which every tool reads.

use std::io::{Read as _, Write as _};

use bytes::Bytes;
use domain::recording::MAX_CHUNK_BYTES;
use flate2::Compression;

/// Parts of this size are compressed and read on a thread that may block: the threads that serve go on.
const MAX_INLINE_BYTES: usize = 64 * 1024;

/// Compresses a chunk's JSON.
pub(super) async fn compress(json: &[u8]) -> std::io::Result<Bytes> {
    if json.len() <= MAX_INLINE_BYTES {
        return gzip(json);
    }
    let json = Bytes::copy_from_slice(json);
    tokio::task::spawn_blocking(move || gzip(&json)).await?
}

/// Decompresses a stored chunk.
pub(super) async fn decompress(bytes: Bytes) -> std::io::Result<Vec<u8>> {
    // Parts become ten times as small and more.
    if bytes.len() <= MAX_INLINE_BYTES / 16 {
        return gunzip(&bytes);
    }
    tokio::task::spawn_blocking(move || gunzip(&bytes)).await?
}

fn gzip(json: &[u8]) -> std::io::Result<Bytes> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Compression::new(4));
    encoder.write_all(json)?;
    encoder.finish().map(Into::into)
}

#[expect(clippy::disallowed_types, reason = "what we packed ourselves, and it is capped")]
fn gunzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut json = Vec::new();
    let decoder = flate2::read::GzDecoder::new(bytes);
    decoder.take(MAX_CHUNK_BYTES as u64).read_to_end(&mut json)?;
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_part_reads_as_it_was_written() {
        for length in [10, 100_000] {
            let json = format!("[{}1]", "1,".repeat(length));
            let compressed = compress(json.as_bytes()).await.expect("packs");
            assert_eq!(decompress(compressed).await.expect("unpacks"), json.as_bytes());
        }
    }

    /// A runtime whose one thread that may block waits until it is let go.
    fn busy() -> (tokio::runtime::Runtime, std::sync::mpsc::Sender<()>) {
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.max_blocking_threads(1).build().expect("a runtime");
        let (go, wait) = std::sync::mpsc::channel::<()>();
        runtime.spawn_blocking(move || wait.recv());
        (runtime, go)
    }

    #[test]
    fn a_large_chunk_is_compressed_and_read_off_the_serving_thread() {
        let noise: Vec<u8> =
            (0..50_000_u32).flat_map(|it| it.wrapping_mul(0x9e37_79b9).to_be_bytes()).collect();
        let (runtime, go) = busy();
        let compressed = runtime.block_on(async {
            let mut compressing = std::pin::pin!(compress(&noise));
            assert!(futures::poll!(&mut compressing).is_pending(), "it waits for another thread");
            drop(go);
            compressing.await.expect("packs")
        });
        let (runtime, go) = busy();
        let read = runtime.block_on(async {
            let mut reading = std::pin::pin!(decompress(compressed));
            assert!(futures::poll!(&mut reading).is_pending(), "it waits for another thread");
            drop(go);
            reading.await.expect("unpacks")
        });
        assert_eq!(read, noise);
    }
}
