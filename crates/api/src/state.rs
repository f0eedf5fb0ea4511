//! What every handler can reach.

use std::net::SocketAddr;
use std::sync::Arc;

use async_trait::async_trait;
use domain::clock::Clock;
use domain::id::IdSource;
use engine::auth::Auth;
use engine::failed_events::FailedEvents;
use engine::ingest::Ingest;
use engine::keys::Keys;
use engine::live::LiveHub;
use engine::questions::Analytics;
use engine::sql::Sql;

use crate::client::TrustedProxies;

/// The use cases and settings, cheap to clone.
#[derive(Clone)]
pub struct App {
    /// Taking events in.
    pub ingest: Arc<Ingest>,
    /// Members and their sign-ins.
    pub auth: Arc<Auth>,
    /// Ingest keys.
    pub keys: Arc<Keys>,
    /// Outcomes and failed events.
    pub failed_events: Arc<FailedEvents>,
    /// Questions to the lake.
    pub analytics: Arc<Analytics>,
    /// Statements over the named tables.
    pub sql: Arc<Sql>,
    /// The live feed.
    pub live: Arc<LiveHub>,
    /// Whether the stores answer.
    pub readiness: Arc<dyn Readiness>,
    /// The text of `/metrics`.
    pub metrics: Arc<dyn Fn() -> String + Send + Sync>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids for requests.
    pub ids: Arc<dyn IdSource>,
    /// What the operator set.
    pub settings: Arc<Settings>,
}

/// What the operator set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Largest ingest body after decompression, in bytes.
    pub max_body_bytes: usize,
    /// Whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: TrustedProxies,
    /// Set-up and sign-in over plain HTTP are for loopback only, unless this is set.
    pub public_url: Option<String>,
}

/// Whether the stores answer.
#[async_trait]
pub trait Readiness: Send + Sync {
    /// The stores that do not answer, by name; empty when all do.
    async fn failing(&self) -> Vec<&'static str>;
}

/// The address of the connection a request came on, put into its extensions by the server.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);
