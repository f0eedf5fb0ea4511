//! Personal data planted in everything that browsers send: none of it is stored.

use axum::http::StatusCode;
use domain::event::Event;
use serde_json::{Value, json};

use crate::harness::TestServer;

const CORPUS: &str = include_str!("../../../../domain/src/privacy/personal-data.json");

/// The values, each in the words it may appear in.
fn planted() -> Vec<String> {
    let corpus: Value = serde_json::from_str(CORPUS).expect("JSON");
    let values = corpus["values"].as_array().expect("values").iter();
    values.map(|value| value["text"].as_str().expect("a text").to_owned()).collect()
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |encoded, byte| format!("{encoded}%{byte:02X}"))
}

fn leaks(stored: &[Event], values: &[String]) -> Vec<String> {
    let texts: Vec<String> = stored.iter().map(|event| format!("{event:?}")).collect();
    let is_stored = |value: &&String| {
        let escaped = format!("{value:?}");
        let forms = [(*value).clone(), escaped.trim_matches('"').to_owned(), encode(value)];
        texts.iter().any(|text| forms.iter().any(|form| text.contains(form)))
    };
    values.iter().filter(is_stored).cloned().collect()
}

#[tokio::test]
async fn friction_heatmap_and_performance_events_are_masked() {
    let server = TestServer::start().await;
    let values = planted();
    let events: Vec<Value> = values
        .iter()
        .flat_map(|value| {
            let encoded = encode(value);
            let url = format!("https://shop.test/users/{encoded}?token={encoded}&utm_term={encoded}");
            [
                json!({"type": "friction", "event_type": "javascript_error", "page_url": url,
                    "referrer": url, "element_selector": format!("[title='{value}']"),
                    "element_text": value, "error_message": format!("Error: no {value}"),
                    "stack": format!("Error: no {value}\n    at f ({url}:1:2)"),
                    "metadata": {"field": value, "within": [{"note": value}]}}),
                json!({"type": "heatmap", "interaction_type": "pageview", "page_url": url,
                    "page_title": format!("Account of {value}"), "referrer": url}),
                json!({"type": "performance", "page_url": url, "load_time": 1, "metadata": {"at": url}}),
            ]
        })
        .collect();
    let answer = server.ingest("/ingest-events", &json!({"events": events})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let stored = server.events().await;
    assert_eq!(stored.len(), events.len(), "masking refuses nothing");
    assert_eq!(leaks(&stored, &values), Vec::<String>::new());
}

#[tokio::test]
async fn behaviour_is_masked_and_what_it_is_about_is_not() {
    let server = TestServer::start().await;
    let values = planted();
    let property = "550e8400-e29b-41d4-a716-446655440111";
    let events: Vec<Value> = values
        .iter()
        .map(|value| {
            json!({"type": "search", "property_id": property, "search_query": value,
                "filters": {"near": value}, "metadata": {"method": "phone", "note": value},
                "page_url": format!("https://shop.test/find?q={}", encode(value))})
        })
        .collect();
    let body = json!({"user_id": "asha@shop.test", "events": events});
    let answer = server.beacon("/api/tracking/flush", &body).await;
    assert_eq!(answer.json()["inserted"], values.len());
    let stored = server.events().await;
    assert_eq!(leaks(&stored, &values), Vec::<String>::new());
    assert_eq!(stored[0].user_id.as_deref(), Some("asha@shop.test"), "who it is stays");
    let properties = stored[0].properties.as_deref().expect("properties");
    assert!(properties.contains(property) && properties.contains(r#""method":"phone""#));
}

#[tokio::test]
async fn widget_events_are_masked() {
    let server = TestServer::start().await;
    let widget = server.widget("Help", &json!({})).await;
    let values = planted();
    let events: Vec<Value> = values
        .iter()
        .map(|value| {
            json!({"widget_id": widget, "event_type": "call_error", "session_id": "s",
                "page_url": format!("https://shop.test/call/{}", encode(value)),
                "metadata": {"message": format!("no answer from {value}")}})
        })
        .collect();
    let answer = server.beacon("/api/analytics/track", &json!({"events": events})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let stored = server.events().await;
    assert_eq!(stored.len(), values.len());
    assert_eq!(leaks(&stored, &values), Vec::<String>::new());
    assert!(stored[0].properties.as_deref().is_some_and(|text| text.contains(&widget)));
}

#[tokio::test]
async fn a_project_names_the_parameters_that_stay() {
    let server = TestServer::start().await;
    let change = json!({"version": 0, "settings": {"masking": {"query_parameters": "lang"}}});
    let path = "/api/projects/{project}/sdk-settings";
    assert_eq!(server.manage("PUT", path, &change).await.status, StatusCode::OK);
    let url = "https://shop.test/cars?lang=sw&email=a%40b.com";
    let event = json!({"type": "heatmap", "interaction_type": "scroll", "page_url": url});
    server.ingest("/ingest-events", &json!({"events": [event]})).await;
    let stored = server.events().await;
    assert_eq!(stored[0].page.url.as_deref(), Some("https://shop.test/cars?lang=sw"));
}

#[tokio::test]
async fn a_customers_event_keeps_who_it_is_about() {
    let server = TestServer::start().await;
    let body = json!({"event_type": "form.submitted", "page_url": "https://shop.test/?email=a%40b.com",
        "customer": {"id": "u-1", "email": "asha@example.com", "phone": "+255712345678"}});
    let answer = server.ingest("/track-event", &body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    let stored = server.events().await;
    let properties = stored[0].properties.as_deref().expect("properties");
    assert!(properties.contains("asha@example.com") && properties.contains("+255712345678"));
    assert_eq!(stored[0].page.url.as_deref(), Some("https://shop.test/"));
}
