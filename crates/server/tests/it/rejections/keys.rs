//! Keys, origins and rate limits.

use std::time::Instant;

use reqwest::Method;
use serde_json::{Value, json};

use super::{is_healthy, start};
use crate::harness::{Page, click, event_id, page_view, refused, wait_until};

/// A path, headers and a body: the key is in one of them.
type Place<'a> = (String, Vec<(&'a str, &'a str)>, Value);

fn text(key: &Value) -> &str {
    key["key"].as_str().expect("text")
}

#[tokio::test]
async fn without_a_key_or_with_an_unknown_one_the_answer_is_401() {
    let (server, owner, page) = start().await;
    let unknown = "fk_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef";
    for key in ["", "nonsense", unknown, "fs_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"] {
        let reply = Page::new(owner.http.clone(), key).send(&[page_view("1")]).await.expect(401);
        let answer = reply.json();
        assert!(answer["error"].as_str().expect("text").contains("key"), "{key:?}: {answer}");
        assert_eq!(answer["request_id"], reply.header("x-request-id"), "{key:?}");
    }
    is_healthy(&server, &page).await;
    let outcomes = owner.wait_for_accepted(100).await;
    assert_eq!(outcomes["received"], 100, "a stranger's events are nobody's");
}

#[tokio::test]
async fn a_key_is_found_in_each_of_its_four_places_and_on_both_paths() {
    let (_server, owner, page) = start().await;
    let key = &page.key;
    let (bearer, query) = (format!("Bearer {key}"), format!("?key={key}"));
    let plain = |id: u64| json!({"events": [page_view(&event_id(id))]});
    let with_key = json!({"api_key": key, "events": [page_view(&event_id(3))]});
    for path in ["/ingest-events", "/functions/v1/ingest-events"] {
        let places: [Place<'_>; 4] = [
            (path.to_owned(), vec![("x-api-key", key)], plain(1)),
            (path.to_owned(), vec![("authorization", &bearer)], plain(2)),
            (path.to_owned(), vec![], with_key.clone()),
            (format!("{path}{query}"), vec![], plain(4)),
        ];
        for (path, headers, body) in places {
            let reply = owner.http.send(Method::POST, &path, &headers, body.to_string()).await;
            assert_eq!(reply.expect(200).json()["processed"], 1, "{path} {headers:?}");
        }
    }
    let outcomes = owner.wait_for_received(8).await;
    assert_eq!(outcomes["duplicate"], 4, "the second path stored the same events");
}

#[tokio::test]
async fn a_key_that_is_switched_off_is_answered_403_and_its_events_are_counted() {
    let (server, owner, page) = start().await;
    let key = owner.key(1_000, &[]).await;
    let id = key["id"].as_str().expect("an id");
    let other = Page::new(owner.http.clone(), text(&key));
    other.send(&[page_view(&event_id(1))]).await.expect(200);
    owner.patch(&format!("api-keys/{id}"), json!({"is_active": false})).await.expect(200);
    let reply = other.send(&[page_view(&event_id(2)), page_view(&event_id(3))]).await.expect(403);
    assert_eq!(reply.json()["error"], "the API key is switched off");
    is_healthy(&server, &page).await;
    let outcomes = owner.wait_for_accepted(101).await;
    assert_eq!(refused(&outcomes, "key_inactive"), 2);
    assert_eq!(outcomes["received"], 103);
}

/// The limit holds for every minute of the clock, and a request that came in the minute before still
/// counts for what is left of its 60 seconds.
async fn send_until_limited(page: &Page, limit: u64, most: u64) -> u64 {
    let started = Instant::now();
    let mut taken = 0;
    for number in 0..most {
        let reply = page.send(&[click(&event_id(number))]).await;
        if reply.status == 200 {
            taken += 1;
            continue;
        }
        let wait: u64 = reply.clone().expect(429).header("retry-after").parse().expect("seconds");
        assert!((1..=60).contains(&wait), "{wait}");
        assert!(reply.json()["error"].as_str().expect("text").contains("rate_limit_per_minute"));
        let aged = limit * started.elapsed().as_secs() / 60;
        assert!(
            (limit..=limit + aged + 1).contains(&taken),
            "{taken} requests of {limit} were taken"
        );
        return taken;
    }
    panic!("{most} requests within {:?} never met the limit of {limit}", started.elapsed());
}

#[tokio::test]
async fn the_request_after_the_last_of_a_minute_is_answered_429() {
    let (server, owner, page) = start().await;
    let limited = Page::new(owner.http.clone(), text(&owner.key(20, &[]).await));
    let taken = send_until_limited(&limited, 20, 60).await;
    is_healthy(&server, &page).await;
    let outcomes = owner.wait_for_accepted(taken + 100).await;
    assert_eq!(refused(&outcomes, "rate_limited"), 1);
}

#[tokio::test]
async fn a_new_key_takes_a_thousand_requests_a_minute() {
    let (_server, owner, _) = start().await;
    let key = owner.post("api-keys", json!({"key_name": "site"})).await.expect(201).json();
    assert_eq!(key["rate_limit_per_minute"], 1_000);
    send_until_limited(&Page::new(owner.http.clone(), text(&key)), 1_000, 2_000).await;
}

#[tokio::test]
async fn the_use_of_a_key_is_noted_to_the_minute() {
    let (_server, owner, page) = start().await;
    page.send(&[page_view("1")]).await.expect(200);
    let used = wait_until("the key's use is stored", async || {
        let keys = owner.get("api-keys").await;
        keys["api_keys"][0]["last_used_at"].as_str().map(str::to_owned)
    });
    let used = used.await;
    assert!(used.ends_with(":00.000Z"), "{used}");
}
