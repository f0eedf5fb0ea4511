//! Refused events of a known project are kept, and can be sent again when their cause is gone.

use serde_json::{Value, json};

use super::start;
use crate::harness::{Owner, Page, event_id, page_view, rage_click, refused, wait_until};

async fn failed(owner: &Owner, count: usize) -> Vec<Value> {
    wait_until(&format!("{count} failed events are listed"), async || {
        let answer = owner.get("failed-events").await;
        let list = answer["failed_events"].as_array().expect("a list").clone();
        (list.len() == count).then_some(list)
    })
    .await
}

async fn resend(owner: &Owner, event: &Value) -> Value {
    let id = event["id"].as_str().expect("an id");
    owner.post(&format!("failed-events/{id}/resend"), json!({})).await.expect(200).json()
}

#[tokio::test]
async fn a_request_of_a_key_that_was_off_is_sent_again_once_it_is_on() {
    let (_server, owner, _) = start().await;
    let key = owner.key(1_000, &[]).await;
    let route = format!("api-keys/{}", key["id"].as_str().expect("an id"));
    owner.patch(&route, json!({"is_active": false})).await.expect(200);
    let page = Page::new(owner.http.clone(), key["key"].as_str().expect("text"));
    let events = [page_view(&event_id(1)), rage_click(&event_id(2))];
    page.send(&events).await.expect(403);

    let list = failed(&owner, 1).await;
    assert_eq!((&list[0]["reason"], &list[0]["resent_at"]), (&"key_inactive".into(), &Value::Null));
    assert_eq!(list[0]["body"], json!({ "events": events }).to_string(), "byte for byte");
    let outcomes = owner.get("outcomes").await;
    assert_eq!((refused(&outcomes, "key_inactive"), &outcomes["accepted"]), (2, &0.into()));

    owner.patch(&route, json!({"is_active": true})).await.expect(200);
    assert_eq!(resend(&owner, &list[0]).await, json!({"processed": 2, "rejected": []}));
    assert!(failed(&owner, 1).await[0]["resent_at"].is_string());
    owner.wait_for_events(2).await;
    // Once more changes nothing: the ids have been seen.
    resend(&owner, &list[0]).await;
    let outcomes = wait_until("the second time is counted", async || {
        Some(owner.get("outcomes").await).filter(|outcomes| outcomes["duplicate"] == 2)
    });
    assert_eq!(outcomes.await["accepted"], 2);
    owner.wait_for_events(2).await;
}

#[tokio::test]
async fn events_without_an_id_are_stored_once_however_often_they_are_sent_again() {
    let (_server, owner, _) = start().await;
    let key = owner.key(1_000, &["shop.test"]).await;
    let page = Page::new(owner.http.clone(), key["key"].as_str().expect("text"));
    let mut event = page_view("");
    event.as_object_mut().expect("an event").remove("id");
    page.send(&[event]).await.expect(403);
    let list = failed(&owner, 1).await;
    resend(&owner, &list[0]).await;
    resend(&owner, &list[0]).await;
    let outcomes = owner.wait_for_received(3).await;
    assert_eq!((&outcomes["accepted"], &outcomes["duplicate"]), (&1.into(), &1.into()));
}

#[tokio::test]
async fn one_bad_event_is_kept_alone_and_refused_again_while_it_stays_bad() {
    let (_server, owner, page) = start().await;
    let bad = json!({"type": "friction", "event_type": "sulk", "page_url": "https://shop.test/"});
    page.send(&[page_view("1"), bad.clone()]).await.expect(200);
    let list = failed(&owner, 1).await;
    assert_eq!(
        (&list[0]["reason"], &list[0]["body"]),
        (&"unknown_type".into(), &bad.to_string().into())
    );
    let answer = resend(&owner, &list[0]).await;
    assert_eq!(
        (&answer["processed"], &answer["rejected"][0]["reason"]),
        (&0.into(), &"unknown_type".into())
    );
    assert_eq!(failed(&owner, 1).await[0]["resent_at"], Value::Null);
}

#[tokio::test]
async fn a_body_that_is_not_utf8_is_kept() {
    let (_server, owner, page) = start().await;
    page.send_raw(&[], b"\xff\x00{").await.expect(400);
    let list = failed(&owner, 1).await;
    assert_eq!(
        (&list[0]["reason"], &list[0]["body"]),
        (&"unparseable".into(), &"\u{fffd}\0{".into())
    );
}
