//! The API in this process, and what became of each request.

mod contract;
mod encoding;
mod request;
mod rules;
mod seeds;

use axum::body::Body;
use axum::http;
use engine::ports::journal::{Journal, Position, RecordBody as Stored};
use engine::record::{self, Record};
use serde_json::json;
use serde_json::value::RawValue;
use tokio::runtime::Runtime;

use crate::harness::{Answer, TestServer};

pub(crate) use contract::{Contract, events};
pub(crate) use request::{Head, Request};
pub(crate) use rules::{check_ingest, check_problem};
pub(crate) use seeds::Seeds;

/// After so many requests the projections take what was stored.
const PROJECT_EVERY: usize = 50;
/// After so many requests a new server begins, so that a long run needs no more disk than a short one.
const RESTART_EVERY: usize = 5_000;

/// A server with a project, keys, widgets and what targets write in their place.
pub(crate) struct Server {
    runtime: Runtime,
    api: TestServer,
    words: Vec<(&'static str, String)>,
    sent: usize,
}

/// What the journal holds of one request.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) accepted: usize,
    pub(crate) duplicates: usize,
    pub(crate) refused: usize,
}

/// A request, its answer, and its account.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) request: Request,
    pub(crate) answer: Answer,
    pub(crate) account: Account,
}

impl Server {
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        let (api, words) = runtime.block_on(set_up());
        Self { runtime, api, words, sent: 0 }
    }

    /// What stands for a word in braces.
    pub(crate) fn word(&self, word: &str) -> &str {
        let found = self.words.iter().find(|(name, _)| *name == word);
        found.map(|(_, meaning)| &**meaning).expect("the word is known")
    }

    /// Sends an input as a request. None: what it describes is no request that HTTP can carry.
    pub(crate) fn send(&mut self, input: &[u8]) -> Option<Exchange> {
        let request = Request::read(input, &self.words)?;
        let body = request.encoded_body();
        let mut message = http::Request::builder().method(&*request.method).uri(&*request.path);
        for (name, value) in &request.headers {
            message = message.header(&**name, value.as_bytes());
        }
        let message = message.body(Body::from(body)).ok()?;
        if self.sent == RESTART_EVERY {
            *self = Self::start();
        }
        self.sent += 1;
        // No minute holds so many requests that the key's rate is used up.
        self.api.clock.advance_seconds(1);
        let Self { runtime, api, sent, .. } = self;
        let (answer, account) = runtime.block_on(async {
            let before = api.journal.bounds().await.expect("bounds").next;
            let answer = api.send(message).await;
            let account = account_since(api, before).await;
            if sent.is_multiple_of(PROJECT_EVERY) {
                api.project().await;
            }
            (answer, account)
        });
        Some(Exchange { request, answer, account })
    }
}

async fn account_since(server: &TestServer, from: Position) -> Account {
    let blocks = server.journal.read(from, usize::MAX).await.expect("blocks");
    let mut account = Account::default();
    for entry in blocks.iter().flat_map(engine::ports::journal::Block::records) {
        if entry.position < from {
            continue;
        }
        match entry.body {
            Stored::Duplicate => account.duplicates += 1,
            Stored::Payload(payload) => match record::decode(payload).expect("decodes") {
                Record::Event(_) => account.accepted += 1,
                Record::Rejected(refused) => {
                    account.refused += usize::try_from(refused.count).expect("a count");
                }
                Record::Erased => {}
            },
        }
    }
    account
}

async fn set_up() -> (TestServer, Vec<(&'static str, String)>) {
    let server = TestServer::start().await;
    let secret = json!({"key_name": "Shop", "role": "writer"});
    let secret = server.manage("POST", "/api/projects/{project}/secret-keys", &secret).await;
    assert_eq!(secret.status, http::StatusCode::CREATED, "{}", secret.text);
    let secret = secret.json()["key"].as_str().expect("a secret key").to_owned();
    let widget = server.widget("Sales", &json!({"allowed_domains": ["shop.test"]})).await;
    let demo = server.widget("Demo", &json!({"is_demo": true})).await;
    let settings = json!({"version": 0, "settings": {
        "sampling": {"recording_share": 1.0}, "recording": {"screenshots": true},
    }});
    let set = server.manage("PUT", "/api/projects/{project}/sdk-settings", &settings).await;
    assert_eq!(set.status, http::StatusCode::OK, "{}", set.text);
    let words = vec![
        ("{key}", server.key.clone()),
        ("{project}", server.project.to_string()),
        ("{session}", server.session.clone()),
        ("{secret}", secret),
        ("{widget}", widget),
        ("{demo}", demo),
    ];
    (server, words)
}

/// The items of a body's `events`, read as far as that: none may be readable itself, nor the rest.
pub(crate) fn items_of(body: &[u8]) -> Option<Vec<Box<RawValue>>> {
    #[derive(serde::Deserialize)]
    struct Batch<'a> {
        #[serde(borrow)]
        events: Option<&'a RawValue>,
    }
    let batch: Batch<'_> = serde_json::from_slice(body).ok()?;
    serde_json::from_str(batch.events?.get()).ok()
}
