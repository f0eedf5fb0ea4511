//! Access to `/metrics`.

use reqwest::Method;

use crate::harness::{Footfall, Http};

#[tokio::test]
async fn figures_are_for_programs_on_this_machine() {
    let server = Footfall::start().await;
    let http = Http::new(server.url(""));
    let figures = http.get("/metrics").await.expect(200);
    assert!(figures.text.contains("# TYPE"), "{}", figures.text);
    let strangers = [
        ("x-forwarded-for", "203.0.113.9"),
        ("forwarded", "for=203.0.113.9"),
        ("via", "1.1 proxy"),
        ("host", "footfall.example.com"),
        ("origin", "https://evil.test"),
    ];
    for header in strangers {
        http.send(Method::GET, "/metrics", &[header], Vec::new()).await.expect(404);
    }
}

#[tokio::test]
async fn a_proxy_in_front_closes_the_figures_to_everybody_without_the_token() {
    let server =
        Footfall::start_with(&[("SERVER__PUBLIC_URL", "https://footfall.example.com")]).await;
    Http::new(server.url("")).get("/metrics").await.expect(404);
}

#[tokio::test]
async fn the_token_decides_where_one_is_set() {
    let server = Footfall::start_with(&[("METRICS__TOKEN", "s3cret")]).await;
    let http = Http::new(server.url(""));
    http.get("/metrics").await.expect(401);
    for (token, status) in [("Bearer wrong", 401), ("s3cret", 401), ("Bearer s3cret", 200)] {
        let headers = [("authorization", token), ("x-forwarded-for", "203.0.113.9")];
        http.send(Method::GET, "/metrics", &headers, Vec::new()).await.expect(status);
    }
}
