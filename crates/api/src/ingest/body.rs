//! Reading a body with its encoding undone: never more than the cap, whatever the encoding claims.
//!
//! This is the only place that may decompress (`clippy.toml` forbids the raw decoders elsewhere). The
//! cap holds after decompression and for what the decoders allocate: a zstd frame that wants a window
//! larger than 8 MiB is refused.
#![expect(clippy::disallowed_types, reason = "this is the capped reader")]

use std::io::Read;
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use domain::outcome::RejectionReason;
use http_body_util::BodyExt;
use tokio::sync::Semaphore;

use crate::bodies::{Buffer, CollectError, Reservation, collect};

/// What is read of a body that is not taken, so that its sender hears the answer.
const MAX_DRAINED_BYTES: usize = 16 * 1024 * 1024;
const MAX_DRAIN_TIME: Duration = Duration::from_secs(2);
/// log2 of the largest zstd window, 8 MiB: what RFC 9659 lets a sender ask of HTTP.
const MAX_ZSTD_WINDOW_LOG: u32 = 23;
/// How gzip begins, and JSON does not.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
/// What is decoded at once on a thread that serves. What becomes of it is at most a thousand times as long,
/// and the cap holds.
const MAX_INLINE_BYTES: usize = 4 * 1024;
/// Bodies decoded at the same time on other threads: each takes the cap and its decoder's window.
static DECODING: Semaphore = Semaphore::const_new(4);
/// Decoders read and write in pieces of this size.
const BUFFER_BYTES: usize = 16 * 1024;

/// Why a body could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyError {
    /// Larger than the cap, before or after decompression.
    TooLarge,
    /// The encoding is not one we speak.
    UnsupportedEncoding,
    /// The bytes are not what the encoding says.
    Malformed,
    /// It ended early or took too long.
    Incomplete,
    /// There is no memory for it now.
    BudgetExceeded,
}

impl BodyError {
    /// The outcome's reason; none where its sender may send the same again.
    pub(super) fn reason(self) -> Option<RejectionReason> {
        match self {
            Self::TooLarge => Some(RejectionReason::TooLarge),
            Self::UnsupportedEncoding => Some(RejectionReason::UnsupportedEncoding),
            Self::Malformed => Some(RejectionReason::Unparseable),
            Self::Incomplete => Some(RejectionReason::Incomplete),
            Self::BudgetExceeded => None,
        }
    }
}

/// The body's bytes, decompressed, `max_bytes` at most, in memory that `held` has room for.
pub(super) async fn read(
    headers: &HeaderMap,
    mut body: Body,
    max_bytes: usize,
    reservation: &mut Reservation,
) -> Result<Bytes, BodyError> {
    let encoding = headers
        .get(header::CONTENT_ENCODING)
        .map_or(Ok("identity"), |value| value.to_str())
        .map_err(|_| BodyError::UnsupportedEncoding)?
        .trim();
    match collect(&mut body, max_bytes, reservation).await {
        Ok(bytes) => decoded(encoding, bytes, max_bytes, reservation).await,
        Err(CollectError::Incomplete) => Err(BodyError::Incomplete),
        Err(CollectError::TooLarge) => {
            drain(body).await;
            Err(BodyError::TooLarge)
        }
        Err(CollectError::BudgetExceeded) => {
            drain(body).await;
            Err(BodyError::BudgetExceeded)
        }
    }
}

/// The same for a body whose sender may not be able to say that it is gzip.
pub(super) async fn read_maybe_gzipped(
    headers: &HeaderMap,
    body: Body,
    max_bytes: usize,
    reservation: &mut Reservation,
) -> Result<Bytes, BodyError> {
    let bytes = read(headers, body, max_bytes, reservation).await?;
    if !bytes.starts_with(&GZIP_MAGIC) {
        return Ok(bytes);
    }
    decoded("gzip", bytes, max_bytes, reservation).await
}

