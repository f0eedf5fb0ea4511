//! From settings to running parts: the only place that names every adapter.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use api::{App, Readiness, Settings, TrustedProxies};
use async_trait::async_trait;
use catalog::Catalog;
use domain::clock::Clock;
use domain::id::IdSource;
use engine::auth::Auth;
use engine::failed_events::FailedEvents;
use engine::ingest::{self, FailedBudget, Ingest, KeyDirectory};
use engine::jobs::Jobs;
use engine::keys::Keys;
use engine::live::LiveHub;
use engine::ports::geo::{Geo, Nowhere};
use engine::ports::journal::Journal;
use engine::ports::lake::LakeWriter;
use engine::projections::{AccountsProjection, LakeProjection, Projection};
use engine::questions::Analytics;
use journal::sqlite::SqliteJournal;
use lake::Lake;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;
use uuid::Uuid;

use crate::config::Config;
use crate::geo::MaxMind;
use crate::journal_id;
use crate::system::{RandomIds, SystemChance, SystemClock};

/// For commands that manage the catalog and follow no journal.
pub(crate) const NO_JOURNAL: Uuid = Uuid::nil();
/// Questions that run at once.
const CONCURRENT_QUESTIONS: usize = 4;

/// Everything, put together and not yet running.
pub(crate) struct Parts {
    pub(crate) app: App,
    pub(crate) journal: Arc<dyn Journal>,
    pub(crate) catalog: Arc<Catalog>,
    pub(crate) projections: Vec<(Arc<dyn Projection>, watch::Sender<u64>)>,
    /// How far the lake has come.
    pub(crate) visible: watch::Receiver<u64>,
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) prometheus: Arc<PrometheusHandle>,
}

/// Opens the stores and puts the parts together.
pub(crate) async fn assemble(
    config: &Config,
    prometheus: Arc<PrometheusHandle>,
) -> anyhow::Result<Parts> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids: Arc<dyn IdSource> = Arc::new(RandomIds);
    let chance = Arc::new(SystemChance);
    let Stores { journal, catalog, lake } = open_stores(config, &clock, &ids).await?;
    let geo: Arc<dyn Geo> = match &config.geo.mmdb {
        Some(path) => Arc::new(MaxMind::open(path)?),
        None => Arc::new(Nowhere),
    };
    let directory = Arc::new(KeyDirectory::new(catalog.clone()));
    let ingest = Ingest::new(ingest::Parts {
        journal: journal.clone(),
        keys: directory.clone(),
        geo,
        address_limit_per_minute: config.ingest.address_limit_per_minute,
        budget: FailedBudget::new(config.ingest.failed_bytes_per_day),
        clock: clock.clone(),
        ids: ids.clone(),
    })?;
    let (lake_at, visible) = watch::channel(0);
    let (accounts_at, accounted) = watch::channel(0);
    let projections: Vec<(Arc<dyn Projection>, watch::Sender<u64>)> = vec![
        (Arc::new(LakeProjection::new(lake.clone())), lake_at),
        (Arc::new(AccountsProjection::new(catalog.clone())), accounts_at),
    ];
    let jobs = Jobs {
        journal: journal.clone(),
        lake: lake.clone(),
        accounts: catalog.clone(),
        keys: directory.clone(),
        clock: clock.clone(),
        journal_keep_seconds: i64::from(config.journal.keep_hours) * 3_600,
        failed_keep_seconds: i64::from(config.ingest.failed_keep_days) * 86_400,
        positions: vec![visible.clone(), accounted],
    };
    let readiness =
        StoreReadiness { journal: journal.clone(), catalog: catalog.clone(), lake: lake.clone() };
    let rendering = prometheus.clone();
    let app = App {
        ingest: Arc::new(ingest),
        auth: Arc::new(Auth::new(catalog.clone(), clock.clone(), ids.clone(), chance.clone())),
        keys: Arc::new(Keys::new(catalog.clone(), directory, clock.clone(), ids.clone(), chance)),
        failed_events: Arc::new(FailedEvents::new(catalog.clone(), clock.clone())),
        analytics: Arc::new(Analytics::new(lake, CONCURRENT_QUESTIONS)),
        live: Arc::new(LiveHub::new(journal.clone())),
        readiness: Arc::new(readiness),
        metrics: Arc::new(move || rendering.render()),
        clock,
        ids,
        settings: Arc::new(Settings {
            max_body_bytes: config.ingest.max_body_bytes,
            trusted_proxies: TrustedProxies::new(config.server.trusted_proxies.clone()),
            public_url: config.server.public_url.clone(),
        }),
    };
    Ok(Parts { app, journal, catalog, projections, visible, jobs: Arc::new(jobs), prometheus })
}

struct Stores {
    journal: Arc<SqliteJournal>,
    catalog: Arc<Catalog>,
    lake: Arc<Lake>,
}

async fn open_stores(
    config: &Config,
    clock: &Arc<dyn Clock>,
    ids: &Arc<dyn IdSource>,
) -> anyhow::Result<Stores> {
    let dir = &config.data.dir;
    make_private(dir)?;
    let mut options = journal::sqlite::Options::in_folder(dir.join("journal"));
    options.dedup_days = config.journal.dedup_days;
    let journal =
        SqliteJournal::open(&options, clock.clone()).context("the journal does not open")?;
    let id = journal_id::load_or_make(&dir.join("journal"), &**clock, &**ids)?;
    let catalog = open_catalog(config, id).await?;
    let mut options = lake::Options::new(dir.join("lake"));
    options.query_memory_bytes = config.lake.query_memory_mib * 1024 * 1024;
    options.question_timeout = Duration::from_secs(config.lake.question_timeout_seconds);
    let lake =
        Lake::open(options, clock.clone(), ids.clone()).await.context("the lake does not open")?;
    Ok(Stores { journal: Arc::new(journal), catalog: Arc::new(catalog), lake: Arc::new(lake) })
}

/// Makes the data folder, for this user only: it holds password hashes and what visitors did.
fn make_private(dir: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .with_context(|| format!("data.dir: {} cannot be made", dir.display()))
}

/// Opens the catalog. `journal` is this server's; commands that run no projections give [`NO_JOURNAL`].
pub(crate) async fn open_catalog(config: &Config, journal: Uuid) -> anyhow::Result<Catalog> {
    let opened = match config.catalog_file() {
        Some(path) => Catalog::open(&path).await,
        None => Catalog::connect(&config.catalog.url, journal).await,
    };
    opened.with_context(|| format!("the catalog {} does not open", config.catalog_name()))
}

struct StoreReadiness {
    journal: Arc<dyn Journal>,
    catalog: Arc<Catalog>,
    lake: Arc<Lake>,
}

#[async_trait]
impl Readiness for StoreReadiness {
    async fn failing(&self) -> Vec<&'static str> {
        let journal = self.journal.bounds().await.is_err().then_some("journal");
        let catalog = self.catalog.ping().await.is_err().then_some("catalog");
        let lake = self.lake.stats().await.is_err().then_some("lake");
        [journal, catalog, lake].into_iter().flatten().collect()
    }
}
