//! SQL over the named tables: by the API and on the command line, while the server runs.

use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use testkit::multipart::{MULTIPART, PNG, multipart};

use crate::harness::{
    Footfall, Owner, command, event_id, page_view, performance, rage_click, wait_until,
};

/// Takes far longer than any test.
const ENDLESS: &str = "SELECT count(*) FROM generate_series(1, 10000000) a, \
    generate_series(1, 10000000) b WHERE a.value * b.value = 7";

/// A server whose one project has a view, a rage click and a page load of 2,500 ms.
async fn start_with(settings: &[(&str, &str)]) -> (Footfall, Owner) {
    let server = Footfall::start_with(settings).await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let events = [page_view("1"), rage_click("2"), performance("3", 2_500.0)];
    page.send(&events).await.expect(200);
    owner.wait_for_events(3).await;
    (server, owner)
}

async fn ask(owner: &Owner, query: &str) -> Value {
    let body = json!({ "query": query });
    owner.send(Method::POST, "/api/sql", Some(body)).await.expect(200).json()
}

#[tokio::test]
async fn tables_of_the_lake_and_the_catalog_answer_together() {
    let (_server, owner) = start_with(&[]).await;
    let query = "SELECT k.key_name, count(*) AS n, max(p.largest_contentful_paint) AS lcp
        FROM api_keys k, page_performance_metrics p
        WHERE k.is_active AND p.created_at > now() - INTERVAL '1 hour' GROUP BY 1";
    let answer = ask(&owner, query).await;
    assert_eq!(answer["rows"], json!([["site", 1, 2_500.0]]));
    let names: Vec<&str> = answer["columns"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|column| column["name"].as_str().expect("text"))
        .collect();
    assert_eq!(names, ["key_name", "n", "lcp"]);
    let hidden = ask(&owner, "SELECT * FROM api_keys").await;
    assert!(!hidden.to_string().contains("fk_"), "{hidden}");
    let limits = ask(&owner, "SELECT rate_limit_per_minute FROM rate_limits").await;
    assert_eq!(limits["rows"], json!([[10_000_000]]));
    // One request brought all three events; windows are stored about once a second.
    let windows = "SELECT key_name, request_class, request_count, rate_limit_per_minute,
               window_start = date_trunc('minute', window_start) AS is_minute
        FROM rate_limits WHERE window_start > now() - INTERVAL '1 hour'";
    wait_until("the window of the request", async || {
        let rows = ask(&owner, windows).await["rows"].clone();
        (rows == json!([["site", "events", 1, 10_000_000, true]])).then_some(())
    })
    .await;
    let route = owner.path("sql");
    let body = json!({"query": "SELECT element_selector FROM friction_events", "format": "csv"});
    let csv = owner.send(Method::POST, &route, Some(body)).await.expect(200);
    assert_eq!(csv.text, "element_selector\r\n#pay\r\n");
}

#[tokio::test]
async fn an_event_names_its_picture_as_soon_as_that_is_taken_in() {
    let server = Footfall::start_with(&[("SERVER__PUBLIC_URL", "http://localhost:8080/")]).await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    page.send(&[rage_click(&event_id(1)), rage_click(&event_id(2))]).await.expect(200);
    owner.wait_for_events(2).await;
    let query = "SELECT screenshot_url FROM friction_events ORDER BY id";
    assert_eq!(ask(&owner, query).await["rows"], json!([[null], [null]]));

    let fields = [("friction_event_id", &*event_id(2)), ("session_id", "s1")];
    let headers = [("x-api-key", &*page.key), ("content-type", MULTIPART)];
    let body = multipart(&fields, Some(PNG));
    let reply = owner.http.send(Method::POST, "/upload-screenshot", &headers, body).await;
    let url = reply.expect(200).json()["screenshot_url"].clone();
    let url_text = url.as_str().expect("a text");
    assert!(url_text.starts_with("http://localhost:8080/api/projects/"), "{url_text}");
    assert_eq!(ask(&owner, query).await["rows"], json!([[null], [url]]));
}

#[tokio::test]
async fn a_wrong_statement_is_the_clients_fault() {
    let (_server, owner) = start_with(&[]).await;
    for query in
        ["SELECT", "DROP TABLE events", "SELECT nothing FROM events", "SELECT 1/0 FROM events"]
    {
        let body = json!({ "query": query });
        let reply = owner.send(Method::POST, "/api/sql", Some(body)).await.expect(422);
        assert!(reply.json()["detail"].is_string());
    }
}

