//! Filters of a query: what is read of them. What they choose is tested with the lake.

use serde_json::{Value, json};
use url::form_urlencoded::byte_serialize;

use crate::harness::{Answer, TestServer};

/// Questions that take every filter.
const QUESTIONS: [&str; 15] = [
    "acquisition",
    "bots",
    "engagement",
    "errors",
    "events",
    "filter-values",
    "friction/cost",
    "friction/items",
    "friction/kinds",
    "friction/pages",
    "goal-conversions",
    "journeys",
    "overview",
    "sessions",
    "web-vitals",
];

async fn ask(server: &TestServer, question: &str, filters: &str) -> Answer {
    let filters: String = byte_serialize(filters.as_bytes()).collect();
    let path = format!("/api/projects/{{project}}/{question}?filters={filters}&dimension=browser");
    server.manage("GET", &path, &Value::Null).await
}

#[tokio::test]
async fn filters_that_can_be_read_are_asked_of_the_lake() {
    let server = TestServer::start().await;
    let many = format!("path={}", vec!["/a"; 100].join(","));
    for filters in [
        "",
        "browser!=Chrome,Safari;path~checkout;city!~dar",
        "session=rage_click,booked,recorded;session!=bounced;utm_source=",
        r"city=Zürich,日本,'\; DROP TABLE events\; --",
        many.as_str(),
    ] {
        for question in QUESTIONS {
            // There is no lake in this test.
            let answer = ask(&server, question, filters).await;
            assert_eq!(answer.status, 503, "{question} {filters}: {}", answer.text);
        }
    }
}

#[tokio::test]
async fn what_is_no_filter_is_refused_by_its_field_with_what_is_allowed() {
    let server = TestServer::start().await;
    let too_many = vec!["path=/"; 21].join(";");
    for (filters, detail, allowed) in [
        ("browser", "filter 1 has no operator", None),
        ("colour=red", "\"colour\" is no dimension", Some("utm_campaign")),
        ("session=cried", "\"cried\" is no value of session", Some("returning_visitor")),
        ("channel~pai", "channel takes = and != only", None),
        ("path=", "a value of path is empty", None),
        (&too_many, "there are more than 20", None),
        (&"x".repeat(20_000), "longer than 16384 bytes", None),
    ] {
        for question in QUESTIONS {
            let answer = ask(&server, question, filters).await;
            assert_eq!(answer.status, 400, "{question} {filters}: {}", answer.text);
            let body = answer.json();
            assert_eq!(body["field"], "filters");
            assert!(body["detail"].as_str().is_some_and(|it| it.contains(detail)), "{body}");
            let named =
                |allowed| body["allowed"].as_array().is_some_and(|it| it.contains(&json!(allowed)));
            assert!(allowed.is_none_or(named), "{body}");
        }
    }
    let own = format!("path={}", "x".repeat(3_000));
    let answer = server.get(&format!("/api/projects/{{project}}/overview?{own}")).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["field"]), (400, &json!("path")));
    let kind = server.get("/api/projects/{project}/overview?friction_kind=sneeze").await.json();
    assert_eq!(
        (&kind["field"], &kind["allowed"][0]),
        (&json!("friction_kind"), &json!("rage_click"))
    );
}

/// Visitors are chosen by their events alone.
#[tokio::test]
async fn a_question_that_cannot_take_a_filter_says_so() {
    let server = TestServer::start().await;
    assert_eq!(ask(&server, "visitor-retention", "browser!=Chrome").await.status, 503);
    for filters in ["session=booked", "browser=Chrome;utm_source=x", "friction_kind=rage_click"] {
        let answer = ask(&server, "visitor-retention", filters).await;
        assert_eq!(answer.status, 422, "{filters}: {}", answer.text);
        assert_eq!(answer.json()["field"], "filters");
    }
}

#[tokio::test]
async fn values_are_asked_for_by_dimension_and_a_bounded_search() {
    let server = TestServer::start().await;
    for (query, status, field) in [
        ("dimension=utm_source&search=news", 503, Value::Null),
        ("dimension=session", 503, Value::Null),
        ("dimension=colour", 400, json!("dimension")),
        (&format!("dimension=city&search={}", "x".repeat(201)), 400, json!("search")),
        ("search=news", 400, json!("dimension")),
    ] {
        let answer = server.get(&format!("/api/projects/{{project}}/filter-values?{query}")).await;
        assert_eq!(answer.status, status, "{query}: {}", answer.text);
        if status == 400 {
            assert_eq!(answer.json()["field"], field, "{query}");
        }
    }
}
