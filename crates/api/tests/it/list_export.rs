//! Whole lists as CSV.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::role::Role;
use domain::time::Timestamp;
use futures::StreamExt as _;
use serde_json::{Value, json};

use crate::harness::TestServer;

const CUSTOMERS: &str = "/api/projects/{project}/customers/metrics";

/// Customers `c-000`, `c-001`, … of one session each, begun a minute apart.
async fn customers(server: &TestServer, count: usize) {
    let events: Vec<Value> = (0..count)
        .map(|number| {
            json!({
                "behavior_type": "page_view", "session_id": format!("s-{number:03}"),
                "created_at": format!("2026-11-21T{:02}:{:02}:00Z", 8 + number / 60, number % 60),
            })
        })
        .collect();
    for (number, event) in events.iter().enumerate() {
        let body = json!({"user_id": format!("c-{number:03}"), "events": [event]});
        let sent = server.ingest("/api/tracking/flush", &body).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    }
    server.project().await;
}

fn first_cells(csv: &str) -> Vec<&str> {
    csv.lines().skip(1).map(|line| line.split(',').next().unwrap_or_default()).collect()
}

#[tokio::test]
async fn a_file_has_all_rows_of_the_list_in_its_order() {
    let server = TestServer::start().await;
    customers(&server, 120).await;
    let path = format!("{CUSTOMERS}?sortBy=last_login&sortOrder=asc&format=csv");
    let file = server.get(&path).await;
    assert_eq!(file.status, StatusCode::OK, "{}", file.text);
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    let name = "attachment; filename=\"shop-customers-2026-11-21.csv\"";
    assert_eq!(file.headers["content-disposition"], name);
    assert_eq!(file.headers["x-row-limit"], "1000000");
    let head =
        "id,email,name,total_sessions,total_orders,total_bookings,total_reviews,last_login_at";
    assert!(file.text.starts_with(head), "{}", file.text);
    assert!(!file.text.lines().next().unwrap_or_default().contains(",sessions"), "{}", file.text);
    let expected: Vec<String> = (0..120).map(|number| format!("c-{number:03}")).collect();
    assert_eq!(first_cells(&file.text), expected);
    let searched = server.get(&format!("{path}&search=c-11")).await;
    assert_eq!(first_cells(&searched.text), expected[110..120]);
    let count = server.get(&format!("{CUSTOMERS}?format=count")).await;
    assert_eq!(count.json(), json!({"rows": 120, "is_more": false, "row_limit": 1_000_000}));
    assert_eq!(count.headers["content-type"], "application/vnd.footfall.count+json");
}

#[tokio::test]
async fn the_accept_header_asks_for_csv_and_json_stays_the_default() {
    let server = TestServer::start().await;
    customers(&server, 1).await;
    let ask = async |accept: &str| {
        let path = CUSTOMERS.replace("{project}", &server.project.to_string());
        let request = Request::get(path).header("accept", accept);
        let request = request.header("cookie", format!("footfall={}", server.session));
        server.send(request.body(Body::empty()).expect("a request")).await
    };
    assert_eq!(first_cells(&ask("text/csv").await.text), ["c-000"]);
    assert_eq!(ask("*/*").await.json()["customers"][0]["id"], "c-000");
    let refused = server.get(&format!("{CUSTOMERS}?format=xlsx")).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert_eq!(refused.json()["allowed"], json!(["json", "csv", "count"]));
    let refused = server.get(&format!("{CUSTOMERS}?format=csv&limit=many")).await;
    assert_eq!(refused.json()["field"], "limit", "{}", refused.text);
    let refused = server.get(&format!("{CUSTOMERS}?format=csv&sortBy=shoe_size")).await;
    assert_eq!(refused.json()["field"], "sortBy", "{}", refused.text);
}

