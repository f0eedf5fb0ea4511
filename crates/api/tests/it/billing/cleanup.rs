//! `/api/analytics/cleanup`: exactly one inferred end for each call that nobody ended.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::billing::{EndSource, InferredEnd};
use domain::event::Event;
use engine::ports::catalog::{CallStore, OrphanClaim};
use serde_json::{Value, json};
use uuid::Uuid;

use super::at;
use crate::harness::TestServer;

const CLEANUP: &str = "/api/analytics/cleanup";

async fn clean(server: &TestServer) -> Value {
    let request = Request::post(CLEANUP).header("host", "localhost:8080");
    let request = request.body(Body::empty()).expect("a request");
    let answer = server.send_from([127, 0, 0, 1], request).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

/// The inferred ends in the journal.
async fn inferred(server: &TestServer) -> Vec<(Event, Value)> {
    let ends = server.events().await.into_iter().filter(|event| event.name == "call_end");
    let read = ends.map(|event| {
        let properties = event.properties.as_deref().expect("properties");
        let properties: Value = serde_json::from_str(properties).expect("JSON");
        (event, properties["metadata"].clone())
    });
    read.filter(|(_, metadata)| metadata["inferred"] == true).collect()
}

fn answer(checked: u64, completed: u64) -> Value {
    json!({"success": true, "checked": checked, "completed": completed})
}

#[tokio::test]
async fn a_call_without_an_end_is_completed_after_30_minutes_and_once() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    server
        .track(&[
            at(&widget, "silent", "call_start", 0),
            at(&widget, "beating", "call_start", 0),
            at(&widget, "beating", "call_heartbeat", 300),
            at(&widget, "ended", "call_start", 0),
            at(&widget, "ended", "call_end", 5),
            at(&widget, "failed", "call_start", 0),
            at(&widget, "failed", "call_error", 5),
            at(&widget, "young", "call_start", 1),
        ])
        .await;
    server.clock.advance_seconds(1_799);
    assert_eq!(clean(&server).await, answer(0, 0));
    server.clock.advance_seconds(1);
    assert_eq!(clean(&server).await, answer(2, 2));
    assert_eq!(clean(&server).await, answer(2, 0), "claimed, and not projected yet");
    server.project().await;
    assert_eq!(clean(&server).await, answer(0, 0));
    let mut ends = inferred(&server).await;
    ends.sort_by_key(|(event, _)| event.occurred_at);
    let ended: Vec<(String, Option<&str>, &Value)> = ends
        .iter()
        .map(|(event, metadata)| {
            (event.occurred_at.to_rfc3339(), event.session_id.as_deref(), metadata)
        })
        .collect();
    let by = |source: &str| json!({"inferred": true, "end_source": source});
    assert_eq!(
        ended,
        [
            ("2026-11-21T12:05:00.000Z".to_owned(), Some("beating"), &by("heartbeat")),
            ("2026-11-21T12:30:00.000Z".to_owned(), Some("silent"), &by("timeout")),
        ]
    );
}

#[tokio::test]
async fn two_concurrent_servers_give_each_of_ten_thousand_orphans_one_end() {
    const CALLS: usize = 10_000;
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    let mut events = Vec::new();
    for call in 0..CALLS {
        let session = format!("session-{call}");
        events.push(at(&widget, &session, "call_start", 0));
        if call % 3 != 0 {
            events.push(at(&widget, &session, "call_end", 60));
        }
    }
    let orphans = CALLS.div_ceil(3);
    server.track(&events).await;
    server.clock.advance_seconds(3_600);
    let second = server.second_completion().await;
    let (one, other) = tokio::join!(server.app.completion.run(), second.run());
    let (one, other) = (one.expect("runs"), other.expect("runs"));
    assert_eq!(one.completed + other.completed, orphans as u64);
    server.project().await;
    assert_eq!(clean(&server).await, answer(0, 0));
    let mut ids: Vec<_> = inferred(&server).await.into_iter().map(|(end, _)| end.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), orphans);
    assert_eq!(inferred(&server).await.len(), orphans);
    let figures = server.get("/api/projects/{project}/health-figures").await.json();
    let completion = &figures["session_completion"];
    assert_eq!(completion["calls"], CALLS);
    assert_eq!(completion["with_real_end"], CALLS - orphans);
    assert_eq!(completion["inferred"], orphans);
    assert_eq!((&completion["open"], &completion["errors"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn the_claim_of_a_server_that_died_is_taken_over_with_the_same_end() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    server.track(&[at(&widget, "s", "call_start", 0)]).await;
    server.clock.advance_seconds(1_800);
    let now = server.app.clock.now();
    let orphans = server.catalog.orphans(now, None, 10).await.expect("orphans");
    let end = InferredEnd { at: now, source: EndSource::Timeout };
    let claims: Vec<OrphanClaim> =
        orphans.into_iter().map(|orphan| OrphanClaim { orphan, end }).collect();
    let dead = Uuid::from_u128(0xdead);
    let won = server.catalog.claim(&claims, dead, now, now.plus_seconds(-120)).await;
    assert_eq!(won.expect("claimed"), claims);
    server.clock.advance_seconds(119);
    assert_eq!(clean(&server).await, answer(1, 0));
    server.clock.advance_seconds(1);
    assert_eq!(clean(&server).await, answer(1, 1));
    server.project().await;
    assert_eq!(clean(&server).await, answer(0, 0));
    let ends = inferred(&server).await;
    assert_eq!(ends.iter().map(|(end, _)| end.occurred_at).collect::<Vec<_>>(), [now]);
}

#[tokio::test]
async fn nothing_is_inferred_while_real_ends_may_wait_in_the_journal() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    server.track(&[at(&widget, "s", "call_start", 0)]).await;
    server.beacon("/api/analytics/track", &at(&widget, "s", "call_end", 5)).await;
    server.clock.advance_seconds(1_800);
    let refused = server.app.completion.run().await.expect_err("the table of calls lags");
    assert_eq!(refused.kind(), engine::Kind::Unavailable);
    server.project().await;
    assert_eq!(clean(&server).await, answer(0, 0));
}

#[tokio::test]
async fn a_real_end_that_comes_late_supersedes_the_inferred_one_and_both_stay() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    server.track(&[at(&widget, "s", "call_start", 0)]).await;
    server.clock.advance_seconds(1_800);
    clean(&server).await;
    server.project().await;
    let path = "/api/projects/{project}/billing/usage?from=2026-11-21&group=session";
    let before = server.get(path).await.json();
    assert_eq!(before["rows"][0]["inferred_calls"], 1, "{before}");
    assert_eq!(before["rows"][0]["billable_seconds"], 1_800);
    server.track(&[at(&widget, "s", "call_end", 90)]).await;
    let after = server.get(path).await.json();
    assert_eq!(after["rows"][0]["inferred_calls"], 0, "{after}");
    assert_eq!(after["rows"][0]["billable_seconds"], 90);
    assert_eq!(inferred(&server).await.len(), 1);
    assert_eq!(server.events().await.len(), 3);
}

