//! The whole API in this process, on a real catalog and journal in a folder of its own, with a clock
//! that is set by hand. Of the lake there is only what erasures and exports see: what asks it is tested with the
//! whole program.

mod accounts;
mod answer;
mod live;
mod privacy_parts;
mod recordings;
mod requests;
mod stored;

use std::sync::Arc;
use std::time::Duration;

use api::{App, Readiness, Settings, TrustedProxies};
use async_trait::async_trait;
use axum::Router;
use catalog::Catalog;
use domain::id::ProjectId;
use domain::money::Currency;
use engine::audit::Audit;
use engine::billing::Billing;
use engine::crm::{self, Crm};
use engine::customers::Customers;
use engine::failed_events::FailedEvents;
use engine::ingest::{
    self, DailyVisitors, FailedBudget, Ingest, KeyDirectory, SuppressionLists, WidgetDirectory,
};
use engine::keys::Keys;
use engine::lead_scores::Leads;
use engine::ports::catalog::AuditLog;
use engine::ports::geo::Nowhere;
use engine::privacy::Privacy;
use engine::projections::{
    AccountsProjection, CallsProjection, CrmProjection, LakeProjection, LeadScoresProjection,
    Projection, SessionsProjection, run,
};
use engine::questions::Analytics;
use engine::sdk_reports::SdkReports;
use engine::sdk_settings::SdkSettingsDesk;
use engine::session_completion::{self, SessionCompletion};
use engine::sessions::Sessions;
use engine::sql::Sql;
use engine::webhooks::{self, Webhooks, delivery::Delivery};
use engine::widgets::Widgets;
use journal::sqlite::SqliteJournal;
use outbound::{Client, Limits, Lookup, SystemLookup};
use tempfile::TempDir;
use testkit::chance::CountingChance;
use testkit::clock::ManualClock;
use testkit::fakes::held_subjects::HeldSubjects;
use testkit::fakes::lake::UnreachableLake;
use testkit::fakes::memory_lake::MemoryLake;
use testkit::fakes::sql::CannedSql;
use testkit::ids::CountingIds;
use tokio::sync::watch;
use tokio_util::sync::{CancellationToken, DropGuard};

pub(crate) use answer::Answer;
use live::Authority;
use privacy_parts::PrivacyParts;
pub(crate) use recordings::{KEEP_DAYS, RECORDED_BYTES_PER_DAY};

/// A server with one project, whose owner is signed in, and one key.
pub(crate) struct TestServer {
    pub(crate) app: App,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) project: ProjectId,
    /// The project's key; it admits pages of `https://shop.test` and programs' requests to none.
    pub(crate) key: String,
    router: Router,
    pub(crate) journal: Arc<SqliteJournal>,
    pub(crate) catalog: Arc<Catalog>,
    /// What erasures and exports work with.
    pub(crate) privacy_parts: PrivacyParts,
    projections: Vec<Arc<dyn Projection>>,
    /// The owner's.
    pub(crate) session: String,
    /// Sends what webhooks wait for.
    pub(crate) deliveries: Arc<Delivery>,
    machine: Machine,
    authority: Authority,
    _stop: DropGuard,
    pub(crate) folder: TempDir,
}

/// Time and chance, the same for servers that stand beside each other.
#[derive(Clone, Default)]
struct Machine {
    clock: Arc<ManualClock>,
    ids: Arc<CountingIds>,
    chance: Arc<CountingChance>,
}

/// Who uses a server.
struct Account {
    project: ProjectId,
    key: String,
    session: String,
}

struct AlwaysReady;

