//! Rejections have the right reason, are accounted for, and harm nothing else.

mod bodies;
mod bombs;
mod cors;
mod failed_events;
mod items;
mod keys;

use crate::harness::{Footfall, Http, Owner, Page, click, event_id};

/// The server is ready, and takes events.
async fn is_healthy(server: &Footfall, page: &Page) {
    Http::new(server.url("")).get("/health/ready").await.expect(200);
    for number in 0..100 {
        page.send(&[click(&event_id(1_000_000 + number))]).await.expect(200);
    }
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
