//! Files the server writes are private to its user.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use reqwest::Method;
use serde_json::json;

use crate::harness::{Footfall, Owner, click, event_id};

/// Everything below `folder`, and it.
fn everything(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(everything(&path)) } else { found.push(path) }
    }
    found
}

#[tokio::test]
async fn every_file_is_its_owners_alone() {
    // The folder was made beforehand, open to all, as some installers do; and so is the mask.
    let open = ["sh", "-c", "umask 000 && mkdir -p data && exec \"$0\" \"$@\""];
    let mut server = Footfall::start_under(&open, &[]).await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    page.send(&[click(&event_id(1))]).await.expect(200);
    let chunk = json!({
        "recording_id": "0198c7a4-5b1e-7c00-8000-000000000001", "seq": 0, "session_id": "s1",
        "events": [{"type": 4, "timestamp": 1_760_000_000_000_u64}],
    });
    let headers = [("x-api-key", &*page.key), ("content-type", "application/json")];
    let taken = owner.http.send(Method::POST, "/ingest-recording", &headers, chunk.to_string());
    taken.await.expect(200);
    owner.wait_for_events(1).await;
    check(&server, &["journal", "catalog", "lake", "parquet", "_delta_log", "-wal", "blobs"]);
    server.terminate().await;
    check(&server, &["journal", "catalog"]);
}

/// Looks at every file and folder; there must be some whose paths contain these.
fn check(server: &Footfall, parts: &[&str]) {
    let data = server.data_dir();
    let mut found = everything(&data);
    found.retain(|path| path.exists());
    for part in parts {
        let is_there = found.iter().any(|path| path.to_string_lossy().contains(part));
        assert!(is_there, "no {part} among {found:?}");
    }
    for path in found {
        let mode = std::fs::metadata(&path).expect("it is there").permissions().mode() & 0o777;
        let allowed = if path.is_dir() { 0o700 } else { 0o600 };
        // The folder that somebody else made keeps what they gave it.
        if path != data {
            assert_eq!(mode, allowed, "{}: {mode:o}", path.display());
        }
    }
}