#[tokio::test]
async fn a_file_that_is_cut_names_the_cursor_of_the_rest() {
    let server = TestServer::start().await;
    customers(&server, 120).await;
    let path = format!("{CUSTOMERS}?sortBy=last_login&sortOrder=asc&format=csv");
    let file = server.get(&format!("{path}&limit=50")).await;
    let cells = first_cells(&file.text);
    assert_eq!((cells.len(), cells[49]), (51, "c-049"));
    let cursor = cells[50].strip_prefix("Cut after 50 rows. Continue with cursor=");
    let cursor = cursor.unwrap_or_else(|| panic!("{}", cells[50]));
    let rest = server.get(&format!("{path}&cursor={cursor}")).await;
    assert_eq!(first_cells(&rest.text).len(), 70);
    assert_eq!(first_cells(&rest.text)[0], "c-050");
    let whole = server.get(&format!("{path}&limit=120")).await;
    assert_eq!(first_cells(&whole.text).len(), 120, "nothing was cut");
}

/// The file is written as it is read: 200 customers, then the rest.
#[tokio::test]
async fn a_row_that_changes_between_two_pages_appears_once() {
    for (order, changed) in
        [("asc", "c-000"), ("desc", "c-000"), ("asc", "c-229"), ("desc", "c-229")]
    {
        let server = TestServer::start().await;
        customers(&server, 230).await;
        let path = format!("{CUSTOMERS}?sortBy=last_login&sortOrder={order}&format=csv");
        let mut parts = server.stream(&path).await;
        let first = parts.next().await.expect("a part").expect("no error");
        let mut file = String::from_utf8_lossy(&first).into_owned();
        assert_eq!(first_cells(&file).len(), 200, "{file}");
        let event = json!({
            "behavior_type": "page_view", "session_id": "again", "created_at": "2026-11-21T11:59:59Z",
        });
        let body = json!({"user_id": changed, "events": [event]});
        assert_eq!(server.ingest("/api/tracking/flush", &body).await.status, StatusCode::OK);
        server.project().await;
        while let Some(part) = parts.next().await {
            file.push_str(&String::from_utf8_lossy(&part.expect("no error")));
        }
        let mut found = first_cells(&file);
        found.sort_unstable();
        let expected: Vec<String> = (0..230).map(|number| format!("c-{number:03}")).collect();
        assert_eq!(found, expected, "{order} {changed}");
    }
}

