//! From settings to running parts: the only place that names every adapter.

mod privacy;
mod readiness;
mod recordings;
mod sql;
mod stores;

use std::sync::Arc;

use anyhow::Context as _;
use api::{App, Settings, TrustedProxies};
use catalog::Catalog;
use domain::clock::Clock;
use domain::id::IdSource;
use engine::audit::Audit;
use engine::auth::{self, Auth, AuthorityChanges};
use engine::billing::Billing;
use engine::crm::{self, Crm};
use engine::customers::Customers;
use engine::failed_events::FailedEvents;
use engine::ingest::{
    self, DailyVisitors, FailedBudget, Ingest, KeyDirectory, SuppressionLists, WidgetDirectory,
};
use engine::jobs::Jobs;
use engine::keys::Keys;
use engine::lead_scores::Leads;
use engine::live::{self, LiveHub};
use engine::ports::geo::{Geo, Nowhere};
use engine::ports::journal::Journal;
use engine::projections::{
    AccountsProjection, CallsProjection, CrmProjection, LakeProjection, LeadScoresProjection,
    Projection, SessionsProjection,
};
use engine::questions::Analytics;
use engine::sdk_reports::SdkReports;
use engine::sdk_settings::SdkSettingsDesk;
use engine::secret_keys::SecretKeyring;
use engine::session_completion::{self, SessionCompletion};
use engine::sessions::Sessions;
use engine::sql::Sql;
use engine::widgets::Widgets;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::sync::watch;

use crate::config::{Config, Secret};
use crate::geo::MaxMind;
use crate::outgoing;
use crate::system::{RandomIds, SystemChance, SystemClock};
use readiness::StoreReadiness;
use sql::spill_folder;
pub(crate) use sql::{sql_options, sql_surface};
pub(crate) use stores::{NO_JOURNAL, open_catalog, open_lake};
use stores::{Stores, open_stores};

/// Questions that run at once.
const CONCURRENT_QUESTIONS: usize = 4;

