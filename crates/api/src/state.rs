//! The state every handler shares.

use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::Arc;

use async_trait::async_trait;
use domain::id::ProjectId;
use domain::money::Currency;
use engine::Services;
use secrecy::SecretString;
use uuid::Uuid;

use crate::bodies::BodyBudget;
use crate::client::TrustedProxies;
use crate::timings::ResponseTimes;

/// The use cases and the host. One pointer, since every request copies
/// it several times.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    services: Services,
    host: Host,
    bodies: BodyBudget,
    response_times: Arc<ResponseTimes>,
}

/// Provided by the program around the API.
#[derive(Clone)]
pub struct Host {
    /// Whether the stores answer.
    pub readiness: Arc<dyn Readiness>,
    /// The text of `/metrics`.
    pub metrics: Arc<dyn Fn() -> String + Send + Sync>,
    /// The operator's settings.
    pub settings: Settings,
    /// The server itself.
    pub identity: ServerIdentity,
}

/// A server among those on the same catalog.
#[derive(Debug, Clone, Copy)]
pub struct ServerIdentity {
    /// The id of its journal.
    pub id: Uuid,
    /// The version of the program.
    pub version: &'static str,
}

impl App {
    /// Makes the parts reachable.
    pub fn new(services: Services, host: Host) -> Self {
        let bodies = BodyBudget::new(host.settings.body_memory_bytes);
        Self(Arc::new(Shared { services, host, bodies, response_times: Arc::default() }))
    }

    /// The use cases.
    pub fn services(&self) -> &Services {
        &self.0.services
    }

    /// Provided by the program around the API.
    pub fn host(&self) -> &Host {
        &self.0.host
    }

    /// The operator's settings.
    pub(crate) fn settings(&self) -> &Settings {
        &self.0.host.settings
    }

    /// The currency of a project's amounts that name none.
    pub(crate) async fn default_currency(&self, project: ProjectId) -> Currency {
        let own = self.ingest.default_currency(project).await;
        own.unwrap_or_else(|| self.settings().default_currency.clone())
    }

    /// How long requests took.
    pub(crate) fn response_times(&self) -> &Arc<ResponseTimes> {
        &self.0.response_times
    }

    /// The memory of request bodies.
    pub(crate) fn bodies(&self) -> &BodyBudget {
        &self.0.bodies
    }
}

impl Deref for App {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.0.services
    }
}

/// What the operator set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Largest ingest body after decompression, in bytes.
    pub max_body_bytes: usize,
    /// Memory of all request bodies that are read or answered, in bytes; at least eight times the largest.
    pub body_memory_bytes: usize,
    /// Of amounts that come without a currency.
    pub default_currency: Currency,
    /// Whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: TrustedProxies,
    /// Where people reach the server. If it is an address of HTTPS, so are its cookies.
    pub public_url: Option<String>,
    /// What `/api/analytics/cleanup` asks for; none: it answers loopback and private peers only.
    pub cron_secret: Option<SecretString>,
    /// What `/metrics` asks for as its bearer token; none: it answers programs on this machine only.
    pub metrics_token: Option<SecretString>,
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
