//! The lake's files are a Delta Lake table for anybody: Python's `deltalake` reads what we wrote.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::harness::{Footfall, Owner, now, site_traffic, wait_until};

const EVENTS: u64 = 3_000;
const INSTALL: &str = "`make test` prepares a Python with deltalake and names it in FOOTFALL_PYTHON; by hand: \
    python3 -m venv V && V/bin/pip install deltalake pyarrow, then FOOTFALL_PYTHON=V/bin/python";

/// Opens a table and tells what is in it.
const SCRIPT: &str = r#"
import collections, json, os, sys
from deltalake import DeltaTable
table = DeltaTable(sys.argv[1])
rows = table.to_pyarrow_dataset().to_table(columns=["id", "project_id", "category", "day"]).to_pylist()
print(json.dumps({
    "version": table.version(),
    "files": len(table.file_uris()),
    "rows": len(rows),
    "ids": len({row["id"] for row in rows}),
    "projects": sorted({row["project_id"] for row in rows}),
    "categories": collections.Counter(row["category"] for row in rows),
    "days": sorted({str(row["day"]) for row in rows}),
}), flush=True)
# pyarrow's threads may abort an interpreter that ends in the ordinary way.
os._exit(0)
"#;

fn python() -> OsString {
    let python = std::env::var_os("FOOTFALL_PYTHON").unwrap_or_else(|| "python3".into());
    let import = Command::new(&python).args(["-c", "import deltalake, pyarrow"]).output();
    let can_import = import.as_ref().is_ok_and(|output| output.status.success());
    assert!(can_import, "{} cannot import deltalake: {import:?}\n{INSTALL}", python.display());
    python
}

fn read(table: &Path) -> Value {
    let output = Command::new(python()).args(["-c", SCRIPT]).arg(table).output().expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[tokio::test]
async fn another_program_reads_the_same_events_while_the_server_runs() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    // The last hour of yesterday and the first of today, so that there are two partitions.
    let midnight = now().floor_to_seconds(86_400);
    let yesterday = site_traffic(1, EVENTS, midnight.plus_seconds(-3_600));
    let today = site_traffic(1, EVENTS, midnight);
    let half = yesterday.len() / 2;
    for request in [&yesterday[..half], &today[half..]].concat().chunks(300) {
        page.send(request).await.expect(200);
    }
    let period =
        format!("from={}&to={}", midnight.plus_seconds(-86_400), midnight.plus_seconds(86_400));
    let overview = wait_until("all events are visible", async || {
        let overview = owner.get(&format!("overview?{period}")).await;
        Some(overview).filter(|overview| overview["totals"]["events"] == EVENTS)
    });
    let overview = overview.await;

    let found = read(&server.data_dir().join("lake").join("events"));
    println!("{found}");
    assert_eq!(found["rows"], overview["totals"]["events"]);
    assert_eq!(found["ids"], EVENTS);
    assert_eq!(found["categories"]["friction"], overview["totals"]["friction"]);
    assert_eq!(found["projects"], serde_json::json!([owner.project]));
    let day = |seconds| midnight.plus_seconds(seconds).to_rfc3339()[..10].to_owned();
    assert_eq!(found["days"], serde_json::json!([day(-1), day(0)]));
}
