//! No answer leaves before its events are on disk, by the word of the kernel.
//!
//! The server runs under `strace`, which notes its system calls in the order they happen. Requests
//! are sent one at a time, so each answer must be preceded by a sync of the journal that began after
//! its request had arrived.

use std::collections::HashMap;

use crate::harness::{Footfall, Owner, click, event_id, tool, wait_until};

const REQUESTS: u64 = 200;
const CALLS: &str = "trace=fsync,fdatasync,read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg";

/// What a trace tells.
#[derive(Debug, Default, PartialEq, Eq)]
struct Audit {
    /// Answers to ingest requests.
    answers: u64,
    /// Those sent before the journal was synced.
    unsynced: u64,
    /// Syncs of the journal that succeeded while a request waited.
    syncs: u64,
}

/// Reads a trace of requests sent one at a time.
fn audit(trace: &str) -> Audit {
    let mut audit = Audit::default();
    // The request that waits for its answer, and whether it has been synced.
    let mut waiting: Option<bool> = None;
    // Whether the sync each thread is in began while the request waited.
    let mut syncing: HashMap<&str, bool> = HashMap::new();
    for line in trace.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        let call = call.trim_start();
        if is_of(call, &["read", "recv"]) && call.contains("POST /ingest-events") {
            waiting = Some(false);
        } else if is_of(call, &["fsync", "fdatasync"]) {
            if call.contains("/journal.db") {
                syncing.insert(thread, waiting.is_some());
            }
            let has_ended = !call.contains("<unfinished");
            if has_ended && syncing.remove(thread) == Some(true) && call.ends_with("= 0") {
                audit.syncs += 1;
                waiting = waiting.map(|_| true);
            }
        } else if is_of(call, &["write", "send"])
            && call.contains("HTTP/1.1 200")
            && let Some(synced) = waiting.take()
        {
            audit.answers += 1;
            audit.unsynced += u64::from(!synced);
        }
    }
    audit
}

/// Whether a line is about one of these calls, at its beginning or its end.
fn is_of(call: &str, names: &[&str]) -> bool {
    let name = call.strip_prefix("<... ").unwrap_or(call);
    names.iter().any(|wanted| name.starts_with(wanted))
}

#[tokio::test]
async fn every_answer_comes_after_a_sync_that_began_after_its_request() {
    let strace = tool("strace", "strace");
    let folder = tempfile::tempdir().expect("a folder");
    let trace = folder.path().join("trace");
    // -D: the server stays our own child; -yy names what a descriptor stands for.
    let (strace, output) = (strace.to_str().expect("text"), trace.to_str().expect("text"));
    let under = [strace, "-D", "-f", "-yy", "-s", "32", "-e", CALLS, "-o", output];
    let mut server = Footfall::start_under(&under, &[]).await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    for number in 0..REQUESTS {
        page.send(&[click(&event_id(number))]).await.expect(200);
    }
    let pid = server.pid();
    server.terminate().await;
    let text = wait_until("the trace is complete", async || {
        let text = std::fs::read_to_string(&trace).ok()?;
        let ends = |line: &str| line.starts_with(&format!("{pid} ")) && line.contains("+++ exited");
        text.lines().any(ends).then_some(text)
    });
    let audit = audit(&text.await);
    println!("{audit:?}");
    assert_eq!((audit.answers, audit.unsynced), (REQUESTS, 0));
    assert!(audit.syncs >= REQUESTS, "{audit:?}");
}

const ARRIVAL: &str = r#"7 recvfrom(9<TCP:[127.0.0.1:1->127.0.0.1:2]>, "POST /ingest-events HTTP/1.1\r\nx", 8192, 0, NULL, NULL) = 543"#;
const ANSWER: &str = r#"7 writev(9<TCP:[127.0.0.1:1->127.0.0.1:2]>, [{iov_base="HTTP/1.1 200 OK\r\n", iov_len=9}], 1) = 9"#;
const SYNC: &str = "8 fdatasync(12</data/journal/journal.db-wal>) = 0";

#[track_caller]
fn assert_unsynced(lines: &[&str], unsynced: u64) {
    let audit = audit(&lines.join("\n"));
    assert_eq!((audit.answers, audit.unsynced), (1, unsynced), "{lines:#?}");
}

#[test]
fn the_audit_distinguishes_synced_from_unsynced_responses() {
    assert_unsynced(&[ARRIVAL, SYNC, ANSWER], 0);
    assert_unsynced(&[ARRIVAL, ANSWER, SYNC], 1);
    assert_unsynced(&[SYNC, ARRIVAL, ANSWER], 1);
    let failed = SYNC.replace("= 0", "= -1 EIO (Input/output error)");
    assert_unsynced(&[ARRIVAL, &failed, ANSWER], 1);
    let elsewhere = SYNC.replace("journal.db-wal", "catalog.db-wal");
    assert_unsynced(&[ARRIVAL, &elsewhere, ANSWER], 1);
}

#[test]
fn the_audit_reads_calls_that_other_threads_interrupt() {
    let begun = "8 fdatasync(12</data/journal/journal.db-wal> <unfinished ...>";
    let done = "8 <... fdatasync resumed>) = 0";
    let arrived =
        ARRIVAL.replace("recvfrom(9<TCP:[127.0.0.1:1->127.0.0.1:2]>, ", "<... recvfrom resumed>");
    assert_unsynced(&[&arrived, begun, done, ANSWER], 0);
    assert_unsynced(&[&arrived, begun, ANSWER, done], 1);
    assert_unsynced(&[begun, &arrived, done, ANSWER], 1);
}
