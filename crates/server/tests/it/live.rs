//! The live feed, as the dashboard watches it.

use std::time::{Duration, Instant};

use futures::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::harness::{Footfall, Owner, click, event_id, page_view, rage_click};

/// From the acknowledgement to the feed, and to every question.
const ANNOUNCED_WITHIN: Duration = Duration::from_secs(1);
const VISIBLE_WITHIN: Duration = Duration::from_secs(2);
/// A message that has not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open feed.
pub(crate) struct Watcher(WebSocketStream<MaybeTlsStream<TcpStream>>);

async fn connect(
    server: &Footfall,
    owner: &Owner,
    headers: &[(&'static str, &str)],
) -> Result<Watcher, u16> {
    let url = format!("ws://{}{}", server.address(), owner.path("live"));
    let mut request = url.into_client_request().expect("a request");
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().expect("a header"));
    }
    match connect_async(request).await {
        Ok((socket, _)) => Ok(Watcher(socket)),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(other) => panic!("{other}"),
    }
}

impl Watcher {
    /// Watches the owner's project from the dashboard's page.
    pub(crate) async fn open(server: &Footfall, owner: &Owner) -> Self {
        let headers = [("cookie", &*owner.cookie), ("origin", &*owner.origin)];
        let mut watcher = connect(server, owner, &headers).await.expect("the feed opens");
        assert_eq!(watcher.next().await["type"], "hello");
        watcher
    }

    /// The next message, the count of active visitors aside.
    async fn next(&mut self) -> Value {
        let next = tokio::time::timeout(PATIENCE, self.next_news()).await;
        next.unwrap_or_else(|_| panic!("nothing was said within {PATIENCE:?}"))
    }

    async fn next_news(&mut self) -> Value {
        loop {
            let message = self.0.next().await.expect("an open feed").expect("a message");
            let Message::Text(text) = message else { continue };
            let said: Value = serde_json::from_str(&text).expect("JSON");
            if said["type"] != "active" {
                return said;
            }
        }
    }

    /// The next message that names events.
    async fn next_events(&mut self) -> Value {
        loop {
            let said = self.next().await;
            if said["type"] == "events" {
                return said;
            }
        }
    }

    /// Reads until so many events have been announced and are visible; when the last of each came.
    async fn until_visible(&mut self, count: u64) -> (Instant, Instant) {
        let (mut announced, mut last) = (0, Instant::now());
        loop {
            let said = self.next().await;
            match said["type"].as_str() {
                Some("events") => {
                    announced += said["totals"]["events"].as_u64().expect("a count");
                    last = Instant::now();
                }
                Some("visible") if announced == count => return (last, Instant::now()),
                Some("visible") => {}
                _ => panic!("{said}"),
            }
        }
    }
}

#[tokio::test]
async fn an_event_is_announced_within_a_second_and_visible_within_two() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let mut watcher = Watcher::open(&server, &owner).await;
    let (mut announced, mut visible) = (Vec::new(), Vec::new());
    for round in 0..5 {
        page.send(&[page_view(&event_id(round))]).await.expect(200);
        let acknowledged = Instant::now();
        let (told, seen) = watcher.until_visible(1).await;
        let overview = owner.get("overview").await;
        assert_eq!(overview["totals"]["page_views"], round + 1, "`visible` was true");
        announced.push(told - acknowledged);
        visible.push(seen - acknowledged);
    }
    announced.sort_unstable();
    visible.sort_unstable();
    println!("announced after {announced:?}, visible after {visible:?}");
    assert!(announced[2] <= ANNOUNCED_WITHIN, "{announced:?}");
    assert!(visible[2] <= VISIBLE_WITHIN, "{visible:?}");
}

#[tokio::test]
async fn the_feed_names_the_latest_events_and_counts_all() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let mut watcher = Watcher::open(&server, &owner).await;
    let mut events: Vec<Value> = (0..80).map(|number| click(&event_id(number))).collect();
    events.push(page_view(&event_id(80)));
    events.push(rage_click(&event_id(81)));
    page.send(&events).await.expect(200);
    let said = watcher.next_events().await;
    assert_eq!(said["totals"], serde_json::json!({"events": 82, "page_views": 1, "friction": 1}));
    assert_eq!(said["by_kind"], serde_json::json!({"rage_click": 1}));
    let named = said["events"].as_array().expect("a list");
    assert_eq!(named.len(), 50);
    assert_eq!(named[0]["id"], event_id(81), "latest first");
}

/// Events that reach the lake in one flush are announced in two messages, and the feed must say of
/// both that they are visible. Only the first flush of a server that rested is quick enough to come
/// between the two, and chance decides which the feed sees first: hence several servers.
#[tokio::test]
async fn what_is_announced_after_it_became_visible_is_said_to_be_visible_too() {
    for _ in 0..5 {
        let server = Footfall::start().await;
        let owner = Owner::set_up(&server).await;
        let page = owner.page().await;
        let mut watcher = Watcher::open(&server, &owner).await;
        page.send(&[click(&event_id(1))]).await.expect(200);
        page.send(&[click(&event_id(2))]).await.expect(200);
        watcher.until_visible(2).await;
    }
}

#[tokio::test]
async fn only_a_signed_in_member_on_our_own_page_may_watch() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let own = ("origin", &*owner.origin);
    let cookie = ("cookie", &*owner.cookie);
    assert_eq!(connect(&server, &owner, &[own]).await.err(), Some(401));
    for foreign in ["https://evil.test", "null", "http://localhost:1"] {
        assert_eq!(connect(&server, &owner, &[cookie, ("origin", foreign)]).await.err(), Some(403));
    }
    let stranger = Owner { project: event_id(1), ..owner.clone() };
    assert_eq!(connect(&server, &stranger, &[cookie, own]).await.err(), Some(404));
}

#[tokio::test]
async fn a_watcher_that_talks_too_much_is_dropped_and_the_server_goes_on() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let mut talker = Watcher::open(&server, &owner).await;
    let mut watcher = Watcher::open(&server, &owner).await;
    // Whether it is written at all depends on when the server closes the connection.
    let _ = talker.0.send(Message::text("x".repeat(100_000))).await;
    page.send(&[click("1")]).await.expect(200);
    watcher.until_visible(1).await;
    let end =
        tokio::time::timeout(PATIENCE, async { while let Some(Ok(_)) = talker.0.next().await {} });
    end.await.expect("the connection is closed");
}
