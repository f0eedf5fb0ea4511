//! Connections beyond their number are refused, and those that are there go on.

use std::net::Ipv4Addr;

use super::{connections, event, start_with};
use crate::harness::{Connection, Footfall, Owner, wait_until};

const ELSEWHERE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// Until the server has noticed that a connection was closed, its place is taken.
async fn wait_for_a_place(server: &Footfall) {
    wait_until("there is a place again", async || {
        let mut connection = Connection::open(server.address()).await;
        (!connection.is_refused().await).then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_newest_connection_is_refused_and_honest_ones_go_on() {
    let (server, owner, page) = start_with(&[("CONNECTIONS__MAX", "20")]).await;
    // The page's own connection is kept, and is one of them.
    page.send(&event(0)).await.expect(200);
    let mut silent = connections(server.address(), 40).await;
    assert!(Connection::open(server.address()).await.is_refused().await);
    for number in 1..50 {
        page.send(&event(number)).await.expect(200);
    }
    assert!(server.logged("a connection was refused").is_some());
    silent.clear();
    wait_for_a_place(&server).await;
    owner.wait_for_accepted(50).await;
}

#[tokio::test]
async fn one_address_cannot_take_all_places() {
    let server = Footfall::start_with(&[("CONNECTIONS__MAX_PER_ADDRESS", "10")]).await;
    let taken = connections(server.address(), 10).await;
    assert!(Connection::open(server.address()).await.is_refused().await);
    let mut other = Connection::open_from(ELSEWHERE, server.address()).await;
    assert!(!other.is_refused().await, "another address has its own");
    drop(taken);
    wait_for_a_place(&server).await;
}

#[tokio::test]
async fn a_trusted_proxy_is_not_counted_by_its_address() {
    let settings = [
        ("CONNECTIONS__MAX_PER_ADDRESS", "10"),
        ("SERVER__TRUSTED_PROXIES", r#"["127.0.0.1/32"]"#),
    ];
    let server = Footfall::start_with(&settings).await;
    let _taken = connections(server.address(), 30).await;
    assert!(!Connection::open(server.address()).await.is_refused().await);
}

/// What the system allows is far less than the setting: the rest is the stores'.
#[tokio::test]
async fn descriptors_are_kept_for_the_stores() {
    let few = ["sh", "-c", "ulimit -n 256 && exec \"$0\" \"$@\""];
    let server = Footfall::start_under(&few, &[]).await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    assert!(server.logged("descriptors=256 connections=128").is_some());
    page.send(&event(0)).await.expect(200);
    let _silent = connections(server.address(), 400).await;
    for number in 1..200 {
        page.send(&event(number)).await.expect(200);
    }
    // The lake writes files, and answers from them.
    owner.wait_for_events(200).await;
    assert!(server.logged("cannot be accepted").is_none());
    assert!(server.logged("ERROR").is_none());
}
