//! Clients that do nothing, or too much at once, keep nobody else out.

mod connections;
mod timeouts;

use std::net::SocketAddr;

use serde_json::Value;

use crate::harness::{Connection, Footfall, Owner, Page, click, event_id};

/// A server with these settings, its owner and a page of a key without limits.
async fn start_with(settings: &[(&str, &str)]) -> (Footfall, Owner, Page) {
    let server = Footfall::start_with(settings).await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    (server, owner, page)
}

async fn connections(address: SocketAddr, count: usize) -> Vec<Connection> {
    let mut opened = Vec::new();
    for _ in 0..count {
        opened.push(Connection::open(address).await);
    }
    opened
}

/// One event of this number.
fn event(number: u64) -> Vec<Value> {
    vec![click(&event_id(number))]
}