#[tokio::test]
async fn a_secret_is_asked_for_where_one_is_set() {
    let mut server = TestServer::start().await;
    server.set(|settings| settings.cron_secret = Some("s3cret".into()));
    for (method, token, status) in [
        ("POST", Some("Bearer s3cret"), StatusCode::OK),
        ("GET", Some("bearer s3cret"), StatusCode::OK),
        ("POST", Some("Bearer s3creT"), StatusCode::UNAUTHORIZED),
        ("POST", Some("Bearer s3cret1"), StatusCode::UNAUTHORIZED),
        ("POST", Some("Basic s3cret"), StatusCode::UNAUTHORIZED),
        ("GET", None, StatusCode::UNAUTHORIZED),
    ] {
        let mut request = Request::builder().method(method).uri(CLEANUP);
        if let Some(token) = token {
            request = request.header("authorization", token);
        }
        let request = request.body(Body::empty()).expect("a request");
        let answer = server.send_from([127, 0, 0, 1], request).await;
        assert_eq!(answer.status, status, "{method} {token:?}: {}", answer.text);
    }
}

#[tokio::test]
async fn without_a_secret_only_this_machine_and_its_network_are_answered() {
    let server = TestServer::start().await;
    for (peer, forwarded, status) in [
        ([127, 0, 0, 1], None, StatusCode::OK),
        ([10, 1, 2, 3], None, StatusCode::OK),
        ([196, 249, 12, 34], None, StatusCode::FORBIDDEN),
        ([127, 0, 0, 1], Some("196.249.12.34"), StatusCode::FORBIDDEN),
    ] {
        for method in ["GET", "POST"] {
            let request = Request::builder().method(method).uri(CLEANUP);
            let mut request = request.header("host", "127.0.0.1:8080");
            if let Some(forwarded) = forwarded {
                request = request.header("x-forwarded-for", forwarded);
            }
            let request = request.body(Body::empty()).expect("a request");
            let answer = server.send_from(peer, request).await;
            assert_eq!(answer.status, status, "{peer:?} {forwarded:?}");
        }
    }
}

#[tokio::test]
async fn without_a_secret_no_page_is_answered_whatever_name_it_was_loaded_by() {
    let mut server = TestServer::start().await;
    server.set(|settings| settings.public_url = Some("https://footfall.shop.test".to_owned()));
    for (headers, status) in [
        (&[("host", "localhost:8080")][..], StatusCode::OK),
        (&[("host", "192.168.1.9:8080")], StatusCode::OK),
        (&[("host", "footfall.shop.test")], StatusCode::OK),
        (&[("host", "localhost:8080"), ("sec-fetch-site", "none")], StatusCode::OK),
        // A name of the attacker's that leads to this machine.
        (&[("host", "rebound.example:8080")], StatusCode::FORBIDDEN),
        (
            &[("host", "rebound.example:8080"), ("origin", "http://rebound.example:8080")],
            StatusCode::FORBIDDEN,
        ),
        // Pages on this machine, or of anybody.
        (&[("host", "localhost:8080"), ("origin", "http://localhost:8080")], StatusCode::FORBIDDEN),
        (&[("host", "localhost:8080"), ("origin", "https://evil.test")], StatusCode::FORBIDDEN),
        (&[("host", "localhost:8080"), ("origin", "null")], StatusCode::FORBIDDEN),
        (&[("host", "localhost:8080"), ("sec-fetch-site", "cross-site")], StatusCode::FORBIDDEN),
        (&[("host", "localhost:8080"), ("sec-fetch-site", "same-site")], StatusCode::FORBIDDEN),
        (&[], StatusCode::FORBIDDEN),
    ] {
        for method in ["GET", "POST"] {
            let mut request = Request::builder().method(method).uri(CLEANUP);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let request = request.body(Body::empty()).expect("a request");
            let answer = server.send_from([127, 0, 0, 1], request).await;
            assert_eq!(answer.status, status, "{method} {headers:?}");
        }
    }
}
