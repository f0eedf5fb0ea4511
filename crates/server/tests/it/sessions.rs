//! Visits, asked of the whole program.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Footfall, Owner, error, event_id, page_view, performance, rage_click};

/// An event of another visit, at another page.
fn of(session: &str, path: &str, mut event: Value) -> Value {
    event["session_id"] = json!(session);
    event["page_url"] = json!(format!("https://shop.test{path}"));
    event
}

fn ids(answer: &Value) -> Vec<&str> {
    let sessions = answer["sessions"].as_array().expect("sessions").iter();
    sessions.filter_map(|session| session["session_id"].as_str()).collect()
}

/// A visit with an id that only an encoded path carries.
const OTHER: &str = "visit/2 ü";

async fn visits() -> (Footfall, Owner) {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let mut landing = of("s1", "/?utm_source=news", page_view(&event_id(1)));
    landing["referrer"] = json!("https://search.example/find?q=1");
    let events = [
        landing,
        of("s1", "/checkout", page_view(&event_id(2))),
        of("s1", "/checkout", rage_click(&event_id(3))),
        of("s1", "/checkout", error(&event_id(4), "boom")),
        of("s1", "/checkout", performance(&event_id(5), 1_234.5)),
        of(OTHER, "/rooms", page_view(&event_id(6))),
    ];
    page.send(&events).await.expect(200);
    owner.wait_for_events(6).await;
    let chunk = json!({
        "recording_id": "018f3f3e-7d1c-7cc2-9d4e-000000000001", "seq": 0, "session_id": "s1",
        "visitor_id": "v1", "page_url": "https://shop.test/",
        "events": [{"type": 4, "data": {"href": "https://shop.test/"}, "timestamp": 1}],
    });
    let headers = [("x-api-key", &*page.key), ("content-type", "application/json")];
    let taken = owner.http.send(Method::POST, "/ingest-recording", &headers, chunk.to_string());
    taken.await.expect(200);
    (server, owner)
}

#[tokio::test]
async fn visits_are_listed_filtered_and_followed() {
    let (_server, owner) = visits().await;
    let all = owner.get("sessions").await;
    assert_eq!(all["total"], 2);
    let found = owner.get("sessions?sort=friction&limit=1").await;
    assert_eq!(ids(&found), ["s1"]);
    let session = &found["sessions"][0];
    assert_eq!((&session["events"], &session["page_views"]), (&json!(5), &json!(2)));
    assert_eq!(session["paths"], json!(["/", "/checkout"]));
    assert_eq!(
        (&session["referrer"], &session["utm_source"]),
        (&json!("search.example"), &json!("news"))
    );
    assert_eq!((&session["friction"], &session["errors"]), (&json!(2), &json!(1)));
    assert_eq!(session["recording_id"], "018f3f3e-7d1c-7cc2-9d4e-000000000001");
    let cursor = found["next_cursor"].as_str().expect("another page");
    let next = owner.get(&format!("sessions?sort=friction&limit=1&cursor={cursor}")).await;
    assert_eq!((ids(&next), &next["sessions"][0]["recording_id"]), (vec![OTHER], &Value::Null));
    for (query, expected) in [
        ("path=/checkout", vec!["s1"]),
        ("friction_kind=rage_click", vec!["s1"]),
        ("entry_path=/rooms", vec![OTHER]),
        ("exit_path=/checkout", vec!["s1"]),
        ("referrer=search.example", vec!["s1"]),
        ("utm_source=news&has_error=true", vec!["s1"]),
        ("utm_source=nothing", vec![]),
        ("has_friction=true", vec!["s1"]),
        ("session_id=visit%2F2%20%C3%BC", vec![OTHER]),
        ("min_seconds=100", vec![]),
    ] {
        assert_eq!(ids(&owner.get(&format!("sessions?{query}")).await), expected, "{query}");
    }
    let csv =
        owner.send(Method::GET, &owner.path("sessions?format=csv&path=/checkout"), None).await;
    assert_eq!(csv.expect(200).text.lines().count(), 2);
    for (query, field) in [("sort=best", "sort"), ("min_seconds=4000000000", "min_seconds")] {
        let refused =
            owner.send(Method::GET, &owner.path(&format!("sessions?{query}")), None).await;
        let problem = refused.expect(400).json();
        assert_eq!(problem["field"], field, "{problem}");
    }
}

#[tokio::test]
async fn a_visit_has_its_events_and_recordings() {
    let (_server, owner) = visits().await;
    let one = owner.get("sessions/s1").await;
    assert_eq!(one["session"]["events"], 5);
    assert_eq!(one["recordings"][0]["id"], "018f3f3e-7d1c-7cc2-9d4e-000000000001");
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = owner.get(&format!("sessions/s1/events?limit=2{cursor}")).await;
        seen.extend(page["events"].as_array().expect("events").iter().cloned());
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen.len(), 5);
    let vitals: Vec<&Value> = seen.iter().map(|event| &event["vitals"]).collect();
    let measured: Vec<&&Value> = vitals.iter().filter(|vitals| !vitals.is_null()).collect();
    assert_eq!(measured.len(), 1);
    assert_eq!(measured[0]["largest_contentful_paint"], 1_234.5);
    assert!(measured[0]["load_time"].is_null());
    let other = owner.get("sessions/visit%2F2%20%C3%BC").await;
    assert_eq!(
        (&other["session"]["session_id"], &other["recordings"]),
        (&json!(OTHER), &json!([]))
    );
    let missing = owner.send(Method::GET, &owner.path("sessions/nobody"), None).await;
    missing.expect(404);
    let events = owner.get("sessions/nobody/events").await;
    assert_eq!(events["events"], json!([]));
}