#[async_trait]
impl Readiness for AlwaysReady {
    async fn failing(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

impl TestServer {
    pub(crate) async fn start() -> Self {
        let folder = TempDir::new().expect("a folder");
        let catalog = Catalog::open(&folder.path().join("catalog.db")).await.expect("a catalog");
        Self::assemble(folder, catalog, Machine::default(), None).await
    }

    /// A server on this catalog, with a journal of its own.
    pub(crate) async fn on(catalog: Catalog) -> Self {
        let folder = TempDir::new().expect("a folder");
        Self::assemble(folder, catalog, Machine::default(), None).await
    }

    /// Another server on the same catalog, with a journal of its own and the same clock.
    pub(crate) async fn beside(&self, catalog: Catalog) -> Self {
        let folder = TempDir::new().expect("a folder");
        let account =
            Account { project: self.project, key: self.key.clone(), session: self.session.clone() };
        Self::assemble(folder, catalog, self.machine.clone(), Some(account)).await
    }

    #[expect(clippy::too_many_lines, reason = "a list of parts, each put in its place")]
    async fn assemble(
        folder: TempDir,
        catalog: Catalog,
        machine: Machine,
        account: Option<Account>,
    ) -> Self {
        let Machine { clock, ids, chance } = machine.clone();
        let options = journal::sqlite::Options::in_folder(folder.path().join("journal"));
        let journal = Arc::new(SqliteJournal::open(&options, clock.clone()).expect("a journal"));
        let catalog = Arc::new(catalog);
        let lake = Arc::new(MemoryLake::default());
        let directory = Arc::new(KeyDirectory::new(catalog.clone()));
        let suppressions = Arc::new(SuppressionLists::new(catalog.clone()));
        let visitors = DailyVisitors::new(catalog.clone(), chance.clone(), clock.clone());
        visitors.refresh().await.expect("salts");
        let visitors = Arc::new(visitors);
        let ingest = Ingest::new(ingest::Parts {
            journal: journal.clone(),
            keys: directory.clone(),
            geo: Arc::new(Nowhere),
            address_limit_per_minute: 0,
            budget: FailedBudget::new(1 << 20),
            suppressions: suppressions.clone(),
            visitors: visitors.clone(),
            sdk_settings: catalog.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
        })
        .expect("an ingest");
        let ingest = Arc::new(ingest);
        let crm = Crm::new(crm::Parts {
            facts: catalog.clone(),
            contacts: catalog.clone(),
            tasks: catalog.clone(),
            projects: catalog.clone(),
            ingest: ingest.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
        });
        let authority = Authority::over(&catalog, &machine);
        let stop = CancellationToken::new();
        let widgets = Arc::new(WidgetDirectory::new(catalog.clone()));
        let completion = SessionCompletion::new(session_completion::Parts {
            calls: catalog.clone(),
            runs: catalog.clone(),
            ingest: ingest.clone(),
            journal: journal.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
        });
        let lookup: Arc<dyn Lookup> = Arc::new(SystemLookup);
        let outbound = Client::new(
            &lookup,
            vec!["127.0.0.0/8".parse().expect("a range")],
            Limits { connect: Duration::from_secs(2), total: Duration::from_secs(2) },
        );
        let outbound = Arc::new(outbound.expect("a client"));
        let webhooks = Webhooks::new(webhooks::Parts {
            store: catalog.clone(),
            outbound: outbound.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
            chance: chance.clone(),
        });
        let deliveries = Delivery::new(webhooks::delivery::Parts {
            store: catalog.clone(),
            outbound,
            clock: clock.clone(),
            chance: chance.clone(),
        });
        let currency = Currency::parse("TZS").expect("a currency");
        // Answers about sessions wait for this projection, so it runs by itself, as it does in a server.
        let sessions = Arc::new(SessionsProjection::new(catalog.clone()));
        let projections: Vec<Arc<dyn Projection>> = vec![
            Arc::new(LakeProjection::new(lake.clone())),
            Arc::new(AccountsProjection::new(catalog.clone())),
            Arc::new(LeadScoresProjection::new(catalog.clone())),
            Arc::new(CrmProjection::new(catalog.clone())),
            Arc::new(CallsProjection::new(catalog.clone())),
        ];
        let recordings = recordings::over(folder.path(), &catalog, &suppressions, &machine.clock);
        let privacy_parts = PrivacyParts {
            recordings: recordings.clone(),
            lake: lake.clone(),
            subjects: Arc::new(HeldSubjects::of(catalog.clone())),
            projections: projections.iter().cloned().chain([sessions.clone() as _]).collect(),
            suppressions,
        };
        let app = App::new(api::Parts {
            ingest: ingest.clone(),
            auth: authority.auth.clone(),
            keys: Arc::new(Keys::new(
                catalog.clone(),
                directory,
                clock.clone(),
                ids.clone(),
                chance.clone(),
            )),
            leads: Arc::new(Leads::new(catalog.clone(), clock.clone())),
            sdk_reports: Arc::new(SdkReports::new(catalog.clone(), clock.clone())),
            sdk_settings: Arc::new(SdkSettingsDesk::new(catalog.clone(), clock.clone())),
            sessions: Arc::new(Sessions::new(
                catalog.clone(),
                journal.clone(),
                ingest,
                clock.clone(),
                90,
            )),
            customers: Arc::new(Customers::new(catalog.clone(), clock.clone(), chance)),
            widgets: Arc::new(Widgets::new(catalog.clone(), widgets, clock.clone(), ids.clone())),
            billing: Arc::new(Billing::new(catalog.clone(), catalog.clone(), clock.clone())),
            completion: Arc::new(completion),
            failed_events: Arc::new(FailedEvents::new(catalog.clone(), clock.clone())),
            crm: Arc::new(crm),
            analytics: Arc::new(Analytics::new(Arc::new(UnreachableLake), 1)),
            secret_keys: authority.secret_keys.clone(),
            audit: Arc::new(Audit::new(catalog.clone(), clock.clone())),
            sql: Arc::new(Sql::new(Arc::new(CannedSql), 1)),
            webhooks: Arc::new(webhooks),
            recordings,
            privacy: Arc::new(privacy_parts.over(&catalog, &journal, &clock)),
            live: authority.feed(&journal, &machine, Default::default(), stop.clone()),
            readiness: Arc::new(AlwaysReady),
            metrics: Arc::new(String::new),
            clock: clock.clone(),
            ids,
            settings: Arc::new(Settings {
                max_body_bytes: 4 << 20,
                body_memory_bytes: 32 << 20,
                trusted_proxies: TrustedProxies::new(Vec::new()),
                default_currency: currency,
                public_url: None,
                cron_secret: None,
                metrics_token: None,
            }),
        });
        let Account { project, key, session } = match account {
            Some(account) => account,
            None => accounts::set_up(&app).await,
        };
        let (sessions_at, _) = watch::channel(0);
        tokio::spawn(run(journal.clone(), sessions, sessions_at, stop.clone()));
        let router = api::router(app.clone());
        Self {
            app,
            clock,
            project,
            key,
            router,
            journal,
            projections,
            session,
            machine,
            authority,
            _stop: stop.drop_guard(),
            catalog,
            deliveries: Arc::new(deliveries),
            privacy_parts,
            folder,
        }
    }

    /// The same server, with another place for its audit log.
    pub(crate) fn with_audit_log(mut self, store: Arc<dyn AuditLog>) -> Self {
        let audit = Arc::new(Audit::new(store, self.clock.clone()));
        self.app = App::new(api::Parts { audit, ..api::Parts::clone(&self.app) });
        self.router = api::router(self.app.clone());
        self
    }

    /// Another server's session completion, over the same catalog and journal.
    pub(crate) fn second_completion(&self) -> SessionCompletion {
        SessionCompletion::new(session_completion::Parts {
            calls: self.catalog.clone(),
            runs: self.catalog.clone(),
            ingest: self.app.ingest.clone(),
            journal: self.journal.clone(),
            clock: self.clock.clone(),
            ids: self.app.ids.clone(),
        })
    }

    /// The erasures as another process, or this one after a restart, goes on with them.
    pub(crate) fn privacy_after_restart(&self) -> Privacy {
        self.privacy_parts.over(&self.catalog, &self.journal, &self.clock)
    }

    /// Begins to answer by other settings.
    pub(crate) fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        let mut settings = Settings::clone(&self.app.settings);
        change(&mut settings);
        let settings = Arc::new(settings);
        self.app = App::new(api::Parts { settings, ..api::Parts::clone(&self.app) });
        self.router = api::router(self.app.clone());
    }
}
