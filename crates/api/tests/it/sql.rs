//! `POST /api/sql` and `POST /api/projects/{project_id}/sql`.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::harness::TestServer;

const ROUTES: [&str; 2] = ["/api/sql", "/api/projects/{project}/sql"];

#[tokio::test]
async fn rows_come_with_their_columns_as_json() {
    let server = TestServer::start().await;
    for route in ROUTES {
        let body = json!({"query": "q", "limit": 7, "parameters": ["a", 1, null, {"b": 2}]});
        let answer = server.manage("POST", route, &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let found = answer.json();
        assert_eq!(found["columns"][2], json!({"name": "limit", "type": "bigint"}));
        let row = &found["rows"][0];
        assert_eq!(row[0], server.project.to_string());
        assert_eq!((&row[1], &row[2]), (&json!("q"), &json!(7)));
        let parameters = r#"1=Text("a") 2=Integer(1) 3=Null 4=Text("{\"b\":2}")"#;
        assert_eq!(row[3], parameters);
        assert_eq!((&row[4], &row[5], &row[6]), (&Value::Null, &json!(true), &json!(0.5)));
        assert!(answer.text.contains("150000.10"), "all digits: {}", answer.text);
        assert_eq!((&found["row_count"], &found["truncated"]), (&json!(1), &json!(true)));
        assert!(found["elapsed_ms"].is_u64());
    }
}

#[tokio::test]
async fn rows_come_as_csv_or_ndjson_where_asked_for() {
    let server = TestServer::start().await;
    let csv = json!({"query": "q", "format": "csv"});
    let answer = server.manage("POST", "/api/sql", &csv).await;
    assert!(answer.headers["content-type"].to_str().expect("text").starts_with("text/csv"));
    assert_eq!(answer.headers["x-truncated"], "true");
    assert_eq!(answer.text.lines().count(), 2);
    assert!(answer.text.ends_with(",q,1000,\"\",,true,0.5,150000.10\r\n"), "{}", answer.text);
    let ndjson = json!({"query": "q", "format": "ndjson"});
    let answer = server.manage("POST", "/api/sql", &ndjson).await;
    assert_eq!(answer.headers["content-type"], "application/x-ndjson");
    assert_eq!(answer.json()["text"], "q");
}

#[tokio::test]
async fn an_error_says_where_and_what_may_have_been_meant() {
    let server = TestServer::start().await;
    let answer = server.manage("POST", "/api/sql", &json!({"query": "bad"})).await;
    assert_eq!(answer.status, 422);
    let problem = answer.json();
    let detail = "line 2, column 7: there is no column x; did you mean y?";
    assert_eq!(problem["detail"], detail);
    assert_eq!((&problem["line"], &problem["column"]), (&json!(2), &json!(7)));
    assert_eq!(problem["suggestions"], json!(["y"]));
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_by_its_field() {
    let server = TestServer::start().await;
    for (body, status, field) in [
        (json!({}), 400, None),
        (json!({"query": " "}), 400, Some("query")),
        (json!({"query": "q", "parameters": 5}), 400, Some("parameters")),
        (json!({"query": "q", "limit": 0}), 422, Some("limit")),
        (json!({"query": "q", "limit": 100_001}), 422, Some("limit")),
        (json!({"query": "q", "format": "xml"}), 400, Some("format")),
    ] {
        for route in ROUTES {
            let answer = server.manage("POST", route, &body).await;
            assert_eq!(answer.status, status, "{body}: {}", answer.text);
            if let Some(field) = field {
                assert_eq!(answer.json()["field"], field, "{body}");
            }
        }
    }
    let foreign = json!({"query": "q", "project_id": "00000000-0000-4000-8000-000000000000"});
    assert_eq!(server.manage("POST", "/api/sql", &foreign).await.status, 404);
    let other = server.manage("POST", "/api/projects/{project}/sql", &foreign).await;
    assert_eq!(other.status, 400);
}

#[tokio::test]
async fn a_parameter_with_a_type_is_a_value_of_it_or_named_in_the_error() {
    let server = TestServer::start().await;
    let types = json!({"since": "timestamp", "least": "number", "open": "boolean", "city": "text"});
    let values = json!({
        "since": "2026-11-21T12:00:00+03:00", "least": 1.5, "open": false, "city": "' OR 1=1 --",
        "other": 7,
    });
    let ask = async |values: &Value| {
        let body = json!({"query": "q", "parameters": values, "parameter_types": types});
        server.manage("POST", "/api/sql", &body).await
    };
    let answer = ask(&values).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let bound = answer.json()["rows"][0][3].as_str().map(str::to_owned).expect("parameters");
    for value in [
        "since=Timestamp(",
        "least=Double(1.5)",
        "open=Boolean(false)",
        "city=Text(\"' OR 1=1 --\")",
        "other=Integer(7)",
    ] {
        assert!(bound.contains(value), "{bound}");
    }
    for (name, value) in [
        ("since", json!("yesterday")),
        ("since", Value::Null),
        ("least", json!("1.5")),
        ("open", json!(0)),
        ("city", json!({"a": 1})),
        ("city", json!("x".repeat(10_001))),
    ] {
        let mut values = values.clone();
        values[name] = value;
        let answer = ask(&values).await;
        assert_eq!(answer.status, 422, "{name}: {}", answer.text);
        assert_eq!(answer.json()["field"], format!("parameters.{name}"));
    }
    let many: Vec<u32> = (0..101).collect();
    for (body, field) in [
        (json!({"query": "q", "parameters": many}), "parameters"),
        (json!({"query": "q", "parameters": ["x".repeat(10_001)]}), "parameters.1"),
        (json!({"query": "q", "parameter_types": {"1a": "text"}}), "parameter_types"),
        (json!({"query": "q", "parameter_types": {"a": "date"}}), "parameter_types"),
    ] {
        let answer = server.manage("POST", "/api/sql", &body).await;
        assert!(answer.status.is_client_error(), "{}", answer.text);
        assert!(answer.text.contains(field), "{field}: {}", answer.text);
    }
}

#[tokio::test]
async fn the_schema_names_tables_columns_and_functions() {
    let server = TestServer::start().await;
    let schema = server.get("/api/projects/{project}/sql/schema").await.json();
    let users = json!({"name": "users", "columns": [
        {"name": "id", "type": "text"}, {"name": "registered_at", "type": "timestamptz"},
    ]});
    assert_eq!(schema["tables"], json!([users]));
    assert_eq!(schema["functions"], json!([{"about": "texts", "names": ["lower", "upper"]}]));
}

#[tokio::test]
async fn nobody_but_a_member_may_ask() {
    let server = TestServer::start().await;
    for route in ROUTES {
        let route = route.replace("{project}", &server.project.to_string());
        let request = Request::post(route)
            .header("content-type", "application/json")
            .header("x-api-key", &server.key)
            .body(Body::from(json!({"query": "q"}).to_string()));
        assert_eq!(server.send(request.expect("a request")).await.status, 401);
    }
}
