//! What is refused is refused for the right reason, is accounted for, and harms nothing else.

mod bodies;
mod bombs;
mod cors;
mod failed_events;
mod items;
mod keys;

use std::time::{Duration, Instant};

use crate::harness::{Footfall, Http, Owner, Page, click, event_id};

/// Far above what a request takes on a busy machine, far below what a person would call broken.
const SANE_LATENCY: Duration = Duration::from_millis(100);

/// The server is ready, takes events and answers as quickly as ever.
async fn is_healthy(server: &Footfall, page: &Page) {
    Http::new(server.url("")).get("/health/ready").await.expect(200);
    let mut latencies = Vec::new();
    for number in 0..100 {
        let started = Instant::now();
        page.send(&[click(&event_id(1_000_000 + number))]).await.expect(200);
        latencies.push(started.elapsed());
    }
    latencies.sort_unstable();
    let median = latencies[latencies.len() / 2];
    println!("median latency {median:?}");
    assert!(median < SANE_LATENCY, "{median:?}");
    assert_eq!(server.logged("panic"), None);
    assert_eq!(server.logged("ERROR"), None);
}

/// A server, its owner and a page of a key without limits.
async fn start() -> (Footfall, Owner, Page) {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    (server, owner, page)
}
