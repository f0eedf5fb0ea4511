//! What every handler can reach.

use std::net::SocketAddr;
use std::ops::Deref;
use std::sync::Arc;

use async_trait::async_trait;
use domain::clock::Clock;
use domain::id::IdSource;
use domain::money::Currency;
use engine::audit::Audit;
use engine::auth::Auth;
use engine::billing::Billing;
use engine::crm::Crm;
use engine::customers::Customers;
use engine::failed_events::FailedEvents;
use engine::ingest::Ingest;
use engine::keys::Keys;
use engine::lead_scores::Leads;
use engine::live::LiveHub;
use engine::privacy::Privacy;
use engine::questions::Analytics;
use engine::recordings::Recordings;
use engine::sdk_reports::SdkReports;
use engine::sdk_settings::SdkSettingsDesk;
use engine::secret_keys::SecretKeyring;
use engine::session_completion::SessionCompletion;
use engine::sessions::Sessions;
use engine::sql::Sql;
use engine::webhooks::Webhooks;
use engine::widgets::Widgets;
use secrecy::SecretString;

use crate::bodies::BodyBudget;
use crate::client::TrustedProxies;

/// The use cases and settings. One pointer, since every request copies it several times.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    parts: Parts,
    bodies: BodyBudget,
}

impl App {
    /// Makes the parts reachable.
    pub fn new(parts: Parts) -> Self {
        let bodies = BodyBudget::new(parts.settings.body_memory_bytes);
        Self(Arc::new(Shared { parts, bodies }))
    }

    /// The memory of request bodies.
    pub(crate) fn bodies(&self) -> &BodyBudget {
        &self.0.bodies
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}

/// What an [`App`] is made of.
#[derive(Clone)]
pub struct Parts {
    /// Taking events in.
    pub ingest: Arc<Ingest>,
    /// Members and their sign-ins.
    pub auth: Arc<Auth>,
    /// Ingest keys.
    pub keys: Arc<Keys>,
    /// Lead scores.
    pub leads: Arc<Leads>,
    /// What browsers report of their own events.
    pub sdk_reports: Arc<SdkReports>,
    /// What the SDK does on pages.
    pub sdk_settings: Arc<SdkSettingsDesk>,
    /// Call widgets.
    pub widgets: Arc<Widgets>,
    /// What calls cost.
    pub billing: Arc<Billing>,
    /// The ends of calls that nobody ended.
    pub completion: Arc<SessionCompletion>,
    /// Outcomes and failed events.
    pub failed_events: Arc<FailedEvents>,
    /// Contacts and tasks.
    pub crm: Arc<Crm>,
    /// Questions to the lake.
    pub analytics: Arc<Analytics>,
    /// Secret keys.
    pub secret_keys: Arc<SecretKeyring>,
    /// The account of what was done.
    pub audit: Arc<Audit>,
    /// Customers' sessions.
    pub sessions: Arc<Sessions>,
    /// Customers and their figures.
    pub customers: Arc<Customers>,
    /// Recordings of visits, and pictures of pages.
    pub recordings: Arc<Recordings>,
    /// Who is told of changes.
    pub webhooks: Arc<Webhooks>,
    /// Statements over the named tables.
    pub sql: Arc<Sql>,
    /// What is known of a person, and forgetting it.
    pub privacy: Arc<Privacy>,
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
