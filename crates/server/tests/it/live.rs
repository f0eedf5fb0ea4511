//! The live feed, as the dashboard watches it.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::harness::{Footfall, Owner, click, event_id, page_view, rage_click, wait_until};

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
            let message: Value = serde_json::from_str(&text).expect("JSON");
            if message["type"] != "active" {
                return message;
            }
        }
    }

    /// The code with which the server closes the feed.
    async fn closed(&mut self) -> u16 {
        let end = async {
            loop {
                match self.0.next().await {
                    Some(Ok(Message::Close(Some(frame)))) => return frame.code.into(),
                    Some(Ok(_)) => {}
                    other => panic!("{other:?}"),
                }
            }
        };
        tokio::time::timeout(PATIENCE, end).await.expect("the feed is closed")
    }

    /// The next message that names events.
    async fn next_events(&mut self) -> Value {
        loop {
            let message = self.next().await;
            if message["type"] == "events" {
                return message;
            }
        }
    }

    /// Reads until so many events have been announced and are visible.
    async fn until_visible(&mut self, count: u64) {
        let mut announced = 0;
        loop {
            let message = self.next().await;
            match message["type"].as_str() {
                Some("events") => {
                    announced += message["totals"]["events"].as_u64().expect("a count");
                }
                Some("visible") if announced == count => return,
                Some("visible") => {}
                _ => panic!("{message}"),
            }
        }
    }
}

#[tokio::test]
async fn an_event_is_announced_and_every_question_knows_it_once_it_is_visible() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let mut watcher = Watcher::open(&server, &owner).await;
    for round in 0..5 {
        page.send(&[page_view(&event_id(round))]).await.expect(200);
        watcher.until_visible(1).await;
        let overview = owner.get("overview").await;
        assert_eq!(overview["totals"]["page_views"], round + 1, "`visible` was true");
    }
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
    let message = watcher.next_events().await;
    assert_eq!(
        message["totals"],
        serde_json::json!({"events": 82, "page_views": 1, "friction": 1})
    );
    assert_eq!(message["by_kind"], serde_json::json!({"rage_click": 1}));
    let named = message["events"].as_array().expect("a list");
    assert_eq!(named.len(), 50);
    assert_eq!(named[0]["id"], event_id(81), "latest first");
}

/// Events that reach the lake in one flush are announced in two messages, and the feed must say of
/// both that they are visible. Only the first flush of a server that rested is quick enough to come
/// between the two, and chance decides which the feed sees first: hence several servers.
#[tokio::test]
async fn events_visible_before_their_announcement_are_reported_visible() {
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

#[tokio::test]
async fn a_viewer_is_sent_counts_and_nobody_anything_after_they_may_not_watch() {
    let server = Footfall::start().await;
    let owner = Owner::set_up(&server).await;
    let page = owner.page().await;
    let viewer = owner.invited("viewer").await;
    let mut counts = Watcher::open(&server, &viewer).await;
    let mut events = Watcher::open(&server, &owner).await;
    page.send(&[rage_click(&event_id(1))]).await.expect(200);
    let [seen, read] = [counts.next_events().await, events.next_events().await];
    assert_eq!(seen["events"], json!([]));
    assert_eq!(seen["totals"], json!({"events": 1, "page_views": 0, "friction": 1}));
    assert_eq!(read["totals"], seen["totals"]);
    assert_eq!(read["events"][0]["id"], event_id(1));
    let members = owner.get("members").await;
    let members = members["members"].as_array().expect("members");
    let found = members.iter().find(|member| member["role"] == "viewer").expect("the viewer");
    let path = owner.path(&format!("members/{}", found["id"].as_str().expect("an id")));
    owner.send(Method::DELETE, &path, None).await.expect(204);
    assert_eq!(counts.closed().await, 4403);
    page.send(&[rage_click(&event_id(2))]).await.expect(200);
    assert_eq!(events.next_events().await["events"][0]["id"], event_id(2), "the owner's goes on");
    owner.send(Method::POST, "/api/auth/sign-out-everywhere", None).await.expect(204);
    assert_eq!(events.closed().await, 4401);
}

#[tokio::test]
async fn as_many_may_watch_as_the_operator_has_set() {
    let server = Footfall::start_with(&[("LIVE__CONNECTIONS_PER_MEMBER", "2")]).await;
    let owner = Owner::set_up(&server).await;
    let headers = [("cookie", &*owner.cookie), ("origin", &*owner.origin)];
    let _first = Watcher::open(&server, &owner).await;
    let second = Watcher::open(&server, &owner).await;
    assert_eq!(connect(&server, &owner, &headers).await.err(), Some(429));
    drop(second);
    wait_until("there is a place again", async || connect(&server, &owner, &headers).await.ok())
        .await;
}
