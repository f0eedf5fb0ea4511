//! A real receiver on loopback, which keeps what it gets.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::Value;
use tokio::sync::Notify;

use super::verify;

/// A message as it arrived.
#[derive(Debug, Clone)]
pub(super) struct Received {
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Received {
    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    /// Whether one of its signatures is by this secret.
    pub(super) fn is_signed_by(&self, secret: &str) -> bool {
        let expected = verify::signature(
            secret,
            self.header("webhook-id"),
            self.header("webhook-timestamp"),
            &self.body,
        );
        self.header("webhook-signature").split(' ').any(|signature| signature == expected)
    }
}

#[derive(Default)]
struct Inner {
    received: Vec<Received>,
    answers: VecDeque<(u16, Vec<(&'static str, String)>)>,
}

/// A webhook receiver; answers 204 by default.
#[derive(Clone, Default)]
pub(super) struct Receiver {
    inner: Arc<Mutex<Inner>>,
    arrived: Arc<Notify>,
    pub(super) url: String,
}

impl Receiver {
    pub(super) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let receiver = Self { url, ..Self::default() };
        let router = Router::new().route("/hook", post(receive)).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        receiver
    }

    /// Answers the next messages so, one each.
    pub(super) fn will_answer(&self, answers: &[(u16, &[(&'static str, &str)])]) {
        let mut inner = self.inner.lock().expect("unpoisoned");
        for (status, headers) in answers {
            let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned()));
            inner.answers.push_back((*status, headers.collect()));
        }
    }

    /// Waits for a message.
    pub(super) async fn next(&self) {
        self.arrived.notified().await;
    }

    pub(super) fn received(&self) -> Vec<Received> {
        self.inner.lock().expect("unpoisoned").received.clone()
    }
}

async fn receive(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
    let mut inner = receiver.inner.lock().expect("unpoisoned");
    let body = String::from_utf8(body.to_vec()).expect("UTF-8");
    inner.received.push(Received { headers, body });
    receiver.arrived.notify_one();
    let (status, headers) = inner.answers.pop_front().unwrap_or((204, Vec::new()));
    let status = StatusCode::from_u16(status).expect("a status");
    let mut response = (status, if status == 204 { "" } else { "said\n" }).into_response();
    for (name, value) in headers {
        response.headers_mut().insert(name, value.parse().expect("a header"));
    }
    response
}
