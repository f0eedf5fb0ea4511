//! `GET /api/billing/usage`.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::at;
use crate::harness::TestServer;

/// Two calls on the 21st, one of 90 s and one that failed after 30 s, and one of 61 s on the 22nd.
async fn three_calls(server: &TestServer, widget: &str) {
    server.clock.advance_seconds(2 * 86_400);
    server
        .track(&[
            at(widget, "one", "call_end", 90),
            at(widget, "one", "call_start", 0),
            at(widget, "=two", "call_start", 10),
            at(widget, "=two", "call_error", 40),
            at(widget, "three", "call_start", 86_400),
            at(widget, "three", "call_end", 86_461),
        ])
        .await;
}

fn figures(calls: u64, errors: u64, seconds: u64, amount: &str) -> Value {
    let minor: f64 = amount.parse::<f64>().expect("a number") * 100.0;
    json!([calls, 0, errors, seconds, minor.round(), amount])
}

fn figures_of(row: &Value) -> Value {
    json!([
        row["calls"],
        row["inferred_calls"],
        row["errors"],
        row["billable_seconds"],
        row["amount_minor"].as_f64(),
        row["amount"],
    ])
}

#[tokio::test]
async fn usage_adds_up_by_session_day_and_month() {
    let server = TestServer::start().await;
    server.tariff().await;
    let widget = server.widget("Help", &json!({})).await;
    three_calls(&server, &widget).await;
    let path = "/api/billing/usage?from=2026-11-21&to=2026-11-30T00:00:00Z";
    let days = server.get(path).await;
    assert_eq!(days.status, StatusCode::OK, "{}", days.text);
    let days = days.json();
    assert_eq!(days["currency"], "TZS");
    assert_eq!(days["rows"][0]["day"], "2026-11-21");
    assert_eq!(figures_of(&days["rows"][0]), figures(2, 1, 120, "120.00"));
    assert_eq!(days["rows"][1]["day"], "2026-11-22");
    assert_eq!(figures_of(&days["rows"][1]), figures(1, 0, 61, "61.00"));
    assert_eq!(figures_of(&days["total"]), figures(3, 1, 181, "181.00"));
    let months = server.get(&format!("{path}&group=month")).await.json();
    assert_eq!(months["rows"].as_array().map(Vec::len), Some(1));
    assert_eq!(months["rows"][0]["month"], "2026-11");
    assert_eq!(figures_of(&months["rows"][0]), figures(3, 1, 181, "181.00"));
    let none = server.get(&format!("{path}&widget_id=00000000-0000-4000-8000-00000000dead")).await;
    assert_eq!(none.json()["rows"], json!([]));
    assert_eq!(none.json()["first_call_at"], "2026-11-21T12:00:00.000Z", "of all widgets");
}

#[tokio::test]
async fn the_first_call_is_named_for_periods_without_it_too() {
    let server = TestServer::start().await;
    let path = "/api/billing/usage?from=2026-11-22&to=2026-11-23T00:00:00Z";
    assert_eq!(server.get(path).await.json()["first_call_at"], Value::Null);
    let widget = server.widget("Help", &json!({})).await;
    three_calls(&server, &widget).await;
    let day = server.get(path).await.json();
    assert_eq!(day["total"]["calls"], 1);
    assert_eq!(day["first_call_at"], "2026-11-21T12:00:00.000Z");
}

#[tokio::test]
async fn sessions_come_in_pages() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    three_calls(&server, &widget).await;
    let mut path = "/api/projects/{project}/billing/usage?group=session&limit=2".to_owned();
    let mut seen = Vec::new();
    for expected in [2, 1] {
        let page = server.get(&path).await.json();
        let rows = page["rows"].as_array().expect("rows").clone();
        assert_eq!(rows.len(), expected, "{page}");
        seen.extend(rows.iter().map(|row| row["session_id"].as_str().expect("id").to_owned()));
        if let Some(cursor) = page["next_cursor"].as_str() {
            path = format!("{path}&cursor={cursor}");
        }
    }
    assert_eq!(seen, ["one", "=two", "three"]);
}

#[tokio::test]
async fn a_file_has_the_same_rows_and_no_formulas() {
    let server = TestServer::start().await;
    server.tariff().await;
    let widget = server.widget("Help", &json!({})).await;
    three_calls(&server, &widget).await;
    let path = "/api/billing/usage?from=2026-11-21&group=session&format=csv";
    let file = server.get(path).await;
    assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
    let expected = format!(
        "widget_id,session_id,started_at,ended_at,currency,differences,adjustments_calls,\
         adjustments_inferred_calls,adjustments_errors,adjustments_billable_seconds,\
         adjustments_amount_minor,adjustments_amount,calls,inferred_calls,errors,billable_seconds,\
         amount_minor,amount,talk_seconds,span_seconds,differing_sessions\r\n\
         {widget},one,2026-11-21T12:00:00.000Z,2026-11-21T12:01:30.000Z,TZS,,0,0,0,0,0,0.00,1,0,0,90,9000,90.00,90.0,90.0,0\r\n\
         {widget},'=two,2026-11-21T12:00:10.000Z,2026-11-21T12:00:40.000Z,TZS,call_error,0,0,0,0,0,0.00,1,0,1,30,3000,30.00,30.0,0.0,1\r\n\
         {widget},three,2026-11-22T12:00:00.000Z,2026-11-22T12:01:01.000Z,TZS,,0,0,0,0,0,0.00,1,0,0,61,6100,61.00,61.0,61.0,0\r\n"
    );
    assert_eq!(file.text, expected);
    let days = server.get("/api/billing/usage?from=2026-11-21&format=csv").await;
    assert!(days.text.starts_with("day,started_at,ended_at,currency,"), "{}", days.text);
}

