//! The lake is a Delta Lake table for anybody: other engines read it as it is, and find what we answer.

use std::ffi::OsString;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Footfall, Owner, now, site_traffic, wait_until};

const EVENTS: u64 = 3_000;
const INSTALL: &str = "`make test` prepares a Python with what reads the lake and names it in FOOTFALL_PYTHON; by hand: \
    python3 -m venv V && V/bin/pip install chdb deltalake duckdb polars pyarrow, then FOOTFALL_PYTHON=V/bin/python";

const RECIPE: &str = include_str!("../../../../docs/recipes/read-the-lake.md");

/// Runs each of the recipe's statements in each of its engines, as it says. Instants become microseconds.
const RECIPE_SCRIPT: &str = r#"
import calendar, datetime, json, os, re, sys
recipe = open(0).read()
statements = [s.replace("PROJECT", sys.argv[2]) for s in re.findall("```sql\n(.*?)\n```", recipe, re.S)]
engines = re.findall("```python\n(.*?)\n```", recipe, re.S)
def plain(value):
    if isinstance(value, datetime.datetime):
        return calendar.timegm(value.utctimetuple()) * 1_000_000 + value.microsecond
    return value.isoformat() if isinstance(value, datetime.date) else value
answers = []
for engine in engines:
    answers.append([])
    for statement in statements:
        given = {"table": sys.argv[1], "statement": statement}
        exec(engine, given)
        answers[-1].append([[plain(value) for value in row.values()] for row in given["rows"]])
print(json.dumps({"statements": len(statements), "answers": answers}), flush=True)
os._exit(0)
"#;

/// Opens a table and tells what is in it.
const SCRIPT: &str = r#"
import collections, json, os, sys
from deltalake import DeltaTable
table = DeltaTable(sys.argv[1])
rows = table.to_pyarrow_dataset().to_table(columns=["id", "project_id", "category", "occurred_at", "month"]).to_pylist()
print(json.dumps({
    "version": table.version(),
    "files": len(table.file_uris()),
    "rows": len(rows),
    "ids": len({row["id"] for row in rows}),
    "projects": sorted({row["project_id"] for row in rows}),
    "categories": collections.Counter(row["category"] for row in rows),
    "days": sorted({str(row["occurred_at"].date()) for row in rows}),
    "are_in_their_month": all(row["month"] == row["occurred_at"].date().replace(day=1) for row in rows),
}), flush=True)
# pyarrow's threads may abort an interpreter that ends in the ordinary way.
os._exit(0)
"#;

fn python() -> OsString {
    let python = std::env::var_os("FOOTFALL_PYTHON").unwrap_or_else(|| "python3".into());
    let import = Command::new(&python)
        .args(["-c", "import chdb, deltalake, duckdb, polars, pyarrow"])
        .output();
    let can_import = import.as_ref().is_ok_and(|output| output.status.success());
    assert!(
        can_import,
        "{} cannot import what reads the lake: {import:?}\n{INSTALL}",
        python.display()
    );
    python
}

fn read(script: &str, table: &Path, project: &str) -> Value {
    let mut command = Command::new(python());
    // ClickHouse's library wants to stand at the root from the beginning.
    command
        .current_dir("/")
        .args(["-c", script])
        .arg(table)
        .arg(project)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
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

    let found = read(SCRIPT, &server.data_dir().join("lake/events"), &owner.project);
    println!("{found}");
    assert_eq!(found["rows"], overview["totals"]["events"]);
    assert_eq!(found["ids"], EVENTS);
    assert_eq!(found["categories"]["friction"], overview["totals"]["friction"]);
    assert_eq!(found["projects"], serde_json::json!([owner.project]));
    let day = |seconds| midnight.plus_seconds(seconds).to_rfc3339()[..10].to_owned();
    assert_eq!(found["days"], serde_json::json!([day(-1), day(0)]));
    assert_eq!(found["are_in_their_month"], true);
}

#[tokio::test]
async fn the_recipes_statements_give_our_own_rows_in_every_engine() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    // Two UTC days that are over, ids of every form, microseconds, and events of another project.
    let midnight = now().floor_to_seconds(86_400).plus_seconds(-86_400);
    let traffic = site_traffic(3, 2_000, midnight.plus_seconds(-1_200));
    for request in traffic.chunks(300) {
        page.send(request).await.expect(200);
    }
    let odd = |(number, session): (u64, &str)| {
        let at = midnight.plus_micros(-700_001 + i64::try_from(number).expect("small"));
        let at = jiff::Timestamp::from_microsecond(at.micros()).expect("in range");
        json!({
            "id": format!("odd {number}"), "type": "heatmap", "interaction_type": "click",
            "page_url": "https://shop.test/odd", "session_id": session, "visitor_id": "sixteen-letters-",
            "timestamp": at.to_string(), "x": 10, "y": 20, "element_x": 2.0 / 3.0, "element_y": -0.5,
        })
    };
    let sessions = ["s1", "sixteen-letters-", "018F3F3E-7D1C-7CC2-9D4E-1F2A3B4C5D6E", "größe"];
    let odd: Vec<Value> = (0..).zip(sessions).map(odd).collect();
    page.send(&odd).await.expect(200);
    owner.wait_for_events(2_004).await;

    let found = read(RECIPE_SCRIPT, &server.data_dir().join("lake/events"), &owner.project);
    assert_eq!(found["statements"], 5);
    let condition = "project_id = 'PROJECT' AND ";
    let statements: Vec<&str> =
        RECIPE.split("```sql\n").skip(1).filter_map(|text| text.split("\n```").next()).collect();
    let mut expected = Vec::new();
    for statement in statements {
        assert!(statement.contains(condition), "{statement}");
        let body = json!({ "query": statement.replace(condition, "") });
        let answer = owner.send(Method::POST, "/api/sql", Some(body)).await.expect(200).json();
        expected.push(instants_as_micros(&answer));
    }
    for (engine, answers) in found["answers"].as_array().expect("engines").iter().enumerate() {
        for (number, (answer, expected)) in
            answers.as_array().expect("answers").iter().zip(&expected).enumerate()
        {
            assert!(!expected.is_empty(), "statement {number} finds something");
            assert_eq!(answer.as_array().expect("rows"), expected, "engine {engine}, {number}");
        }
    }
    assert_eq!(found["answers"].as_array().map(Vec::len), Some(4));
}

/// The rows of an answer, with instants as the script writes them.
fn instants_as_micros(answer: &Value) -> Vec<Value> {
    let columns = answer["columns"].as_array().expect("columns");
    let value = |(value, column): (&Value, &Value)| match value.as_str() {
        Some(text) if column["type"] == "timestamptz" => {
            json!(text.parse::<jiff::Timestamp>().expect("an instant").as_microsecond())
        }
        _ => value.clone(),
    };
    let rows = answer["rows"].as_array().expect("rows").iter();
    rows.map(|row| row.as_array().expect("a row").iter().zip(columns).map(value).collect())
        .collect()
}
