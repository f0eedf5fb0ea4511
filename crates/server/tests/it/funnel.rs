//! A funnel, asked of the whole program.

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Footfall, Owner, event_id, page_view, rage_click};

/// An event of a visitor with one session, the `seq`th of it.
fn of(visitor: &str, seq: u32, path: &str, mut event: Value) -> Value {
    event["visitor_id"] = json!(visitor);
    event["session_id"] = json!(format!("session of {visitor}"));
    event["seq"] = json!(seq);
    event["page_url"] = json!(format!("https://shop.test{path}"));
    event
}

/// Three visitors: one books, one gives up at the checkout after a rage click, one leaves from the home page.
async fn visitors() -> (Footfall, Owner) {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let events = [
        of("books", 1, "/", page_view(&event_id(1))),
        of("books", 2, "/checkout/1", page_view(&event_id(2))),
        of("gives up", 1, "/", page_view(&event_id(3))),
        of("gives up", 2, "/checkout/2", page_view(&event_id(4))),
        of("gives up", 3, "/checkout/2", rage_click(&event_id(5))),
        of("leaves", 1, "/", page_view(&event_id(6))),
    ];
    page.send(&events).await.expect(200);
    let booking = json!({
        "event_type": "booking.completed", "customer": {"id": "asha"},
        "session": {"session_id": "session of books"},
    });
    let headers = [("x-api-key", &*page.key), ("content-type", "application/json")];
    let taken = owner.http.send(Method::POST, "/track-event", &headers, booking.to_string());
    taken.await.expect(200);
    owner.wait_for_events(7).await;
    (server, owner)
}

#[tokio::test]
async fn visitors_are_followed_from_page_to_booking() {
    let (_server, owner) = visitors().await;
    let body = json!({
        "steps": [
            {"page": "/", "label": "Home"}, {"page": "/checkout/*"}, {"outcome": "booking"},
        ],
        "dropped_at": 1, "breakdown": "utm_source",
    });
    let found = owner.post("funnel", body.clone()).await.expect(200).json();
    let steps = found["steps"].as_array().expect("steps");
    let units: Vec<&Value> = steps.iter().map(|step| &step["units"]).collect();
    assert_eq!(units, [&json!(3), &json!(2), &json!(1)], "{found}");
    assert_eq!((&steps[0]["label"], &steps[0]["dropped"]), (&json!("Home"), &json!(1)));
    assert_eq!(steps[2]["share_of_previous"], json!(0.5));
    assert!(steps[2]["median_seconds"].is_number() && steps[0]["median_seconds"].is_null());
    let friction = json!([{"kind": "rage_click", "dropped_units": 1, "continued_units": 0}]);
    assert_eq!(steps[1]["friction"], friction);
    let dropped = found["dropped_sessions"].as_array().expect("sessions");
    assert_eq!((dropped.len(), &dropped[0]["session_id"]), (1, &json!("session of gives up")));
    let groups = found["groups"].as_array().expect("groups");
    assert_eq!((groups.len(), &groups[0]["kind"]), (1, &json!("unknown")));
    assert_eq!(groups[0]["steps"][2]["units"], 1);
    let listed = owner.get("audit").await;
    let is_funnel = |entry: &Value| entry["operation"] == "funnel";
    assert!(!listed["entries"].as_array().expect("entries").iter().any(is_funnel));

    let mut by_session = body;
    by_session["unit"] = json!("session");
    by_session["order"] = json!("strict");
    let found = owner.post("funnel", by_session).await.expect(200).json();
    assert_eq!(found["steps"][2]["units"], 1, "{found}");
}