#[tokio::test]
async fn the_project_is_the_only_one_or_named() {
    let server = TestServer::start().await;
    assert_eq!(server.get("/api/billing/usage").await.status, StatusCode::OK);
    let second = server.second_project().await;
    let answer = server.get("/api/billing/usage").await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json()["field"], "project_id");
    for (project, status) in [
        (second.as_str(), StatusCode::OK),
        ("00000000-0000-4000-8000-00000000dead", StatusCode::NOT_FOUND),
        ("no-uuid", StatusCode::NOT_FOUND),
    ] {
        let answer = server.get(&format!("/api/billing/usage?project_id={project}")).await;
        assert_eq!(answer.status, status, "{project}");
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_named() {
    let server = TestServer::start().await;
    for (query, field) in [
        ("group=week", "group"),
        ("format=pdf", "format"),
        ("from=yesterday", "from"),
        ("from=2026-11-21&to=2026-11-20", "from"),
        ("widget_id=1", "widget_id"),
        ("group=session&cursor=1", "cursor"),
    ] {
        let answer = server.get(&format!("/api/billing/usage?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}: {}", answer.text);
        assert_eq!(answer.json()["field"], field, "{query}");
    }
}

/// The report and the contract's query are right about different things: both figures, each named, and the
/// sessions for which they differ.
#[tokio::test]
async fn both_ways_to_measure_a_session_are_reported_and_the_tariff_chooses() {
    let server = TestServer::start().await;
    let widget = server.widget("Sales", &json!({})).await;
    let events = [
        at(&widget, "two", "call_start", 0),
        at(&widget, "two", "call_end", 60),
        at(&widget, "two", "call_start", 3_540),
        at(&widget, "two", "call_end", 3_600),
        at(&widget, "one", "call_start", 0),
        at(&widget, "one", "call_end", 60),
    ];
    server.clock.advance_seconds(3_600);
    server.track(&events).await;
    server.project().await;
    let usage = async |query: &str| {
        let path =
            format!("/api/projects/{{project}}/billing/usage?to=2026-11-22T00:00:00Z&{query}");
        let answer = server.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        answer.json()
    };
    let day = usage("group=day").await;
    assert_eq!(day["basis"], "talk_time");
    assert_eq!(day["total"]["billable_seconds"], 180);
    let times = json!({"talk_seconds": 180.0, "span_seconds": 3660.0, "differing_sessions": 1});
    assert_eq!(day["total_times"], times);
    assert_eq!(usage("group=month").await["total_times"], times);
    let differing = usage("group=session&differing=true").await;
    assert_eq!(differing["rows"].as_array().map(Vec::len), Some(1), "{differing}");
    let row = &differing["rows"][0];
    assert_eq!((&row["session_id"], &row["calls"]), (&json!("two"), &json!(2)));
    assert_eq!((&row["talk_seconds"], &row["span_seconds"]), (&json!(120.0), &json!(3600.0)));
    assert_eq!(row["differences"], json!(["several_calls"]));
    let all = usage("group=session").await;
    assert_eq!(all["rows"].as_array().map(Vec::len), Some(2));
    let refused = server.get("/api/projects/{project}/billing/usage?differing=true").await;
    assert_eq!(refused.json()["field"], "differing", "{}", refused.text);

    let mut tariff = json!({
        "currency": "TZS", "price_minor": 100, "rounding": "per_second", "basis": "session_span",
    });
    let path = "/api/projects/{project}/billing/tariff";
    let set = server.manage("PUT", path, &tariff).await;
    assert_eq!(set.json()["tariff"]["basis"], "session_span", "{}", set.text);
    for group in ["session", "day", "month"] {
        let answer = usage(&format!("group={group}")).await;
        assert_eq!(answer["basis"], "session_span");
        assert_eq!(answer["total"]["billable_seconds"], 3_660, "{group}");
        assert_eq!(answer["total_times"], times, "{group}");
    }
    tariff["basis"] = json!("longest");
    let unknown = server.manage("PUT", path, &tariff).await;
    assert_eq!(unknown.json()["field"], "basis", "{}", unknown.text);
}
