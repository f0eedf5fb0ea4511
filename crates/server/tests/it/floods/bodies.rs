//! Bodies beyond what there is memory for are answered 503, and small ones of honest senders go on.

use std::net::Ipv4Addr;

use tokio::task::JoinSet;

use super::{event, memory_kib, start_with};
use crate::harness::{Connection, Footfall, Owner, Page, ingest_head};

const CONNECTIONS: u8 = 100;
const BODY_BYTES: usize = 4_000_000;
/// What the process may grow by.
const MOST_GROWTH_KIB: u64 = 64 * 1_024;
const UNKNOWN: &str = "fk_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef";

/// Opens many connections from this address, and sends all but the end of a large body on each.
async fn hold_bodies(server: &Footfall, local: Ipv4Addr, head: String) -> Vec<Connection> {
    let mut sending = JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (address, head) = (server.address(), head.clone());
        sending.spawn(async move {
            let mut connection = Connection::open_from(local, address).await;
            connection.write(head.as_bytes()).await;
            connection.write(&vec![b' '; BODY_BYTES - 1_000]).await;
            connection
        });
    }
    sending.join_all().await
}

async fn start() -> (Footfall, Owner, Page) {
    let (server, owner, page) = start_with(&[]).await;
    // What one honest body of the largest size costs is no flood's doing.
    let largest = format!(r#"{{"padding":"{}","events":[]}}"#, "x".repeat(BODY_BYTES));
    page.send_raw(&[], largest).await.expect(200);
    (server, owner, page)
}

/// Floods with bodies under this head; how much memory it took at most, in KiB.
async fn flood(server: &Footfall, page: &Page, head: String) -> u64 {
    let before = memory_kib(server, "VmHWM:");
    let senders = hold_bodies(server, Ipv4Addr::new(127, 0, 0, 2), head).await;
    for number in 0..50 {
        page.send(&event(number)).await.expect(200);
    }
    let growth = memory_kib(server, "VmHWM:") - before;
    println!("{} bodies: {before} KiB before, grown by {growth} KiB", senders.len());
    growth
}

#[tokio::test]
async fn bodies_without_a_key_take_little_memory() {
    let (server, owner, page) = start().await;
    let head = ingest_head(&page.key, BODY_BYTES);
    let head = head.replace(&format!("x-api-key: {}\r\n", page.key), "");
    let growth = flood(&server, &page, head).await;
    assert!(growth <= MOST_GROWTH_KIB, "{growth} KiB");
    owner.wait_for_accepted(50).await;
}

#[tokio::test]
async fn bodies_with_a_key_take_what_was_set_aside_for_them() {
    let (server, owner, page) = start().await;
    let growth = flood(&server, &page, ingest_head(&page.key, BODY_BYTES)).await;
    assert!(growth <= MOST_GROWTH_KIB, "{growth} KiB");
    owner.wait_for_accepted(50).await;
}

#[tokio::test]
async fn a_body_that_finds_no_room_is_answered_503_and_taken_later() {
    let (server, owner, page) = start().await;
    let head = ingest_head(&page.key, BODY_BYTES);
    let senders = hold_bodies(&server, Ipv4Addr::new(127, 0, 0, 2), head).await;
    let large = format!(r#"{{"padding":"{}","events":[]}}"#, "x".repeat(BODY_BYTES));
    let reply = page.send_raw(&[], large.clone()).await.expect(503);
    assert_eq!(reply.header("retry-after"), "1");
    drop(senders);
    page.send_raw(&[], large).await;
    page.send(&event(1)).await.expect(200);
    let outcomes = owner.wait_for_accepted(1).await;
    assert_eq!(crate::harness::refused(&outcomes, "too_large"), 0);
}

/// The head alone decides about a key that nobody has: a sender that waits for its answer hears it
/// before it has sent a byte of the body.
#[tokio::test]
async fn an_unknown_key_is_refused_before_its_body() {
    let (server, _owner, _page) = start_with(&[]).await;
    let mut connection = Connection::open(server.address()).await;
    let head =
        ingest_head(UNKNOWN, BODY_BYTES).replace("\r\n\r\n", "\r\nexpect: 100-continue\r\n\r\n");
    connection.write(head.as_bytes()).await;
    connection.end().await;
    let answer = connection.answer().await;
    assert!(answer.contains("HTTP/1.1 401"), "{answer}");
}
