//! Senders: browsers, programs, bots, and what each says of itself.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::event::Event;
use serde_json::{Value, json};

use crate::harness::TestServer;

const FIREFOX: &str =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";

/// Sends a body with the project's key and this user agent, and returns the event that it became.
async fn sent(server: &TestServer, path: &str, user_agent: &str, body: &Value) -> Event {
    let request = Request::post(path)
        .header("origin", "https://shop.test")
        .header("x-api-key", &server.key)
        .header("user-agent", user_agent)
        .body(Body::from(body.to_string()));
    let answer = server.send(request.expect("a request")).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
    server.events().await.pop().expect("an event")
}

fn dead_click() -> Value {
    let event = json!({
        "type": "friction", "event_type": "dead_click", "page_url": "https://shop.test/cart",
    });
    json!({"session_id": "s-1", "events": [event]})
}

/// The first thing anyone tries is curl.
#[tokio::test]
async fn a_program_with_a_key_is_a_source_and_a_crawler_is_none() {
    let server = TestServer::start().await;
    for user_agent in ["curl/8.5.0", "python-requests/2.32.3", "node", "Go-http-client/1.1", ""] {
        let event = sent(&server, "/ingest-events", user_agent, &dead_click()).await;
        assert_eq!(event.bot, None, "{user_agent}");
        assert_eq!(event.device.kind.as_deref(), Some("program"), "{user_agent}");
    }
    let crawler = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    let event = sent(&server, "/ingest-events", crawler, &dead_click()).await;
    assert_eq!(event.bot.as_deref(), Some("ua:bot"));
}

#[tokio::test]
async fn a_project_chooses_whether_programs_are_bots() {
    let mut server = TestServer::start().await;
    let path = "/api/projects/{project}/settings";
    assert_eq!(server.get(path).await.json()["programs_are_bots"], false);
    let mut strict = server.get(path).await.json();
    strict["programs_are_bots"] = json!(true);
    let set = server.manage("PUT", path, &strict).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text);
    let set = set.json();
    assert_eq!((&set["version"], &set["programs_are_bots"]), (&json!(1), &json!(true)));
    assert_eq!(server.manage("PUT", path, &strict).await.status, StatusCode::CONFLICT);
    strict["version"] = json!(1);
    strict["programs"] = json!(true);
    assert_eq!(server.manage("PUT", path, &strict).await.status, StatusCode::BAD_REQUEST);
    let event = sent(&server, "/ingest-events", "curl/8.5.0", &dead_click()).await;
    assert_eq!(event.bot.as_deref(), Some("ua:curl"));
    let event = sent(&server, "/ingest-events", FIREFOX, &dead_click()).await;
    assert_eq!(event.bot, None);
    // What was decided holds after a restart, too.
    server.restart(|_, _| ()).await;
    assert_eq!(server.get(path).await.json()["programs_are_bots"], true);
}

#[tokio::test]
async fn the_user_agent_of_behaviour_and_widgets_is_the_headers_where_the_body_names_none() {
    let server = TestServer::start().await;
    let widget = server.widget("Sales", &json!({})).await;
    let kept = |event: &Event| {
        let properties = event.properties.as_deref().expect("properties");
        let properties: Value = serde_json::from_str(properties).expect("JSON");
        properties["user_agent"].clone()
    };
    let behaviour =
        |own: Value| json!({"user_id": "u", "events": [{"type": "share", "user_agent": own}]});
    let call = |own: Value| {
        json!({
            "widget_id": widget, "event_type": "widget_load", "session_id": "s", "user_agent": own,
        })
    };
    for (path, anonymous, named) in [
        ("/api/tracking/flush", behaviour(Value::Null), behaviour(json!("Own/1.0"))),
        ("/api/analytics/track", call(Value::Null), call(json!("Own/1.0"))),
    ] {
        assert_eq!(kept(&sent(&server, path, FIREFOX, &anonymous).await), FIREFOX, "{path}");
        assert_eq!(kept(&sent(&server, path, FIREFOX, &named).await), "Own/1.0", "{path}");
        let none = sent(&server, path, "", &anonymous).await;
        let properties = none.properties.unwrap_or_default();
        assert!(!properties.contains("user_agent"), "{path}: {properties}");
    }
    let long = "Agent/".repeat(1_000);
    let cut = kept(&sent(&server, "/api/tracking/flush", &long, &behaviour(Value::Null)).await);
    assert_eq!(cut.as_str().map(str::len), Some(1_024));
}

/// A shop's server speaks for its customers' devices.
#[tokio::test]
async fn the_device_of_a_customer_event_is_its_sessions_where_the_user_agent_says_less() {
    let server = TestServer::start().await;
    let body = |device: Value, browser: Value| {
        json!({
            "event_type": "customer.login", "customer": {"id": "u-1"},
            "session": {"session_id": "s-1", "device": device, "browser": browser},
        })
    };
    for (user_agent, device, browser, expected) in [
        ("axios/1.7.7", json!("mobile"), json!("Chrome 142.0"), ["mobile", "Chrome", "142.0"]),
        (
            "axios/1.7.7",
            json!("Smartphone"),
            json!("Samsung Internet"),
            ["mobile", "Samsung Internet", ""],
        ),
        (
            "axios/1.7.7",
            json!({"type": "tablet"}),
            json!({"name": "Safari"}),
            ["tablet", "Safari", ""],
        ),
        ("axios/1.7.7", json!(null), json!(7), ["program", "axios", "1.7"]),
        (FIREFOX, json!("mobile"), json!("Chrome"), ["desktop", "Firefox", "128.0"]),
        ("OurShopApp", json!("mobile"), json!("Web view"), ["mobile", "Web view", ""]),
        ("node", json!("asha@example.com"), json!(" "), ["[email]", "", ""]),
    ] {
        let event = sent(&server, "/track-event", user_agent, &body(device, browser)).await;
        let found = [event.device.kind, event.device.browser, event.device.browser_version];
        assert_eq!(found.map(Option::unwrap_or_default), expected, "{user_agent}");
    }
}

/// Pages built with other clients send headers of their own.
#[tokio::test]
async fn a_preflight_admits_every_header_requested_for() {
    let server = TestServer::start().await;
    for path in ["/ingest-events", "/api/tracking/flush", "/track-event", "/api/analytics/track"] {
        let requested = "apikey,authorization,content-type,x-client-info,x-own";
        let request = Request::options(path)
            .header("origin", "https://shop.test")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", requested)
            .body(Body::empty());
        let answer = server.send(request.expect("a request")).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{path}");
        assert_eq!(answer.headers["access-control-allow-headers"], requested, "{path}");
        assert_eq!(answer.headers["access-control-max-age"], "86400", "{path}");
    }
}
