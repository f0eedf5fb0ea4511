//! Contract 5, in: sessions begin and end for each of their reasons.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::harness::{Answer, TestServer};

const START: &str = "/api/analytics/session/start";
const END: &str = "/api/analytics/session/end";

fn ok(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert_eq!(answer.json(), json!({"success": true}));
}

/// A customer's sessions, latest first.
async fn sessions(server: &TestServer, user: &str) -> Vec<Value> {
    server.project().await;
    let answer = server.get(&format!("/api/customers/metrics?search={user}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let answer = answer.json();
    let customers = answer["customers"].as_array().expect("customers");
    let found = customers.iter().find(|customer| customer["id"] == user);
    found.map_or_else(Vec::new, |customer| {
        customer["sessions"].as_array().expect("sessions").clone()
    })
}

#[tokio::test]
async fn a_session_is_active_until_the_customer_signs_out() {
    let server = TestServer::start().await;
    let start =
        json!({"session_id": "s-1", "user_id": "asha", "page_url": "https://shop.test/rooms"});
    ok(&server.beacon(START, &start).await);
    let open = sessions(&server, "asha").await;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["status"], "active");
    assert_eq!(open[0]["duration_minutes"], Value::Null);
    assert_eq!(open[0]["ended_at"], Value::Null);
    assert_eq!(open[0]["device"], "mobile");
    assert_eq!(open[0]["browser"], "Chrome 142.0");
    assert_eq!(open[0]["os"], "Android 14");
    assert_eq!(open[0]["ip_address"], "196.249.xxx.xxx");
    assert_eq!(open[0]["entry_page"], "https://shop.test/rooms");

    server.clock.advance_seconds(12 * 60 + 30);
    let end = json!({"session_id": "s-1", "user_id": "asha", "reason": "sign_out"});
    ok(&server.beacon(END, &end).await);
    let ended = sessions(&server, "asha").await;
    assert_eq!(ended[0]["status"], "ended");
    assert_eq!(ended[0]["ended_reason"], "sign_out");
    assert_eq!(ended[0]["duration_minutes"], 12.5);
    assert_eq!(ended[0]["ended_at"], "2026-11-21T12:12:30.000Z");
}

#[tokio::test]
async fn a_closing_page_ends_its_session_once_however_often_it_says_so() {
    let server = TestServer::start().await;
    ok(&server.beacon(START, &json!({"session_id": "s", "user_id": "asha"})).await);
    server.clock.advance_seconds(300);
    let end = json!({"session_id": "s"});
    ok(&server.beacon(END, &end).await);
    let once = sessions(&server, "asha").await;
    assert_eq!(once[0]["ended_reason"], "page_unload");
    assert_eq!(once[0]["duration_minutes"], 5.0);
    for _ in 0..3 {
        server.clock.advance_seconds(60);
        ok(&server.beacon(END, &end).await);
    }
    assert_eq!(sessions(&server, "asha").await, once);
}

#[tokio::test]
async fn another_user_signing_in_ends_the_session_and_begins_their_own() {
    let server = TestServer::start().await;
    ok(&server.beacon(START, &json!({"session_id": "s", "user_id": "asha"})).await);
    server.clock.advance_seconds(600);
    ok(&server.beacon(START, &json!({"session_id": "s", "user_id": "baraka"})).await);
    let first = sessions(&server, "asha").await;
    assert_eq!(first[0]["ended_reason"], "user_switch");
    assert_eq!(first[0]["duration_minutes"], 10.0);
    let second = sessions(&server, "baraka").await;
    assert_eq!(second[0]["status"], "active");
    assert_eq!(second[0]["session_id"], "s", "an id is a customer's own");
    // An end without a name concerns whoever is there.
    server.clock.advance_seconds(60);
    ok(&server.beacon(END, &json!({"session_id": "s"})).await);
    assert_eq!(sessions(&server, "asha").await, first);
    assert_eq!(sessions(&server, "baraka").await[0]["ended_reason"], "page_unload");
}

#[tokio::test]
async fn idleness_ends_a_session_and_late_activity_corrects_it() {
    let server = TestServer::start().await;
    let began = server.app.clock.now();
    let behavior = |minutes: i64| {
        let at = began.plus_seconds(minutes * 60).to_rfc3339();
        json!({"user_id": "asha", "events": [
            {"behavior_type": "page_view", "session_id": "s", "created_at": at},
        ]})
    };
    for minutes in [0, 20] {
        server.clock.set(began.plus_seconds(minutes * 60));
        server.beacon("/api/tracking/flush", &behavior(minutes)).await;
    }
    let open = sessions(&server, "asha").await;
    assert_eq!(open[0]["status"], "active", "other contracts' events are activity");
    assert_eq!(open[0]["last_activity_at"], "2026-11-21T12:20:00.000Z");
    server.clock.set(began.plus_seconds(50 * 60));
    assert_eq!(server.app.sessions.end_idle().await.expect("runs"), 0, "30 minutes are not over");
    server.clock.set(began.plus_seconds(51 * 60));
    assert_eq!(server.app.sessions.end_idle().await.expect("runs"), 1);
    server.app.sessions.end_idle().await.expect("runs");
    let idle = sessions(&server, "asha").await;
    assert_eq!(idle[0]["ended_reason"], "idle");
    assert_eq!(idle[0]["duration_minutes"], 20.0);
    assert_eq!(server.app.sessions.end_idle().await.expect("runs"), 0, "once");

    server.beacon("/api/tracking/flush", &behavior(25)).await;
    let late = sessions(&server, "asha").await;
    assert_eq!(late[0]["status"], "active", "it was not idle");
    server.clock.set(began.plus_seconds(56 * 60));
    server.app.sessions.end_idle().await.expect("runs");
    let idle = sessions(&server, "asha").await;
    assert_eq!((idle.len(), &idle[0]["duration_minutes"]), (1, &json!(25.0)));
}

#[tokio::test]
async fn a_session_lasts_a_day_at_most() {
    let server = TestServer::start().await;
    let began = server.app.clock.now();
    let events: Vec<Value> = (0..=98)
        .map(|quarter| {
            let at = began.plus_seconds(quarter * 900).to_rfc3339();
            json!({"behavior_type": "page_view", "session_id": "s", "created_at": at})
        })
        .collect();
    server.clock.advance_seconds(90_000);
    server.beacon("/api/tracking/flush", &json!({"user_id": "asha", "events": events})).await;
    let found = sessions(&server, "asha").await;
    assert_eq!(found.len(), 2);
    assert_eq!(found[1]["ended_reason"], "max_age");
    assert_eq!(found[1]["duration_minutes"], 1_440.0);
    assert_eq!(found[0]["status"], "active");
}

#[tokio::test]
async fn a_start_followed_at_once_by_its_end_is_known() {
    let server = TestServer::start().await;
    for (start, end) in [
        (json!({"session_id": "s", "user_id": 7}), json!({"session_id": "s", "user_id": 7})),
        (json!({"session_id": "t", "user_id": "u"}), json!({"session_id": "t"})),
        (json!({"session_id": "anonymous"}), json!({"session_id": "anonymous"})),
    ] {
        ok(&server.beacon(START, &start).await);
        ok(&server.beacon(END, &end).await);
    }
    assert_eq!(sessions(&server, "7").await[0]["status"], "ended");
}

#[tokio::test]
async fn unknown_sessions_and_missing_fields_get_their_errors() {
    let server = TestServer::start().await;
    ok(&server.beacon(START, &json!({"session_id": "s", "user_id": "asha"})).await);
    for (path, body, status, error) in [
        (END, json!({"session_id": "never"}), 404, "session not found"),
        (END, json!({"session_id": "s", "user_id": "baraka"}), 404, "session not found"),
        (END, json!({}), 400, "session_id is required"),
        (START, json!({"session_id": " "}), 400, "session_id is required"),
        (
            END,
            json!({"session_id": "s", "reason": "bored"}),
            400,
            "reason must be one of sign_out, user_switch, page_unload, idle, max_age, explicit",
        ),
    ] {
        let answer = server.beacon(path, &body).await;
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.text);
        assert_eq!(answer.json()["error"], error, "{body}");
    }
}

#[tokio::test]
async fn a_repeated_id_is_one_start() {
    let server = TestServer::start().await;
    let start = json!({"id": "start-1", "session_id": "s", "user_id": "asha"});
    for _ in 0..3 {
        ok(&server.beacon(START, &start).await);
        server.clock.advance_seconds(3_600);
    }
    assert_eq!(sessions(&server, "asha").await.len(), 1);
}
