//! An engine on stores in a folder, and the API before it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use api::{App, Host, Readiness, ServerIdentity, Settings, TrustedProxies};
use async_trait::async_trait;
use blobs::FolderBlobs;
use catalog::Catalog;
use domain::money::Currency;
use domain::project_creation::CreationRule;
use engine::live::{LiveIntervals, LiveLimits};
use engine::ports::geo::NoGeo;
use engine::projections::{Projection, run};
use engine::webhooks::sender::WebhookSender;
use engine::{Engine, Ports};
use journal::sqlite::SqliteJournal;
use outbound::{Client, DnsLookup, Limits, SystemDns};
use testkit::fakes::lake::UnreachableLake;
use testkit::fakes::memory_lake::MemoryLake;
use testkit::fakes::resources::FixedResources;
use testkit::fakes::sql::CannedSql;
use testkit::fakes::subjects_with_reader::SubjectsWithReader;
use tokio_util::sync::{CancellationToken, DropGuard};
use uuid::Uuid;

use super::Machine;

/// Days that recordings are kept here.
pub(crate) const KEEP_DAYS: u32 = 30;
/// Bytes of them that a project may send a day here.
pub(crate) const RECORDED_BYTES_PER_DAY: u64 = 64 * 1_024;

/// The stores of one server.
pub(super) struct Stores {
    pub(super) journal: Arc<SqliteJournal>,
    pub(super) catalog: Arc<Catalog>,
    pub(super) subjects: Arc<SubjectsWithReader>,
    pub(super) lake: Arc<MemoryLake>,
    pub(super) questions: Arc<UnreachableLake>,
}

impl Stores {
    /// These, and doubles of what tests cannot have.
    pub(super) fn ports(&self, machine: &Machine, folder: &Path) -> Ports {
        let Machine { clock, ids, random } = machine.clone();
        let lookup: Arc<dyn DnsLookup> = Arc::new(SystemDns);
        let outbound = Client::new(
            &lookup,
            vec!["127.0.0.0/8".parse().expect("a range")],
            Limits { connect: Duration::from_secs(2), total: Duration::from_secs(2) },
        );
        Ports {
            journal: self.journal.clone(),
            catalog: self.catalog.clone(),
            subjects: self.subjects.clone(),
            audit: self.catalog.clone(),
            lake: self.lake.clone(),
            questions: self.questions.clone(),
            lake_subjects: self.lake.clone(),
            lake_retention: self.lake.clone(),
            blobs: Arc::new(FolderBlobs::open(&folder.join("blobs")).expect("blobs")),
            geo: Arc::new(NoGeo),
            outbound: Arc::new(outbound.expect("a client")),
            sql: Arc::new(CannedSql),
            resources: Arc::new(FixedResources::default()),
            clock,
            ids,
            random,
        }
    }
}

/// The settings of a test's server.
pub(super) fn settings() -> engine::Settings {
    engine::Settings {
        address_limit_per_minute: 0,
        failed_bytes_per_day: 1 << 20,
        failed_keep_seconds: 14 * 86_400,
        journal_keep_seconds: 86_400,
        session_keep_days: 90,
        recording_keep_days: KEEP_DAYS,
        recorded_bytes_per_day: RECORDED_BYTES_PER_DAY,
        second_sweep_seconds: 60,
        creation: CreationRule::default(),
        live_limits: LiveLimits::default(),
        live_intervals: LiveIntervals::default(),
        concurrent_questions: 1,
        concurrent_statements: 1,
    }
}

/// The host of a test's server.
pub(super) fn host() -> Host {
    Host {
        readiness: Arc::new(AlwaysReady),
        metrics: Arc::new(String::new),
        settings: Settings {
            max_body_bytes: 4 << 20,
            body_memory_bytes: 32 << 20,
            trusted_proxies: TrustedProxies::new(Vec::new()),
            default_currency: Currency::parse("TZS").expect("a currency"),
            public_url: None,
            cron_secret: None,
            metrics_token: None,
        },
        identity: ServerIdentity { id: Uuid::from_u128(0x5e7), version: "1.2.3" },
    }
}

struct AlwaysReady;

#[async_trait]
impl Readiness for AlwaysReady {
    async fn failing(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

/// An engine of which only the sessions and the live feed run by themselves.
pub(super) struct Running {
    pub(super) app: App,
    /// The other projections.
    pub(super) projections: Vec<Arc<dyn Projection>>,
    pub(super) deliveries: Arc<WebhookSender>,
    pub(super) stop: DropGuard,
}

impl Running {
    /// Starts it. The feed takes for visible what is journaled.
    pub(super) async fn start(ports: &Ports, settings: &engine::Settings, host: Host) -> Self {
        let engine = Engine::new(ports.clone(), settings.clone()).await.expect("an engine");
        let stop = CancellationToken::new();
        // Answers about sessions wait for this projection, so it runs by itself, as it does in a server.
        let (by_itself, by_hand): (Vec<_>, Vec<_>) =
            engine.projections.into_iter().partition(|(it, _)| it.name() == "sessions");
        for (sessions, position) in by_itself {
            tokio::spawn(run(ports.journal.clone(), sessions, position, stop.clone()));
        }
        let (live, visible) = (engine.services.live.clone(), ports.journal.tail());
        let stopped = stop.clone();
        tokio::spawn(async move { live.run(visible, stopped).await });
        let deliveries = engine.services.jobs.webhooks().clone();
        Self {
            app: App::new(engine.services, host),
            projections: by_hand.into_iter().map(|(it, _)| it).collect(),
            deliveries,
            stop: stop.drop_guard(),
        }
    }
}
