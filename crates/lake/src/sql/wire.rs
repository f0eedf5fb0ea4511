//! Messages between the server and a worker process.
//!
//! A frame is two lengths (`u32`, little endian), a message as postcard, and a payload of Arrow IPC
//! bytes, which most messages leave empty. Both sides are the same binary, so the format is free to
//! change; each side bounds what it reads all the same.

use std::io;

use domain::time::Timestamp;
use engine::ports::sql::{Cell, Column, Diagnostic, Statement};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};

use super::filter::ScanFilter;

/// A longer frame is a fault of the sender.
const MAX_FRAME_BYTES: usize = 64 << 20;

/// Batches of one scan that may be under way.
pub(super) const SCAN_WINDOW: usize = 2;

/// What the server sends.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum ToWorker {
    /// The first message: what the process confines itself to.
    Limits(Limits),
    /// Run this.
    Statement(Box<StatementJob>),
    /// Rows of a scan: their number, and the columns as the payload.
    Batch {
        /// Which scan.
        scan: u32,
        /// How many rows.
        rows: u64,
    },
    /// A scan has no more rows.
    ScanEnd {
        /// Which scan.
        scan: u32,
    },
    /// A scan failed; the server knows why.
    ScanFailed {
        /// Which scan.
        scan: u32,
    },
}

/// What the worker sends.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum FromWorker {
    /// Confined, and ready for statements.
    Ready(SandboxReport),
    /// Send rows of a table; [`SCAN_WINDOW`] batches without being asked again.
    Scan {
        /// The scan's number, unique within the statement.
        scan: u32,
        /// What to send.
        request: ScanRequest,
    },
    /// One more batch of a scan.
    More {
        /// Which scan.
        scan: u32,
    },
    /// The answer's columns, before its rows.
    Columns(Vec<Column>),
    /// Rows of the answer.
    Rows(Vec<Vec<Cell>>),
    /// The answer is complete.
    Done {
        /// Whether there are more rows than asked for.
        is_truncated: bool,
    },
    /// There is no answer.
    Failed(Failure),
}

/// What a worker process may use.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Limits {
    /// Address space beyond what the process has at its start, in bytes.
    pub(super) memory_bytes: u64,
    /// The one folder it may write to.
    pub(super) spill_folder: std::path::PathBuf,
    /// The most bytes it may write there; none at 0.
    pub(super) spill_bytes: u64,
    /// Threads a statement is spread over.
    pub(super) threads: usize,
    /// Seconds of processor time one statement may use.
    pub(super) cpu_seconds: u64,
}

/// Which of the kernel's means confine a worker process, beside its resource limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SandboxReport {
    /// No file but those of the spill folder, no network.
    pub landlock: bool,
    /// No system call but those a statement needs.
    pub seccomp: bool,
}

/// A statement, and what it may see.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct StatementJob {
    pub(super) statement: Statement,
    pub(super) now: Timestamp,
    pub(super) tables: Vec<TableDescription>,
    /// An answer with more bytes fails.
    pub(super) max_answer_bytes: u64,
}

/// A table of the project.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct TableDescription {
    pub(super) name: String,
    /// Its Arrow schema, as the head of an IPC stream.
    pub(super) schema: Vec<u8>,
}

/// Which rows and columns of a table a statement reads.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ScanRequest {
    pub(super) table: String,
    /// Indexes of the columns, in the order wanted.
    pub(super) columns: Vec<usize>,
    /// All of them hold for every row that is wanted.
    pub(super) filters: Vec<ScanFilter>,
    /// Rows that suffice.
    pub(super) limit: Option<usize>,
}

/// Why a statement has no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Failure {
    /// It must be changed.
    Statement(Diagnostic),
    /// It needs more memory than it may.
    Memory,
    /// It needs more room on the disk than it may.
    Disk,
    /// Its answer has more bytes than it may.
    AnswerSize,
    /// A scan failed.
    Scan,
}

/// Writes a frame.
pub(super) async fn write<W: AsyncWrite + Unpin, M: Serialize>(
    writer: &mut W,
    message: &M,
    payload: &[u8],
) -> io::Result<()> {
    let head = postcard::to_stdvec(message).map_err(io::Error::other)?;
    let length = |length: usize| u32::try_from(length).map_err(io::Error::other);
    let mut start = Vec::with_capacity(8 + head.len());
    start.extend_from_slice(&length(head.len())?.to_le_bytes());
    start.extend_from_slice(&length(payload.len())?.to_le_bytes());
    start.extend_from_slice(&head);
    writer.write_all(&start).await?;
    writer.write_all(payload).await?;
    writer.flush().await
}

/// Reads a frame; none at the end of the stream.
pub(super) async fn read<R: AsyncRead + Unpin, M: DeserializeOwned>(
    reader: &mut R,
) -> io::Result<Option<(M, Vec<u8>)>> {
    let head = match reader.read_u32_le().await {
        Ok(head) => head as usize,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    };
    let payload = reader.read_u32_le().await? as usize;
    if head.saturating_add(payload) > MAX_FRAME_BYTES {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a frame is too long"));
    }
    let head = read_bytes(reader, head).await?;
    let payload = read_bytes(reader, payload).await?;
    let message = postcard::from_bytes(&head).map_err(io::Error::other)?;
    Ok(Some((message, payload)))
}

/// Reads without trusting the length further than bytes arrive.
async fn read_bytes<R: AsyncRead + Unpin>(reader: &mut R, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length.min(1 << 20));
    reader.take(length as u64).read_to_end(&mut bytes).await?;
    if bytes.len() < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_frame_is_read_as_it_was_written() {
        let mut bytes = Vec::new();
        let rows = vec![vec![Cell::Null, Cell::Double(0.5), Cell::Text("é".to_owned())]];
        write(&mut bytes, &FromWorker::Rows(rows.clone()), &[]).await.expect("written");
        write(&mut bytes, &ToWorker::Batch { scan: 7, rows: 9 }, b"payload")
            .await
            .expect("written");
        let mut reader = &*bytes;
        let (message, _) = read::<_, FromWorker>(&mut reader).await.expect("read").expect("one");
        assert!(matches!(message, FromWorker::Rows(read) if read == rows));
        let (message, payload) =
            read::<_, ToWorker>(&mut reader).await.expect("read").expect("one");
        assert!(matches!(message, ToWorker::Batch { scan: 7, rows: 9 }));
        assert_eq!(payload, b"payload");
        assert!(read::<_, ToWorker>(&mut reader).await.expect("the end").is_none());
    }

    #[tokio::test]
    async fn a_frame_that_claims_too_much_is_refused() {
        let bytes = [u32::MAX.to_le_bytes(), u32::MAX.to_le_bytes()].concat();
        assert!(read::<_, FromWorker>(&mut &*bytes).await.is_err());
        let truncated = [8_u32.to_le_bytes(), 0_u32.to_le_bytes()].concat();
        assert!(read::<_, FromWorker>(&mut &*truncated).await.is_err());
    }
}