/// A client that takes no row of its files.
#[tokio::test]
async fn a_slow_reader_keeps_nobody_else_waiting() {
    let server = TestServer::start().await;
    customers(&server, 3).await;
    let path = format!("{CUSTOMERS}?format=csv");
    let mut unread = Vec::new();
    for _ in 0..3 {
        unread.push(server.stream(&path).await);
    }
    let refused = server.get(&path).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{}", refused.text);
    assert_eq!(refused.json()["detail"], "you are downloading 3 lists already");
    assert!(refused.headers.contains_key("retry-after"));
    assert_eq!(server.get(&format!("{CUSTOMERS}?format=count")).await.json()["rows"], 3);
    let key = server.secret_key(server.project, Role::Analyst).await;
    let own = CUSTOMERS.replace("{project}", &server.project.to_string());
    let request = Request::get(format!("{own}?format=csv"));
    let request = request.header("authorization", format!("Bearer {key}"));
    let answer = server.send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    drop(unread);
    assert_eq!(server.get(&path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_list_that_is_whole_in_one_answer_is_never_cut() {
    let server = TestServer::start().await;
    let widget = server.widget("Line", &json!({})).await;
    for day in 1..=5 {
        for (event, minute) in [("call_start", 0), ("call_end", 1)] {
            let body = json!({
                "widget_id": widget, "event_type": event, "session_id": format!("s-{day}"),
                "timestamp": format!("2026-11-{:02}T09:{minute:02}:00Z", 15 + day),
            });
            let sent = server.beacon("/api/analytics/track", &body).await;
            assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
        }
    }
    server.project().await;
    let usage = "/api/projects/{project}/billing/usage?from=2026-11-15&group=day&format=csv";
    for path in [usage.to_owned(), format!("{usage}&limit=2")] {
        let file = server.get(&path).await;
        assert_eq!(file.text.lines().count(), 6, "{}", file.text);
    }
}

/// Half past one at night in Dar es Salaam.
#[tokio::test]
async fn instants_and_the_name_of_a_file_are_of_the_projects_zone() {
    let server = TestServer::start().await;
    server.clock.set(Timestamp::parse("2026-11-20T22:30:00Z").expect("an instant"));
    let settings = "/api/projects/{project}/settings";
    let mut set = server.get(settings).await.json();
    set["time_zone"] = json!("Africa/Dar_es_Salaam");
    assert_eq!(server.manage("PUT", settings, &set).await.status, StatusCode::OK);
    let key = server.secret_key(server.project, Role::Admin).await;
    let file = server.get("/api/projects/{project}/audit?format=csv").await;
    let name = "attachment; filename=\"shop-audit-log-2026-11-21.csv\"";
    assert_eq!(file.headers["content-disposition"], name);
    let line = file.text.lines().find(|line| line.contains(",set_project_settings,"));
    let line = line.unwrap_or_else(|| panic!("{}", file.text));
    assert!(line.starts_with("2026-11-21T01:30:00+03:00,member,"), "{line}");
    // The path names no project, the key does.
    let request = Request::get("/api/customers/metrics?format=csv");
    let request = request.header("authorization", format!("Bearer {key}"));
    let file = server.send(request.body(Body::empty()).expect("a request")).await;
    let name = "attachment; filename=\"shop-customers-2026-11-21.csv\"";
    assert_eq!(file.headers["content-disposition"], name, "{}", file.text);
    // Both files were taken, which the log says.
    let log = server.get("/api/projects/{project}/audit").await.json();
    let entries = log["entries"].as_array().expect("entries");
    let exports = entries.iter().filter_map(|entry| entry["operation"].as_str());
    let exports: Vec<&str> = exports.filter(|it| it.starts_with("export_")).collect();
    assert_eq!(exports, ["export_customer_metrics", "export_audit"]);
}

#[tokio::test]
async fn members_whose_role_is_too_low_get_no_file() {
    let server = TestServer::start().await;
    let analyst = server.secret_key(server.project, Role::Analyst).await;
    for format in ["csv", "count", "xlsx"] {
        for (path, status) in [("audit", 403), ("customers/metrics", 200)] {
            let path = format!("/api/projects/{}/{path}?format={format}", server.project);
            let request = Request::get(path).header("authorization", format!("Bearer {analyst}"));
            let answer = server.send(request.body(Body::empty()).expect("a request")).await;
            let status = if format == "xlsx" && status == 200 { 400 } else { status };
            assert_eq!(answer.status, status, "{format}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn amounts_objects_and_lists_have_columns_that_a_spreadsheet_reads() {
    let server = TestServer::start().await;
    let events = [
        ("booking.started", json!({"total_amount": 120_000})),
        ("booking.completed", json!({"total_amount": 150_000})),
        ("booking.completed", json!({"total_amount": 20.5, "currency": "USD"})),
        ("booking.started", json!({"total_amount": 99_000})),
    ];
    for (number, (event_type, data)) in events.iter().enumerate() {
        let body = json!({
            "event_type": event_type, "event_data": data,
            "timestamp": format!("2026-11-21T11:5{number}:00Z"),
            "customer": {"id": "u-1", "email": "asha@example.com", "first_name": "=cmd|'/c calc'!A1"},
        });
        let sent = server.ingest("/track-event", &body).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text);
    }
    server.project().await;
    let file = server.get("/api/projects/{project}/contacts?format=csv").await;
    let mut lines = file.text.lines();
    let head: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let row: Vec<&str> = lines.next().unwrap_or_default().split(',').collect();
    let cell = |name: &str| row[head.iter().position(|column| *column == name).expect(name)];
    assert_eq!(cell("first_name"), "'=cmd|'/c calc'!A1");
    assert_eq!(
        (cell("estimated_deal_value"), cell("estimated_deal_value_currency")),
        ("99000.00", "TZS")
    );
    assert_eq!(cell("total_revenue"), "150000.00 TZS | 20.50 USD");
    assert_eq!(cell("total_bookings"), "2");
    let audit = server.get("/api/projects/{project}/audit?format=csv").await;
    let head = "at,actor_kind,actor_id,actor_label,operation,target,status,request_id,address\r\n";
    assert!(audit.text.starts_with(head), "{}", audit.text);
}
