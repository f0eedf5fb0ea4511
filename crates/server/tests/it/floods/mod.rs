//! Clients that do nothing, or too much at once, keep nobody else out.

mod bodies;
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

/// A number of the process's status, in KiB: `VmRSS` now, `VmHWM` at most so far.
fn memory_kib(server: &Footfall, field: &str) -> u64 {
    let path = format!("/proc/{}/status", server.pid());
    let status = std::fs::read_to_string(path).expect("the process runs");
    let line = status.lines().find(|line| line.starts_with(field)).expect(field);
    line.split_whitespace().nth(1).expect("a number").parse().expect("a number")
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