#[tokio::test]
async fn statements_are_cancelled_when_their_clients_disconnect() {
    let (_server, owner) = start_with(&[("LAKE__STATEMENT_TIMEOUT_SECONDS", "600")]).await;
    // As many as may run at once.
    for _ in 0..2 {
        let endless = ask(&owner, ENDLESS);
        let cancelled = tokio::time::timeout(Duration::from_millis(300), endless).await;
        assert!(cancelled.is_err(), "it is endless");
    }
    wait_until("a statement finds its turn", async || {
        let body = json!({"query": "SELECT 1"});
        let reply = owner.send(Method::POST, "/api/sql", Some(body)).await;
        (reply.status == 200).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_statement_has_its_time() {
    let (_server, owner) = start_with(&[("LAKE__STATEMENT_TIMEOUT_SECONDS", "1")]).await;
    let body = json!({ "query": ENDLESS });
    let reply = owner.send(Method::POST, "/api/sql", Some(body)).await.expect(422);
    assert!(reply.text.contains("time limit"), "{}", reply.text);
}

/// Each of these once stopped the server, or its SQL until a restart.
#[tokio::test]
async fn a_statement_that_ends_its_process_leaves_the_server_and_its_sql() {
    let (server, owner) = start_with(&[
        ("LAKE__STATEMENT_TIMEOUT_SECONDS", "5"),
        ("LAKE__STATEMENT_MEMORY_MIB", "256"),
    ])
    .await;
    for query in [
        format!("SELECT 1{}", "+1".repeat(2_000)),
        format!("{}SELECT 1", "EXPLAIN ".repeat(500)),
        format!("SELECT 1{}", " UNION ALL SELECT 1".repeat(2_000)),
        format!("SELECT {}1{}", "abs(".repeat(40), ")".repeat(40)),
        "SELECT approx_percentile_cont(value, 0.5, 999999999999) FROM generate_series(1, 9)"
            .to_owned(),
        "SELECT array_agg(value) OVER () FROM generate_series(1, 100000)".to_owned(),
        "SELECT regexp_like('x', '(')".to_owned(),
        "SELECT 1 FROM events TABLESAMPLE SYSTEM (1)".to_owned(),
    ] {
        let reply = owner.send(Method::POST, "/api/sql", Some(json!({ "query": query }))).await;
        let shown: String = query.chars().take(60).collect();
        assert_eq!(reply.status, 422, "{shown}: {}", reply.text);
        assert!(reply.json()["detail"].is_string(), "{shown}: {}", reply.text);
        let counted = ask(&owner, "SELECT count(*) FROM events").await;
        assert_eq!(counted["rows"], json!([[3]]), "after {shown}");
    }
    let doctor = server.run(&["doctor", "--listen", "127.0.0.1:0"]);
    assert!(doctor.contains("Landlock"), "{doctor}");
}

#[tokio::test]
async fn the_command_line_reads_the_folder_while_the_server_runs_and_after() {
    let (mut server, owner) = start_with(&[]).await;
    let query = "SELECT name, count(*) AS n FROM events GROUP BY name ORDER BY name";
    let table = server.run(&["sql", query]);
    let expected = concat!(
        " name             | n\n",
        "------------------+---\n",
        " page_performance | 1\n",
        " pageview         | 1\n",
        " rage_click       | 1\n",
        "(3 rows)\n"
    );
    assert_eq!(table, expected);
    server.terminate().await;
    assert_eq!(server.run(&["sql", "--project", "Shop", query]), expected);
    assert_eq!(server.run(&["sql", "--project", &owner.project, query]), expected);
    let csv = server.run(&["sql", "--format", "csv", query]);
    assert_eq!(csv.lines().nth(1), Some("page_performance,1"));
    let json = server.run(&["sql", "--format", "json", "SHOW TABLES"]);
    assert!(json.contains("\"user_behavior\""), "{json}");
}

#[tokio::test]
async fn the_command_line_reads_the_statement_from_its_input_and_says_what_is_wrong() {
    let (server, _owner) = start_with(&[]).await;
    let run = |arguments: &[&str], input: &str| {
        let mut command = command();
        command.arg("sql").arg("--data-dir").arg(server.data_dir()).args(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let mut stdin = child.stdin.take().expect("piped");
        stdin.write_all(input.as_bytes()).expect("written");
        drop(stdin);
        let output = child.wait_with_output().expect("it ends");
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&text).into_owned())
    };
    let (succeeded, text) = run(&["--format", "csv"], "SELECT count(*) AS n\nFROM events;\n");
    assert_eq!((succeeded, &*text), (true, "n\r\n3\r\n"));
    let (succeeded, text) = run(&["-"], "SELECT nam FROM events");
    assert!(!succeeded && text.contains("line 1, column 8") && text.contains("name"), "{text}");
    let (succeeded, text) = run(&[], " ");
    assert!(!succeeded && text.contains("no statement"), "{text}");
    let (succeeded, text) = run(&["--project", "Other", "SELECT 1"], "");
    assert!(!succeeded && text.contains("--project"), "{text}");
    let (succeeded, text) = run(&["--url", &server.url(""), "SELECT 1"], "");
    assert!(!succeeded && text.contains("--key"), "{text}");
    let wrong = ["--url", &server.url(""), "--key", "fs_wrong", "SELECT 1"];
    let (succeeded, text) = run(&wrong, "");
    assert!(!succeeded && text.contains("401"), "{text}");
}
