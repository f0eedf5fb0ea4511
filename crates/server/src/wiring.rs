//! From settings to running parts: the only place that names every adapter.

mod readiness;
mod screenshots;
mod sql;
mod stores;

use std::sync::Arc;

use anyhow::Context as _;
use api::{App, Host, ServerIdentity, TrustedProxies};
use blobs::FolderBlobs;
use catalog::Catalog;
use domain::clock::Clock;
use domain::id::IdSource;
use engine::jobs::BackgroundJobs;
use engine::live::LiveIntervals;
use engine::ports::geo::{Geo, NoGeo};
use engine::ports::journal::Journal;
use engine::ports::outbound::Outbound;
use engine::projections::Projection;
use engine::{Engine, Ports};
use metrics_exporter_prometheus::PrometheusHandle;
use outbound::{Client, DnsLookup, Limits, SystemDns};
use tokio::sync::watch;

use crate::config::{Config, SecretSetting};
use crate::geo::MaxMind;
use crate::resources::LocalResources;
use crate::system::{RandomIds, SystemClock, SystemRandom};
use readiness::StoreReadiness;
use sql::spill_folder;
pub(crate) use sql::{sql_options, sql_surface};
pub(crate) use stores::{NO_JOURNAL, make_private, open_catalog, open_lake};
use stores::{OpenStores, open_stores};

/// Questions that run at once.
const CONCURRENT_QUESTIONS: usize = 4;

/// Statements of SQL that run at once.
const CONCURRENT_STATEMENTS: usize = 2;

/// Something around the client of outgoing requests.
pub(crate) type OutboundLayer = fn(Arc<dyn Outbound>) -> Arc<dyn Outbound>;

/// Everything, put together and not yet running.
pub(crate) struct Components {
    pub(crate) app: App,
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) projections: Vec<(Arc<dyn Projection>, watch::Sender<u64>)>,
    /// How far the lake has come.
    pub(crate) visible: watch::Receiver<u64>,
    pub(crate) jobs: Arc<BackgroundJobs>,
    pub(crate) prometheus: Arc<PrometheusHandle>,
}

/// Opens the stores and puts the parts together.
pub(crate) async fn assemble(
    config: &Config,
    prometheus: Arc<PrometheusHandle>,
    outbound: OutboundLayer,
) -> anyhow::Result<Components> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids: Arc<dyn IdSource> = Arc::new(RandomIds);
    let stores = open_stores(config, &clock, &ids).await?;
    let mut ports = ports(config, &stores, clock, ids)?;
    ports.outbound = outbound(ports.outbound);
    let engine =
        Engine::new(ports, settings(config)).await.context("the catalog cannot be read")?;
    let OpenStores { id, journal, catalog, lake } = stores;
    let readiness = StoreReadiness { journal: journal.clone(), catalog: catalog.clone(), lake };
    let rendering = prometheus.clone();
    let host = Host {
        readiness: Arc::new(readiness),
        metrics: Arc::new(move || rendering.render()),
        settings: api_settings(config),
        identity: ServerIdentity { id, version: env!("CARGO_PKG_VERSION") },
    };
    let jobs = engine.services.jobs.clone();
    Ok(Components {
        app: App::new(engine.services, host),
        journal,
        catalog,
        projections: engine.projections,
        visible: engine.visible,
        jobs,
        prometheus,
    })
}

/// The adapters, those without a store opened or made here.
fn ports(
    config: &Config,
    stores: &OpenStores,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
) -> anyhow::Result<Ports> {
    let OpenStores { journal, catalog, lake, .. } = stores;
    let geo: Arc<dyn Geo> = match &config.geo.mmdb {
        Some(path) => Arc::new(MaxMind::open(path)?),
        None => Arc::new(NoGeo),
    };
    let blobs = FolderBlobs::open(&config.data.dir.join("blobs"));
    let blobs = blobs.context("the folder of recordings does not open")?;
    let lookup: Arc<dyn DnsLookup> = Arc::new(SystemDns);
    let allowed = config.outbound.allow_private.clone();
    let outbound = Client::new(&lookup, allowed, Limits::default())
        .context("the client for outgoing requests cannot be created")?;
    let statements = sql_surface(config, lake.clone(), catalog.clone(), &spill_folder(config)?)?;
    Ok(Ports {
        journal: journal.clone(),
        catalog: catalog.clone(),
        subjects: catalog.clone(),
        audit: catalog.clone(),
        lake: lake.clone(),
        questions: lake.clone(),
        lake_subjects: lake.clone(),
        lake_retention: lake.clone(),
        blobs: Arc::new(blobs),
        geo,
        outbound: Arc::new(outbound),
        sql: Arc::new(statements),
        resources: Arc::new(LocalResources::new(config)),
        clock,
        ids,
        random: Arc::new(SystemRandom),
    })
}

/// The settings of the use cases.
fn settings(config: &Config) -> engine::Settings {
    engine::Settings {
        address_limit_per_minute: config.ingest.address_limit_per_minute,
        failed_bytes_per_day: config.ingest.failed_bytes_per_day,
        failed_keep_seconds: i64::from(config.ingest.failed_keep_days) * 86_400,
        journal_keep_seconds: i64::from(config.journal.keep_hours) * 3_600,
        session_keep_days: config.sessions.keep_days,
        recording_keep_days: config.recordings.keep_days,
        recorded_bytes_per_day: config.recordings.bytes_per_day,
        second_sweep_seconds: i64::from(config.privacy.second_sweep_seconds),
        creation: config.accounts.rule(),
        live_limits: config.live.limits(),
        live_intervals: LiveIntervals::default(),
        concurrent_questions: CONCURRENT_QUESTIONS,
        concurrent_statements: CONCURRENT_STATEMENTS,
    }
}

/// The settings of the API.
fn api_settings(config: &Config) -> api::Settings {
    api::Settings {
        max_body_bytes: config.ingest.max_body_bytes,
        body_memory_bytes: config.ingest.body_memory_mib * 1024 * 1024,
        trusted_proxies: TrustedProxies::new(config.server.trusted_proxies.clone()),
        default_currency: config.ingest.default_currency.clone(),
        public_url: config.server.public_url.clone(),
        cron_secret: config.billing.cron_secret.as_ref().map(SecretSetting::to_secret_string),
        metrics_token: config.metrics.token(),
    }
}
