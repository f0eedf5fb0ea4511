//! A client of the feed.

use std::net::SocketAddr;
use std::time::Duration;

use axum::http::StatusCode;
use futures::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::credentials::RequestAuth;
use crate::harness::Answer;

/// A message that has not come by then does not come.
const PATIENCE: Duration = Duration::from_secs(20);

/// An open feed.
#[derive(Debug)]
pub(super) struct Watcher(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Watcher {
    /// Watches a project; the refusal, if there is one.
    pub(super) async fn open(
        server: SocketAddr,
        project: impl ToString,
        by: RequestAuth<'_>,
    ) -> Result<Self, Answer> {
        let origin = match by {
            RequestAuth::Session(_) | RequestAuth::Nobody => Some(format!("http://{server}")),
            RequestAuth::KeyInAPage(_) => Some("https://shop.test".to_owned()),
            RequestAuth::Key(_) => None,
        };
        Self::open_from(server, project, by, origin.as_deref()).await
    }

    /// The same from a page of `origin`.
    pub(super) async fn open_from(
        server: SocketAddr,
        project: impl ToString,
        by: RequestAuth<'_>,
        origin: Option<&str>,
    ) -> Result<Self, Answer> {
        let url = format!("ws://{server}/api/projects/{}/live", project.to_string());
        let mut request = url.into_client_request().expect("a request");
        let proof = match by {
            RequestAuth::Nobody => None,
            RequestAuth::Session(token) => Some(("cookie", format!("footfall={token}"))),
            RequestAuth::Key(key) | RequestAuth::KeyInAPage(key) => {
                Some(("authorization", format!("Bearer {key}")))
            }
        };
        let origin = origin.map(|origin| ("origin", origin.to_owned()));
        for (name, value) in proof.into_iter().chain(origin) {
            request.headers_mut().insert(name, value.parse().expect("a header"));
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => {
                let (parts, body) = response.into_parts();
                let text = String::from_utf8(body.unwrap_or_default()).expect("text");
                let status = StatusCode::from_u16(parts.status.as_u16()).expect("a status");
                Err(Answer { status, headers: parts.headers, text })
            }
            Err(other) => panic!("{other}"),
        }
    }

    /// The next message of this type.
    pub(super) async fn next(&mut self, kind: &str) -> Value {
        self.until(kind, async |watcher| {
            loop {
                let frame = watcher.next_message().await;
                let text = frame.unwrap_or_else(|end| panic!("closed before {kind}: {end:?}"));
                let message: Value = serde_json::from_str(&text).expect("JSON");
                if message["type"] == kind {
                    return message;
                }
            }
        })
        .await
    }

    /// The close code and reason, with which the server ends the feed.
    pub(super) async fn end(&mut self) -> (u16, String) {
        self.until("the end", async |watcher| {
            loop {
                if let Err(end) = watcher.next_message().await {
                    return end;
                }
            }
        })
        .await
    }

    /// Says something.
    pub(super) async fn send(&mut self, message: Message) {
        // Whether it is written at all depends on when the server closes the connection.
        let _ = self.0.send(message).await;
    }

    async fn until<T>(&mut self, what: &str, wait: impl AsyncFnOnce(&mut Self) -> T) -> T {
        let waited = tokio::time::timeout(PATIENCE, wait(self)).await;
        waited.unwrap_or_else(|_| panic!("{what} did not come within {PATIENCE:?}"))
    }

    /// The next text, or the end.
    async fn next_message(&mut self) -> Result<String, (u16, String)> {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return Ok(text.to_string()),
                Some(Ok(Message::Close(Some(frame)))) => {
                    return Err((frame.code.into(), frame.reason.to_string()));
                }
                Some(Ok(_)) => {}
                None | Some(Err(_)) => return Err((1006, String::new())),
            }
        }
    }
}