/// Reads on, within bounds, and keeps nothing: a sender still writing would lose the answer to a
/// closed connection.
pub(super) async fn drain(mut body: Body) {
    let reading = async {
        let mut read_bytes = 0;
        while let Some(Ok(frame)) = body.frame().await {
            read_bytes += frame.data_ref().map_or(0, Bytes::len);
            if read_bytes > MAX_DRAINED_BYTES {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(MAX_DRAIN_TIME, reading).await;
}

/// [`decode`], on a thread that may block where there is much to do: the threads that serve go on.
async fn decoded(
    encoding: &str,
    bytes: Bytes,
    max_bytes: usize,
    reservation: &mut Reservation,
) -> Result<Bytes, BodyError> {
    if bytes.len() <= MAX_INLINE_BYTES || encoding.eq_ignore_ascii_case("identity") {
        return decode(encoding, bytes, max_bytes, reservation);
    }
    let _permit = DECODING.acquire().await.map_err(|_| BodyError::Incomplete)?;
    let (encoding, mut moved) = (encoding.to_owned(), reservation.take());
    let decoding = tokio::task::spawn_blocking(move || {
        let decoded = decode(&encoding, bytes, max_bytes, &mut moved);
        (decoded, moved)
    });
    let Ok((decoded, moved)) = decoding.await else { return Err(BodyError::Malformed) };
    *reservation = moved;
    decoded
}

fn decode(
    encoding: &str,
    bytes: Bytes,
    max_bytes: usize,
    reservation: &mut Reservation,
) -> Result<Bytes, BodyError> {
    if encoding.is_empty() || encoding.eq_ignore_ascii_case("identity") {
        return Ok(bytes);
    }
    let decoded = decompress(encoding, &bytes, max_bytes, reservation);
    reservation.shrink(bytes.len());
    decoded
}

fn decompress(
    encoding: &str,
    input: &[u8],
    max_bytes: usize,
    reservation: &mut Reservation,
) -> Result<Bytes, BodyError> {
    if encoding.eq_ignore_ascii_case("gzip") || encoding.eq_ignore_ascii_case("x-gzip") {
        return capped(flate2::read::GzDecoder::new(input), max_bytes, reservation);
    }
    if encoding.eq_ignore_ascii_case("deflate") {
        // RFC 9110 means the zlib format; some clients send the bare stream.
        return match capped(flate2::read::ZlibDecoder::new(input), max_bytes, reservation) {
            Err(BodyError::Malformed) => {
                capped(flate2::read::DeflateDecoder::new(input), max_bytes, reservation)
            }
            read => read,
        };
    }
    if encoding.eq_ignore_ascii_case("br") {
        return capped(brotli::Decompressor::new(input, BUFFER_BYTES), max_bytes, reservation);
    }
    if encoding.eq_ignore_ascii_case("zstd") {
        let mut decoder =
            zstd::stream::read::Decoder::with_buffer(input).map_err(|_| BodyError::Malformed)?;
        decoder.window_log_max(MAX_ZSTD_WINDOW_LOG).map_err(|_| BodyError::Malformed)?;
        return capped(decoder, max_bytes, reservation);
    }
    Err(BodyError::UnsupportedEncoding)
}

/// Everything `decoder` gives, if that is `max_bytes` at most and there is room for it.
fn capped(
    mut decoder: impl Read,
    max_bytes: usize,
    reservation: &mut Reservation,
) -> Result<Bytes, BodyError> {
    let mut output = Buffer::new(max_bytes, reservation);
    let mut piece = vec![0; BUFFER_BYTES];
    loop {
        let count = decoder.read(&mut piece).map_err(|_| BodyError::Malformed)?;
        if count == 0 {
            return Ok(output.into_bytes());
        }
        if output.len() + count > max_bytes {
            return Err(BodyError::TooLarge);
        }
        output.push(&piece[..count]).map_err(|_| BodyError::BudgetExceeded)?;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::bodies::{BodyBudget, Trust};

    const CAP: usize = 64 * 1024;

    fn decode(encoding: &str, bytes: Bytes, max_bytes: usize) -> Result<Bytes, BodyError> {
        let address = std::net::IpAddr::from([192, 0, 2, 1]);
        let budget = BodyBudget::new(16 * 1024 * 1024);
        let mut reservation = budget.reservation(address, Trust::Proven);
        reservation.grow(bytes.len()).expect("room");
        super::decode(encoding, bytes, max_bytes, &mut reservation)
    }

    fn compress(encoding: &str, plain: &[u8]) -> Bytes {
        let mut compressed = Vec::new();
        match encoding {
            "gzip" => {
                let mut encoder =
                    flate2::write::GzEncoder::new(&mut compressed, flate2::Compression::best());
                encoder.write_all(plain).expect("compresses");
                encoder.finish().expect("compresses");
            }
            "deflate" => {
                let mut encoder =
                    flate2::write::ZlibEncoder::new(&mut compressed, flate2::Compression::best());
                encoder.write_all(plain).expect("compresses");
                encoder.finish().expect("compresses");
            }
            "br" => {
                let mut encoder = brotli::CompressorWriter::new(&mut compressed, 4096, 9, 22);
                encoder.write_all(plain).expect("compresses");
                drop(encoder);
            }
            _ => compressed = zstd::encode_all(plain, 3).expect("compresses"),
        }
        compressed.into()
    }

    #[test]
    fn every_encoding_reads_back_up_to_the_cap_and_not_beyond() {
        for encoding in ["gzip", "deflate", "br", "zstd"] {
            let fits = vec![b'x'; CAP];
            assert_eq!(
                decode(encoding, compress(encoding, &fits), CAP).as_deref(),
                Ok(&*fits),
                "{encoding}"
            );
            let bomb = vec![b'x'; 16 * 1024 * 1024];
            let compressed = compress(encoding, &bomb);
            assert!(compressed.len() < CAP, "{encoding} packs the bomb small");
            assert_eq!(decode(encoding, compressed, CAP), Err(BodyError::TooLarge), "{encoding}");
        }
    }

    #[test]
    fn a_large_body_is_decoded_off_the_serving_thread() {
        let numbers = 0..200_000_u32;
        let plain: Vec<u8> =
            numbers.flat_map(|it| it.wrapping_mul(0x9e37_79b9).to_be_bytes()).collect();
        let compressed = compress("gzip", &plain);
        assert!(compressed.len() > MAX_INLINE_BYTES);
        let budget = BodyBudget::new(64 * 1024 * 1024);
        let mut reservation = budget.reservation([192, 0, 2, 1].into(), Trust::Proven);
        reservation.grow(compressed.len()).expect("room");
        let mut builder = tokio::runtime::Builder::new_current_thread();
        let runtime = builder.max_blocking_threads(1).build().expect("a runtime");
        // The one thread that may block waits until it is let go.
        let (go, wait) = std::sync::mpsc::channel::<()>();
        runtime.spawn_blocking(move || wait.recv());
        runtime.block_on(async {
            let mut decoding =
                Box::pin(decoded("gzip", compressed.clone(), plain.len(), &mut reservation));
            assert!(futures::poll!(&mut decoding).is_pending(), "it waits for another thread");
            drop(go);
            assert_eq!(decoding.await.as_deref(), Ok(&*plain));
            reservation.grow(compressed.len()).expect("room");
            let too_large = decoded("gzip", compressed, plain.len() - 1, &mut reservation).await;
            assert_eq!(too_large, Err(BodyError::TooLarge), "and the cap holds there");
        });
    }

    #[test]
    fn bare_deflate_is_understood() {
        let mut encoder =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(b"{}").expect("compresses");
        let compressed = encoder.finish().expect("compresses").into();
        assert_eq!(decode("deflate", compressed, CAP).as_deref(), Ok(&b"{}"[..]));
    }

    #[test]
    fn nonsense_is_malformed_and_unknown_encodings_are_named_so() {
        for encoding in ["gzip", "deflate", "br", "zstd"] {
            let nonsense = Bytes::from_static(b"\xff\xfe not compressed at all");
            assert_eq!(decode(encoding, nonsense, CAP), Err(BodyError::Malformed), "{encoding}");
        }
        assert_eq!(decode("gzip, gzip", Bytes::new(), CAP), Err(BodyError::UnsupportedEncoding));
        assert_eq!(decode("lzma", Bytes::new(), CAP), Err(BodyError::UnsupportedEncoding));
    }

    #[test]
    fn a_zstd_frame_that_wants_a_huge_window_is_refused() {
        let mut encoder = zstd::stream::write::Encoder::new(Vec::new(), 1).expect("encoder");
        encoder.window_log(27).expect("window");
        encoder.write_all(&vec![b'x'; 1_000_000]).expect("compresses");
        let compressed = encoder.finish().expect("compresses").into();
        assert_eq!(decode("zstd", compressed, 2_000_000), Err(BodyError::Malformed));
    }
}
