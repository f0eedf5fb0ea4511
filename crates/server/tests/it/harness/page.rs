//! A page of the site: sends events with its key.

use reqwest::Method;
use serde_json::{Value, json};

use super::{Deadline, Http, Reply};

/// Where pages send to.
const INGEST: &str = "/ingest-events";

/// A sender with a key.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    http: Http,
    pub(crate) key: String,
}

impl Page {
    pub(crate) fn new(http: Http, key: &str) -> Self {
        Self { http, key: key.to_owned() }
    }

    /// Sends events; an error when no answer came back.
    pub(crate) async fn try_send(&self, events: &[Value]) -> Result<Reply, reqwest::Error> {
        let body = json!({ "events": events }).to_string().into_bytes();
        let headers = [("x-api-key", &*self.key), ("content-type", "application/json")];
        self.http.try_send(Method::POST, INGEST, &headers, body).await
    }

    /// Sends events once.
    pub(crate) async fn send(&self, events: &[Value]) -> Reply {
        self.try_send(events).await.expect("an answer")
    }

    /// Sends events again and again until an answer comes back; that answer, and how often none came.
    pub(crate) async fn insist(&self, events: &[Value]) -> (Reply, u64) {
        let (patience, mut unanswered) = (Deadline::new(), 0);
        loop {
            if let Ok(reply) = self.try_send(events).await {
                return (reply, unanswered);
            }
            unanswered += 1;
            patience.wait("the server answers again").await;
        }
    }

    /// Sends a body as it is, with the key in its header.
    pub(crate) async fn send_raw(
        &self,
        headers: &[(&str, &str)],
        body: impl Into<Vec<u8>>,
    ) -> Reply {
        let mut all = vec![("x-api-key", &*self.key)];
        all.extend_from_slice(headers);
        self.http.send(Method::POST, INGEST, &all, body).await
    }
}