/// Statements of SQL that run at once.
const CONCURRENT_STATEMENTS: usize = 2;

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
#[expect(clippy::too_many_lines, reason = "a list of parts, each put in its place")]
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
    let suppressions = Arc::new(SuppressionLists::new(catalog.clone()));
    suppressions.refresh().await.context("who asked to be forgotten cannot be read")?;
    let visitors = DailyVisitors::new(catalog.clone(), chance.clone(), clock.clone());
    let visitors = Arc::new(visitors);
    let currency = config.ingest.default_currency.clone();
    let ingest = Ingest::new(ingest::Parts {
        journal: journal.clone(),
        keys: directory.clone(),
        geo,
        address_limit_per_minute: config.ingest.address_limit_per_minute,
        budget: FailedBudget::new(config.ingest.failed_bytes_per_day),
        suppressions: suppressions.clone(),
        visitors: visitors.clone(),
        sdk_settings: catalog.clone(),
        clock: clock.clone(),
        ids: ids.clone(),
    })?;
    let ingest = Arc::new(ingest);
    let crm = Arc::new(Crm::new(crm::Parts {
        facts: catalog.clone(),
        contacts: catalog.clone(),
        tasks: catalog.clone(),
        projects: catalog.clone(),
        ingest: ingest.clone(),
        clock: clock.clone(),
        ids: ids.clone(),
    }));
    let mut followers = Followers::default();
    let visible = followers.add(LakeProjection::new(lake.clone()));
    followers.add(AccountsProjection::new(catalog.clone()));
    followers.add(LeadScoresProjection::new(catalog.clone()));
    followers.add(CrmProjection::new(catalog.clone()));
    followers.add(SessionsProjection::new(catalog.clone()));
    followers.add(CallsProjection::new(catalog.clone()));
    let audit = Arc::new(Audit::new(catalog.clone(), clock.clone()));
    let changes = AuthorityChanges::default();
    let auth = Arc::new(Auth::new(auth::Parts {
        store: catalog.clone(),
        clock: clock.clone(),
        ids: ids.clone(),
        chance: chance.clone(),
        creation: config.accounts.rule(),
        changes: changes.clone(),
    })?);
    let secret_keys = Arc::new(SecretKeyring::new(
        catalog.clone(),
        clock.clone(),
        ids.clone(),
        chance.clone(),
        changes.clone(),
    ));
    let sessions = Arc::new(Sessions::new(
        catalog.clone(),
        journal.clone(),
        ingest.clone(),
        clock.clone(),
        config.sessions.keep_days,
    ));
    let widgets = Arc::new(WidgetDirectory::new(catalog.clone()));
    let completion = Arc::new(SessionCompletion::new(session_completion::Parts {
        calls: catalog.clone(),
        runs: catalog.clone(),
        ingest: ingest.clone(),
        journal: journal.clone(),
        clock: clock.clone(),
        ids: ids.clone(),
    }));
    let (webhooks, deliveries) =
        outgoing::webhooks(config, catalog.clone(), clock.clone(), ids.clone(), chance.clone())?;
    let recordings = recordings::assemble(config, &catalog, &suppressions)?;
    let stores = privacy::Stores { catalog: &catalog, lake: &lake, journal: &journal };
    let readers = followers.projections.iter().map(|(it, _)| it.clone()).collect();
    let privacy = privacy::assemble(&stores, readers, &suppressions, &recordings);
    let sdk_reports = Arc::new(SdkReports::new(catalog.clone(), clock.clone()));
    let jobs = Jobs {
        journal: journal.clone(),
        lake: lake.clone(),
        accounts: catalog.clone(),
        keys: directory.clone(),
        sdk_reports: sdk_reports.clone(),
        crm: crm.clone(),
        audit: audit.clone(),
        recordings: recordings.clone(),
        webhooks: deliveries,
        clock: clock.clone(),
        journal_keep_seconds: i64::from(config.journal.keep_hours) * 3_600,
        failed_keep_seconds: i64::from(config.ingest.failed_keep_days) * 86_400,
        positions: followers.positions,
        sessions: sessions.clone(),
        completion: completion.clone(),
        privacy: privacy.clone(),
        suppressions,
        visitors,
    };
    let readiness =
        StoreReadiness { journal: journal.clone(), catalog: catalog.clone(), lake: lake.clone() };
    let rendering = prometheus.clone();
    let statements = sql_surface(config, lake.clone(), catalog.clone(), &spill_folder(config)?)?;
    let analytics = Arc::new(Analytics::new(lake, CONCURRENT_QUESTIONS));
    let live = LiveHub::new(live::Parts {
        journal: journal.clone(),
        analytics: analytics.clone(),
        auth: auth.clone(),
        secret_keys: secret_keys.clone(),
        changes,
        clock: clock.clone(),
        limits: config.live.limits(),
        pace: live::Pace::default(),
    });
    let app = App::new(api::Parts {
        ingest,
        auth,
        leads: Arc::new(Leads::new(catalog.clone(), clock.clone())),
        sdk_reports,
        sdk_settings: Arc::new(SdkSettingsDesk::new(catalog.clone(), clock.clone())),
        keys: Arc::new(Keys::new(
            catalog.clone(),
            directory,
            clock.clone(),
            ids.clone(),
            chance.clone(),
        )),
        sessions,
        customers: Arc::new(Customers::new(catalog.clone(), clock.clone(), chance)),
        widgets: Arc::new(Widgets::new(catalog.clone(), widgets, clock.clone(), ids.clone())),
        billing: Arc::new(Billing::new(catalog.clone(), catalog.clone(), clock.clone())),
        completion,
        failed_events: Arc::new(FailedEvents::new(catalog.clone(), clock.clone())),
        crm,
        analytics,
        secret_keys,
        privacy,
        recordings,
        audit,
        webhooks,
        sql: Arc::new(Sql::new(Arc::new(statements), CONCURRENT_STATEMENTS)),
        live: Arc::new(live),
        readiness: Arc::new(readiness),
        metrics: Arc::new(move || rendering.render()),
        clock,
        ids,
        settings: Arc::new(Settings {
            max_body_bytes: config.ingest.max_body_bytes,
            body_memory_bytes: config.ingest.body_memory_mib * 1024 * 1024,
            trusted_proxies: TrustedProxies::new(config.server.trusted_proxies.clone()),
            default_currency: currency,
            public_url: config.server.public_url.clone(),
            cron_secret: config.billing.cron_secret.as_ref().map(Secret::to_secret_string),
            metrics_token: config.metrics.token(),
        }),
    });
    Ok(Parts {
        app,
        journal,
        catalog,
        projections: followers.projections,
        visible,
        jobs: Arc::new(jobs),
        prometheus,
    })
}

/// The projections and how far each has come.
#[derive(Default)]
struct Followers {
    projections: Vec<(Arc<dyn Projection>, watch::Sender<u64>)>,
    positions: Vec<watch::Receiver<u64>>,
}

impl Followers {
    /// Adds a projection; what is returned follows its position.
    fn add(&mut self, projection: impl Projection + 'static) -> watch::Receiver<u64> {
        let (sender, receiver) = watch::channel(0);
        self.projections.push((Arc::new(projection), sender));
        self.positions.push(receiver.clone());
        receiver
    }
}
