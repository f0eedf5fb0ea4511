//! The lake's files are a Delta Lake table for anybody: Python's `deltalake` reads what we wrote, and
//! `DuckDB` brings it back to what we tell.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::harness::{Footfall, Owner, now, site_traffic, wait_until};

const EVENTS: u64 = 3_000;
const INSTALL: &str = "`make test` prepares a Python with deltalake and duckdb and names it in FOOTFALL_PYTHON; by hand: \
    python3 -m venv V && V/bin/pip install deltalake duckdb pyarrow, then FOOTFALL_PYTHON=V/bin/python";

const RECIPE: &str = include_str!("../../../../docs/recipes/read-the-lake.md");

/// Asks what the recipe asks, of the table in this folder.
const RECIPE_SCRIPT: &str = r#"
import duckdb, json, re, sys
statement = re.search("```sql\n(.*?);\n```", open(0).read(), re.S).group(1)
statement = statement.replace("data/lake/events", sys.argv[1])
found = duckdb.sql(f"SELECT id::VARCHAR, session_id, epoch_ms(received_at) FROM ({statement}) ORDER BY id")
print(json.dumps(found.fetchall()))
"#;

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
    let import = Command::new(&python).args(["-c", "import deltalake, duckdb, pyarrow"]).output();
    let can_import = import.as_ref().is_ok_and(|output| output.status.success());
    assert!(can_import, "{} cannot import deltalake: {import:?}\n{INSTALL}", python.display());
    python
}

fn read(table: &Path, script: &str) -> Value {
    let mut command = Command::new(python());
    command.args(["-c", script]).arg(table).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().expect("runs");
    child.stdin.take().expect("piped").write_all(RECIPE.as_bytes()).expect("read");
    let output = child.wait_with_output().expect("ends");
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

    let found = read(&server.data_dir().join("lake").join("events"), SCRIPT);
    println!("{found}");
    assert_eq!(found["rows"], overview["totals"]["events"]);
    assert_eq!(found["ids"], EVENTS);
    assert_eq!(found["categories"]["friction"], overview["totals"]["friction"]);
    assert_eq!(found["projects"], serde_json::json!([owner.project]));
    let day = |seconds| midnight.plus_seconds(seconds).to_rfc3339()[..10].to_owned();
    assert_eq!(found["days"], serde_json::json!([day(-1), day(0)]));
}

#[tokio::test]
async fn the_recipe_tells_ids_and_times_as_we_do() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    // Within a second, on each side of half a millisecond, with every form of id.
    let start = now().floor_to_seconds(1).plus_seconds(-60);
    let events: Vec<Value> = (0..9_i64)
        .map(|number| {
            let at = start.plus_micros(number * 100_100);
            let millis = u64::try_from(at.millis()).expect("after 1970");
            let random = [u8::try_from(number).expect("a small number"); 10];
            let own = uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
            let other = Uuid::from_u128(number.unsigned_abs().into());
            let session = match number % 3 {
                0 => own.to_string(),
                1 => "sixteen-letters-".to_owned(),
                _ => format!("s{number}"),
            };
            json!({
                "id": if number == 8 { other } else { own }, "type": "heatmap",
                "interaction_type": "pageview", "page_url": "https://shop.test/",
                "session_id": session, "visitor_id": "v1",
                "timestamp": format!("{:?}", jiff::Timestamp::from_microsecond(at.micros()).expect("in range")),
            })
        })
        .collect();
    owner.page().await.send(&events).await.expect(200);
    let told = wait_until("all events are visible", async || {
        let told = owner.get("events?limit=100").await;
        Some(told).filter(|told| told["events"].as_array().is_some_and(|all| all.len() == 9))
    });
    let mut expected: Vec<Value> = told.await["events"]
        .as_array()
        .expect("events")
        .iter()
        .map(|event| {
            let received: jiff::Timestamp =
                event["received_at"].as_str().and_then(|text| text.parse().ok()).expect("a time");
            json!([event["id"], event["session_id"], received.as_millisecond()])
        })
        .collect();
    expected.sort_by_key(|row| row[0].to_string());
    let found = read(&server.data_dir().join("lake").join("events"), RECIPE_SCRIPT);
    assert_eq!(found, Value::Array(expected));
    let ids: Vec<&Value> = events.iter().map(|event| &event["id"]).collect();
    assert!(found.as_array().expect("rows").iter().all(|row| ids.contains(&&row[0])), "{found}");
}
