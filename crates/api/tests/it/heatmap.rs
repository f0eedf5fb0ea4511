//! `GET /api/projects/{project_id}/heatmap`: what is read of a query. Its figures are tested with the lake.

use serde_json::{Value, json};

use crate::harness::{Answer, TestServer};

async fn ask(server: &TestServer, operation: &str, query: &str) -> Answer {
    let path = format!("/api/projects/{{project}}/{operation}?{query}");
    server.manage("GET", &path, &Value::Null).await
}

#[tokio::test]
async fn a_map_that_can_be_drawn_asks_the_lake() {
    let server = TestServer::start().await;
    for query in [
        "path=/",
        "path=/&layer=rage&min_width=320&max_width=320",
        "path=/&layer=scroll&max_width=100000&country=TZ",
    ] {
        let answer = ask(&server, "heatmap", query).await;
        // There is no lake in this test.
        assert_eq!(answer.status, 503, "{query}: {}", answer.text);
    }
    // Nobody was recorded, so that there is nothing to ask.
    let none = ask(&server, "heatmap/snapshots", "path=/&limit=1000").await;
    assert_eq!((none.status.as_u16(), none.json()), (200, json!({"snapshots": []})));
}

#[tokio::test]
async fn a_query_that_names_no_map_is_refused_by_its_field() {
    let server = TestServer::start().await;
    for (query, field) in [
        ("", "path"),
        ("path=", "path"),
        ("path=/&min_width=100001", "min_width"),
        ("path=/&max_width=100001", "max_width"),
        ("path=/&min_width=401&max_width=400", "min_width"),
        ("path=/&min_width=-1", "min_width"),
        ("path=/&from=yesterday", "from"),
    ] {
        for operation in ["heatmap", "heatmap/snapshots"] {
            let answer = ask(&server, operation, query).await;
            assert_eq!(answer.status, 400, "{operation} {query}: {}", answer.text);
            assert!(answer.text.contains(field), "{operation} {query}: {}", answer.text);
        }
    }
    let layer = ask(&server, "heatmap", "path=/&layer=tears").await;
    assert_eq!(layer.status, 400);
    assert!(layer.text.contains("layer") && layer.text.contains("scroll"), "{}", layer.text);
}
