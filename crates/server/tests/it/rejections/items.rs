//! One bad event spoils none of the others.

use reqwest::Method;
use serde_json::{Value, json};

use super::{is_healthy, start};
use crate::harness::{Owner, click, error, event_id, page_view, performance, rage_click, refused};

#[tokio::test]
async fn a_bad_event_among_999_good_ones_is_named_and_the_others_are_stored() {
    let (server, owner, page) = start().await;
    let mut events: Vec<Value> = (0..1_000).map(|number| click(&event_id(number))).collect();
    events[357]["x"] = json!("left");
    let answer = page.send(&events).await.expect(200).json();
    assert_eq!(answer["success"], true);
    assert_eq!(answer["processed"], 999);
    assert_eq!(answer["breakdown"], json!({"friction": 0, "heatmap": 999, "performance": 0}));
    let rejected = answer["rejected"].as_array().expect("a list");
    assert_eq!(rejected.len(), 1);
    assert_eq!(
        (&rejected[0]["index"], &rejected[0]["reason"]),
        (&357.into(), &"invalid_field".into())
    );
    assert!(rejected[0]["detail"].as_str().expect("text").starts_with("x: "), "{rejected:?}");
    owner.wait_for_events(999).await;
    is_healthy(&server, &page).await;
    let outcomes = owner.wait_for_accepted(1_099).await;
    assert_eq!(refused(&outcomes, "invalid_field"), 1);
}

#[tokio::test]
async fn each_kind_of_bad_event_is_refused_for_its_reason() {
    let (_server, owner, page) = start().await;
    let bad = [
        ("unknown_type", json!({"type": "weather", "page_url": "https://shop.test/"})),
        ("missing_field", json!({"type": "friction", "event_type": "rage_click"})),
        ("invalid_field", json!([1, 2])),
        ("invalid_id", with(page_view(""), "id", json!(""))),
        ("in_the_future", with(page_view("1"), "timestamp", json!("2099-01-01T00:00:00Z"))),
        ("too_old", with(page_view("2"), "timestamp", json!(0))),
        ("too_large", with(page_view("3"), "metadata", json!({"text": "x".repeat(40_000)}))),
    ];
    let events: Vec<Value> = bad.iter().map(|(_, event)| event.clone()).collect();
    let answer = page.send(&events).await.expect(422).json();
    let reasons: Vec<&str> = answer["rejected"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|rejected| rejected["reason"].as_str().expect("text"))
        .collect();
    assert_eq!(reasons, bad.clone().map(|(reason, _)| reason));
    page.send(&[page_view("4")]).await.expect(200);
    let outcomes = owner.wait_for_accepted(1).await;
    for (reason, _) in bad {
        assert_eq!(refused(&outcomes, reason), 1, "{reason}");
    }
}

#[tokio::test]
async fn events_are_counted_by_type_and_a_repeated_id_is_no_error() {
    let (_server, owner, page) = start().await;
    let events = [
        page_view("a"),
        click("b"),
        rage_click("c"),
        error("d", "x is not a function"),
        performance("e", 1_200.0),
        click("b"),
    ];
    let answer = page.send(&events).await.expect(200).json();
    assert_eq!(answer["breakdown"], json!({"friction": 2, "heatmap": 3, "performance": 1}));
    assert_eq!(answer["rejected"], Value::Null);
    let outcomes = owner.wait_for_accepted(5).await;
    assert_eq!((&outcomes["received"], &outcomes["duplicate"]), (&6.into(), &1.into()));
    assert_eq!(page.send(&[]).await.expect(200).json()["processed"], 0);
}

/// Sites number their events as they like: an id names an event of its project only.
#[tokio::test]
async fn the_same_id_in_two_projects_names_two_events() {
    let (_server, owner, page) = start().await;
    let made = json!({"name": "Blog"});
    let made = owner.send(Method::POST, "/api/projects", Some(made)).await.expect(201).json();
    let project = made["id"].as_str().expect("an id").to_owned();
    let other = Owner { project, ..owner.clone() };
    page.send(&[page_view("1")]).await.expect(200);
    other.page().await.send(&[page_view("1")]).await.expect(200);
    assert_eq!(owner.wait_for_received(1).await["accepted"], 1);
    assert_eq!(other.wait_for_received(1).await["accepted"], 1);
}

fn with(mut event: Value, field: &str, value: Value) -> Value {
    event[field] = value;
    event
}
