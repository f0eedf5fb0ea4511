//! Decompression bombs: small bodies that expand to a gigabyte cost neither a response nor memory.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::write::{GzEncoder, ZlibEncoder};
use serde_json::json;
use tokio::task::JoinSet;

use super::{is_healthy, start};
use crate::harness::{Footfall, event_id, page_view};

const GIGABYTE: u64 = 1 << 30;
const ENCODINGS: [&str; 4] = ["gzip", "deflate", "br", "zstd"];
/// What the process may grow by while it meets the bombs.
const MOST_GROWTH_KIB: u64 = 64 * 1_024;

/// What `content` is in this encoding.
fn encode(encoding: &str, mut content: impl Read) -> Vec<u8> {
    let encoded = Vec::new();
    match encoding {
        "gzip" => copied(&mut content, GzEncoder::new(encoded, Compression::best())).finish(),
        "deflate" => copied(&mut content, ZlibEncoder::new(encoded, Compression::best())).finish(),
        "br" => {
            Ok(copied(&mut content, brotli::CompressorWriter::new(encoded, 4_096, 5, 22))
                .into_inner())
        }
        _ => copied(&mut content, zstd::Encoder::new(encoded, 3).expect("an encoder")).finish(),
    }
    .expect("compresses")
}

fn copied<W: Write>(content: &mut impl Read, mut encoder: W) -> W {
    io::copy(content, &mut encoder).expect("compresses");
    encoder
}

/// The most memory the process has ever held, in KiB.
fn peak_memory_kib(server: &Footfall) -> u64 {
    let path = format!("/proc/{}/status", server.pid());
    let status = std::fs::read_to_string(path).expect("the process runs");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("VmHWM");
    line.split_whitespace().nth(1).expect("a number").parse().expect("a number")
}

/// A bomb in each encoding, made beside the test's own connections.
async fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let bomb = |encoding| move || (encoding, encode(encoding, io::repeat(b' ').take(GIGABYTE)));
    let mut encoders: JoinSet<_> = JoinSet::new();
    for encoding in ENCODINGS {
        encoders.spawn_blocking(bomb(encoding));
    }
    encoders.join_all().await
}

#[tokio::test]
async fn a_bomb_in_any_encoding_is_answered_413_within_bounded_memory() {
    let bombs = bombs().await;
    let (server, _owner, page) = start().await;
    for (number, encoding) in ENCODINGS.into_iter().enumerate() {
        let body = json!({"events": [page_view(&event_id(number as u64))]}).to_string();
        let encoded = encode(encoding, body.as_bytes());
        page.send_raw(&[("content-encoding", encoding)], encoded).await.expect(200);
    }
    // What an honest body of the largest size costs is no bomb's doing.
    let largest = format!(r#"{{"padding":"{}","events":[]}}"#, "x".repeat(4_100_000));
    page.send_raw(&[], largest).await.expect(200);
    let before = peak_memory_kib(&server);
    for (encoding, bomb) in bombs {
        println!("{encoding}: {} bytes unpack to {GIGABYTE}", bomb.len());
        assert!(bomb.len() < 2_000_000, "{encoding}: the bomb is small");
        page.send_raw(&[("content-encoding", encoding)], bomb).await.expect(413);
    }
    let growth = peak_memory_kib(&server) - before;
    println!("peak memory {before} KiB, grown by {growth} KiB");
    assert!(growth <= MOST_GROWTH_KIB, "{growth} KiB");
    is_healthy(&server, &page).await;
}
