//! Orders, bookings, and the list of customers.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::harness::{Answer, TestServer};

/// A key that admits programs: they send no origin.
async fn program_key(server: &TestServer) -> String {
    let key = json!({"key_name": "Back office", "role": "writer"});
    let made = server.manage("POST", "/api/projects/{project}/secret-keys", &key).await;
    made.json()["key"].as_str().expect("a key").to_owned()
}

async fn report(server: &TestServer, path: &str, key: &str, body: &Value) -> Answer {
    let request = Request::post(path).header("authorization", format!("Bearer {key}"));
    server.send(request.body(Body::from(body.to_string())).expect("a request")).await
}

async fn metrics(server: &TestServer, query: &str) -> Value {
    let answer = server.get(&format!("/api/customers/metrics?{query}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.json()
}

fn ids(answer: &Value) -> Vec<&str> {
    let customers = answer["customers"].as_array().expect("customers");
    customers.iter().filter_map(|customer| customer["id"].as_str()).collect()
}

#[tokio::test]
async fn an_order_shows_as_soon_as_it_is_acknowledged() {
    let server = TestServer::start().await;
    let key = program_key(&server).await;
    let order = json!({"id": "o-1", "user_id": "asha", "total_amount": 150_000, "email": "Asha@Example.com", "name": "Asha Juma"});
    for _ in 0..2 {
        let answer = report(&server, "/api/orders", &key, &order).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        // No wait and no projection by hand in between.
        let asha = &metrics(&server, "").await["customers"][0];
        assert_eq!(asha["total_orders"], 1, "{asha}");
        assert_eq!(asha["last_order_text"], "TZS 150,000");
        assert_eq!(asha["last_order_amount"], 150_000.0);
        assert_eq!(asha["last_order_currency"], "TZS");
        assert_eq!(asha["last_order_at"], "2026-11-21T12:00:00.000Z");
        assert_eq!(asha["email"], "asha@example.com");
        assert_eq!(asha["name"], "Asha Juma");
    }
    let booking =
        json!({"user_id": "asha", "service": "Massage", "total_amount": 20.5, "currency": "usd"});
    server.clock.advance_seconds(60);
    assert_eq!(report(&server, "/api/bookings", &key, &booking).await.status, StatusCode::OK);
    let asha = &metrics(&server, "").await["customers"][0];
    assert_eq!(asha["total_bookings"], 1);
    assert_eq!(asha["last_booking_service"], "Massage");
    assert_eq!(asha["last_booking_at"], "2026-11-21T12:01:00.000Z");
}

#[tokio::test]
async fn a_page_reports_no_order() {
    let server = TestServer::start().await;
    let key = program_key(&server).await;
    let order = json!({"user_id": "asha", "total_amount": 1});
    let answer = server.ingest("/api/orders", &order).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.text);
    assert!(!answer.headers.contains_key("access-control-allow-origin"));
    assert_eq!(report(&server, "/api/orders", "nobody's", &order).await.status, 401);
    for (body, error) in [
        (json!({"total_amount": 1}), "user_id is missing"),
        (
            json!({"user_id": "u", "total_amount": -1}),
            "total_amount must be a number that is not negative",
        ),
        (
            json!({"user_id": "u", "currency": "€"}),
            "currency: a currency is three letters, such as TZS",
        ),
    ] {
        let answer = report(&server, "/api/bookings", &key, &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(answer.json()["error"], error);
    }
}

#[tokio::test]
async fn customers_are_sorted_searched_and_paged() {
    let server = TestServer::start().await;
    let key = program_key(&server).await;
    let begun = server.app.clock.now();
    for (user, orders, days_ago) in [("a", 1, 0), ("b", 3, 3), ("c", 3, 20), ("d", 2, 40)] {
        for _ in 0..orders {
            let at = begun.plus_seconds(-days_ago * 86_400).to_rfc3339();
            let order = json!({"user_id": user, "created_at": at});
            assert_eq!(report(&server, "/api/orders", &key, &order).await.status, StatusCode::OK);
        }
    }
    for (query, expected) in [
        ("sortBy=orders", vec!["b", "c", "d", "a"]),
        ("sortBy=orders&sortOrder=asc", vec!["a", "d", "b", "c"]),
        ("sortBy=orders&interval=daily", vec!["a"]),
        ("sortBy=orders&interval=weekly", vec!["b", "a"]),
        ("sortBy=orders&interval=monthly", vec!["b", "c", "a"]),
        ("sortBy=bookings&search=C", vec!["c"]),
        ("", vec!["a", "b", "c", "d"]),
    ] {
        assert_eq!(ids(&metrics(&server, query).await), expected, "{query}");
    }
    let first = metrics(&server, "sortBy=orders&limit=3").await;
    let cursor = first["next_cursor"].as_str().expect("more");
    let next = metrics(&server, &format!("sortBy=orders&limit=3&cursor={cursor}")).await;
    assert_eq!((ids(&first), ids(&next)), (vec!["b", "c", "d"], vec!["a"]));
    assert_eq!(next["next_cursor"], Value::Null);
    let path = format!("/api/customers/metrics?sortBy=bookings&cursor={cursor}");
    let foreign = server.get(&path).await;
    assert_eq!((foreign.status.as_u16(), &foreign.json()["field"]), (400, &json!("cursor")));
    let same = server.get("/api/projects/{project}/customers/metrics?sortBy=orders&limit=3").await;
    assert_eq!(same.json(), first);
}

#[tokio::test]
async fn unknown_values_name_the_allowed_ones() {
    let server = TestServer::start().await;
    for (query, field, allowed) in [
        ("interval=yearly", "interval", json!(["all", "daily", "weekly", "monthly"])),
        (
            "sortBy=name",
            "sortBy",
            json!(["sessions", "orders", "bookings", "last_login", "registered"]),
        ),
        ("sortOrder=up", "sortOrder", json!(["asc", "desc"])),
        ("cursor=x", "cursor", Value::Null),
        ("limit=many", "limit", Value::Null),
    ] {
        let answer = server.get(&format!("/api/customers/metrics?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        assert_eq!(answer.json()["field"], field);
        assert_eq!(answer.json()["allowed"], allowed);
    }
}

#[tokio::test]
async fn a_member_of_two_projects_names_one_and_sees_no_foreign_one() {
    let server = TestServer::start().await;
    let key = program_key(&server).await;
    report(&server, "/api/orders", &key, &json!({"user_id": "asha"})).await;
    let second = server.manage("POST", "/api/projects", &json!({"name": "Second"})).await.json();
    let answer = server.get("/api/customers/metrics").await;
    assert_eq!((answer.status.as_u16(), &answer.json()["field"]), (400, &json!("project_id")));
    let second = second["id"].as_str().expect("an id");
    assert_eq!(ids(&metrics(&server, &format!("project_id={second}")).await), [""; 0]);
    assert_eq!(ids(&metrics(&server, "project_id={project}").await), ["asha"]);
    for unknown in ["ffffffff-0000-0000-0000-000000000009", "nonsense"] {
        let answer = server.get(&format!("/api/customers/metrics?project_id={unknown}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
    }
    let anonymous = Request::get("/api/customers/metrics").body(Body::empty());
    let answer = server.send(anonymous.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_customers_token_shows_their_own_row_until_it_expires() {
    let server = TestServer::start().await;
    let key = program_key(&server).await;
    for user in ["asha", "baraka"] {
        report(&server, "/api/orders", &key, &json!({"user_id": user})).await;
    }
    let new = json!({"user_id": "asha", "expires_in_seconds": 600});
    let made = server.manage("POST", "/api/projects/{project}/customer-tokens", &new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let token = made.json()["token"].as_str().expect("a token").to_owned();
    assert!(token.starts_with("ct_"));
    let ask = async |path: &str| {
        let request = Request::get(path.replace("{project}", &server.project.to_string()))
            .header("authorization", format!("Bearer {token}"));
        server.send(request.body(Body::empty()).expect("a request")).await
    };
    let own = ask("/api/customers/metrics?search=baraka").await;
    assert_eq!(ids(&own.json()), ["asha"], "{}", own.text);
    for closed in ["/api/projects/{project}/customers/metrics", "/api/projects/{project}/api-keys"]
    {
        assert_eq!(ask(closed).await.status, StatusCode::UNAUTHORIZED, "{closed}");
    }
    server.clock.advance_seconds(600);
    assert_eq!(ask("/api/customers/metrics").await.status, StatusCode::UNAUTHORIZED);
    let forever = json!({"user_id": "asha", "expires_in_seconds": 1_000_000_000});
    let refused = server.manage("POST", "/api/projects/{project}/customer-tokens", &forever).await;
    assert_eq!(refused.json()["field"], "expires_in_seconds");
}

/// The list is searched by parts of ids, and has 200 rows at most: a customer is found by the whole id.
#[tokio::test]
async fn a_customer_is_found_by_id_with_all_their_sessions() {
    let server = TestServer::start().await;
    for (user, session) in [("a/b c", "s-1"), ("a/b c", "s-2"), ("a/b c", "s-3"), ("other", "s-1")]
    {
        server.clock.advance_seconds(60);
        let start = json!({"session_id": session, "user_id": user});
        let answer = server.ingest("/api/analytics/session/start", &start).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }
    server.project().await;
    let base = "/api/projects/{project}/customers/by-id/a%2Fb%20c";
    let found = server.get(base).await;
    assert_eq!(found.status, StatusCode::OK, "{}", found.text);
    assert_eq!(
        (&found.json()["id"], &found.json()["total_sessions"]),
        (&json!("a/b c"), &json!(3))
    );
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = server.get(&format!("{base}/sessions?limit=2{cursor}")).await.json();
        let sessions = page["sessions"].as_array().expect("sessions").clone();
        assert!(sessions.len() <= 2);
        seen.extend(sessions.iter().map(|it| it["session_id"].as_str().expect("an id").to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen, ["s-3", "s-2", "s-1"]);
    let nobody = server.get("/api/projects/{project}/customers/by-id/a").await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND, "a part of an id is nobody's");
    let lean = metrics(&server, "sessions=1&search=a%2Fb").await;
    assert_eq!(lean["customers"][0]["sessions"].as_array().map(Vec::len), Some(1), "{lean}");
}

/// Ten minutes and five: seven and a half on average.
#[tokio::test]
async fn sessions_are_timed_and_counted_by_interval() {
    let server = TestServer::start().await;
    for (session, seconds) in [("s-1", 600), ("s-2", 300)] {
        let start = json!({"session_id": session, "user_id": "asha"});
        assert_eq!(server.ingest("/api/analytics/session/start", &start).await.status, 200);
        server.project().await;
        server.clock.advance_seconds(seconds);
        let end = json!({"session_id": session, "user_id": "asha"});
        assert_eq!(server.ingest("/api/analytics/session/end", &end).await.status, 200);
        server.project().await;
    }
    let path = "/api/projects/{project}/customers/session-figures";
    let figures = server.get(path).await.json();
    let (device, browser) = (&figures["devices"][0]["name"], &figures["browsers"][0]["name"]);
    let group =
        |name| json!([{"name": name, "sessions": 2, "ended": 2, "average_duration_minutes": 7.5}]);
    assert_eq!(
        figures,
        json!({
            "interval": "all", "sessions": 2, "ended": 2, "average_duration_minutes": 7.5,
            "devices": group(device), "browsers": group(browser),
        })
    );
    server.clock.advance_seconds(2 * 86_400);
    let lately = server.get(&format!("{path}?interval=daily")).await.json();
    assert_eq!(
        lately,
        json!({
            "interval": "daily", "sessions": 0, "ended": 0, "average_duration_minutes": null,
            "devices": [], "browsers": [],
        })
    );
    assert_eq!(server.get(&format!("{path}?interval=weekly")).await.json()["sessions"], 2);
    let unknown = server.get(&format!("{path}?interval=yearly")).await;
    assert_eq!((unknown.status.as_u16(), &unknown.json()["field"]), (400, &json!("interval")));
}
