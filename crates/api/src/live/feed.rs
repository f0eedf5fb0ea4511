//! One watcher's connection: what they are sent, and when it ends.

use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message as Frame, Utf8Bytes, WebSocket};
use engine::live::{CloseReason, LiveSubscription, LiveUpdate};
use tokio::time::{Instant, Interval, MissedTickBehavior, timeout};

use super::EventReadRole;
use super::message::{Message, arrival};
use crate::state::App;

/// A client that does not take a message within this time is given up.
const MAX_SEND: Duration = Duration::from_secs(10);
/// A client that does not confirm the end within this time is hung up on.
const MAX_CLOSE: Duration = Duration::from_secs(2);
/// A client of which nothing is heard after so many pings is given up.
const MAX_UNANSWERED: u32 = 2;
/// So many frames may come between two of our pings; a client has nothing to say but its pongs.
const MAX_FRAMES: u32 = 100;

/// Why a feed ends: the close code and its reason; none: the client is not there to hear it.
type FeedEnd = Option<(u16, &'static str)>;

/// Sends updates of the subscription until either side closes.
pub(super) async fn run(
    app: App,
    subscription: LiveSubscription,
    readers: EventReadRole,
    mut socket: WebSocket,
) {
    let mut feed = Feed { app, subscription, readers, life: Life::default() };
    let Err(end) = feed.run(&mut socket).await;
    if let Some((code, reason)) = end {
        let frame = CloseFrame { code, reason: reason.into() };
        let farewell = async {
            let _ = socket.send(Frame::Close(Some(frame))).await;
            while let Some(Ok(_)) = socket.recv().await {}
        };
        let _ = timeout(MAX_CLOSE, farewell).await;
    }
}

struct Feed {
    app: App,
    subscription: LiveSubscription,
    readers: EventReadRole,
    life: Life,
}

/// The signs of life of a client.
#[derive(Default)]
struct Life {
    /// Pings since anything was heard. Time is no measure: the server may have stood still itself.
    unanswered: u32,
    /// Frames since the ping before.
    frames: u32,
}

enum Next {
    News(LiveUpdate),
    Ping,
    Heard(Option<Result<Frame, axum::Error>>),
}

impl Feed {
    async fn run(&mut self, socket: &mut WebSocket) -> Result<std::convert::Infallible, FeedEnd> {
        let hello = Message::Hello { now: self.app.clock.now().to_rfc3339() };
        send_message(socket, &hello).await?;
        let mut pings = pings(self.app.live.pace().ping);
        loop {
            let next = tokio::select! {
                update = self.subscription.next() => Next::News(update),
                _ = pings.tick() => Next::Ping,
                heard = socket.recv() => Next::Heard(heard),
            };
            match next {
                Next::News(news) => self.pass_on(news, socket).await?,
                Next::Ping => {
                    self.life.count_ping()?;
                    send(socket, Frame::Ping(Vec::new().into())).await?;
                }
                Next::Heard(frame) => self.life.note(frame.as_ref())?,
            }
        }
    }

    async fn pass_on(&self, update: LiveUpdate, socket: &mut WebSocket) -> Result<(), FeedEnd> {
        let message = match update {
            LiveUpdate::Ended(ended) => return Err(Some(farewell(ended))),
            LiveUpdate::Events(arrived) => {
                let may_read =
                    self.subscription.role().is_some_and(|role| self.readers.include(role));
                return send_text(socket, arrival(&arrived, may_read)).await;
            }
            LiveUpdate::Visible => Message::Visible { at: self.app.clock.now().to_rfc3339() },
            LiveUpdate::ActiveVisitors(active_visitors) => Message::Active { active_visitors },
        };
        send_message(socket, &message).await
    }
}

impl Life {
    /// Another ping is due; there is none after so many that nothing was heard of.
    fn count_ping(&mut self) -> Result<(), FeedEnd> {
        if self.unanswered >= MAX_UNANSWERED {
            return Err(Some((1008, "no answer to pings")));
        }
        self.unanswered += 1;
        self.frames = 0;
        Ok(())
    }

    fn note(&mut self, frame: Option<&Result<Frame, axum::Error>>) -> Result<(), FeedEnd> {
        match frame {
            Some(Ok(Frame::Close(_))) | None => Err(None),
            Some(Err(_)) => Err(Some((1008, "a frame that cannot be read"))),
            Some(Ok(_)) if self.frames >= MAX_FRAMES => Err(Some((1008, "too many messages"))),
            Some(Ok(_)) => {
                self.frames += 1;
                self.unanswered = 0;
                Ok(())
            }
        }
    }
}

fn pings(period: Duration) -> Interval {
    let mut pings = tokio::time::interval_at(Instant::now() + period, period);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    pings
}

fn farewell(ended: CloseReason) -> (u16, &'static str) {
    match ended {
        CloseReason::SignedOut => (4401, "the session has ended"),
        CloseReason::KeyEnded => (4401, "the secret key is not valid any more"),
        CloseReason::NotAMember => (4403, "you do not belong to this project any more"),
        CloseReason::Unchecked => (1013, "your permissions cannot be checked now; try again later"),
        CloseReason::Stopping => (1001, "the server is stopping"),
    }
}

async fn send_message(socket: &mut WebSocket, message: &Message) -> Result<(), FeedEnd> {
    send_text(socket, message.encode()).await
}

async fn send_text(
    socket: &mut WebSocket,
    text: Result<Utf8Bytes, serde_json::Error>,
) -> Result<(), FeedEnd> {
    let text = text.map_err(|error| {
        tracing::error!(%error, "a message of the live feed cannot be encoded");
        Some((1011, "internal error"))
    })?;
    send(socket, Frame::Text(text)).await
}

/// Sends a frame. Nothing waits behind it: until it is taken, what comes is skipped.
async fn send(socket: &mut WebSocket, frame: Frame) -> Result<(), FeedEnd> {
    match timeout(MAX_SEND, socket.send(frame)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(None),
    }
}
