//! The whole API in this process, on a real catalog and journal in a folder of its own, with a clock
//! that is set by hand. Of the lake there is only what erasures and exports see: what asks it is tested with the
//! whole program.

mod accounts;
mod answer;
mod live;
mod privacy_parts;
mod recordings;

use std::sync::Arc;
use std::time::Duration;

use api::{App, Peer, Readiness, Settings, TrustedProxies};
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use catalog::Catalog;
use domain::event::Event;
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
use engine::ports::catalog::{Accounts, AuditLog, OutcomeCount};
use engine::ports::geo::Nowhere;
use engine::ports::journal::{Block, Body as Stored, Journal};
use engine::privacy::Privacy;
use engine::projections::{
    AccountsProjection, CallsProjection, CrmProjection, LakeProjection, LeadScoresProjection,
    Projection, SessionsProjection, run,
};
use engine::questions::Analytics;
use engine::record::{self, Record};
use engine::sdk_reports::SdkReports;
use engine::sdk_settings::SdkSettingsDesk;
use engine::session_completion::{self, SessionCompletion};
use engine::sessions::Sessions;
use engine::sql::Sql;
use engine::webhooks::{self, Webhooks, delivery::Delivery};
use engine::widgets::Widgets;
use journal::sqlite::SqliteJournal;
use outbound::{Client, Limits, Lookup, SystemLookup};
use serde_json::Value;
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
use tower::ServiceExt;

pub(crate) use answer::Answer;
use live::Authority;
use privacy_parts::PrivacyParts;
pub(crate) use recordings::{KEEP_DAYS, RECORDED_BYTES_PER_DAY};

/// What a page's browser says of itself.
const BROWSER: &str = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";

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

    /// The accepted events in the journal.
    pub(crate) async fn events(&self) -> Vec<Event> {
        let blocks = self.journal.read(0, usize::MAX).await.expect("blocks");
        let records = blocks.iter().flat_map(Block::records);
        let read = records.filter_map(|entry| match entry.body {
            Stored::Payload(payload) => Some(record::read(payload).expect("decodes")),
            Stored::Duplicate => None,
        });
        read.filter_map(|record| match record {
            Record::Event(event) => Some(*event),
            Record::Refused(_) | Record::Erased => None,
        })
        .collect()
    }

    /// Applies everything journaled so far.
    pub(crate) async fn project(&self) {
        for projection in &self.projections {
            let mut at = projection.position().await.expect("a position");
            loop {
                let blocks = self.journal.read(at, 1 << 20).await.expect("blocks");
                let Some(last) = blocks.last() else { break };
                let to = last.end();
                // Another server may be at it for long on a busy machine; the runner tries again too.
                while let Err(error) = projection.apply(&blocks, at, to).await {
                    assert_eq!(error.kind(), engine::Kind::Unavailable, "{error:?}");
                }
                at = to;
            }
        }
        self.app.sdk_reports.store().await.expect("stored");
        assert!(self.app.sessions.settle().await.expect("a position"), "sessions are shown");
    }

    /// A catalog rebuilt from the journal.
    pub(crate) async fn rebuilt(&self) -> Catalog {
        let path = self.folder.path().join("rebuilt.db");
        let catalog = Catalog::open(&path).await.expect("a catalog");
        let shared = Arc::new(catalog.clone());
        let projections: [Arc<dyn Projection>; 5] = [
            Arc::new(AccountsProjection::new(shared.clone())),
            Arc::new(LeadScoresProjection::new(shared.clone())),
            Arc::new(CrmProjection::new(shared.clone())),
            Arc::new(CallsProjection::new(shared.clone())),
            Arc::new(SessionsProjection::new(shared)),
        ];
        let blocks = self.journal.read(0, usize::MAX).await.expect("blocks");
        let to = blocks.last().map_or(0, Block::end);
        for projection in projections {
            projection.apply(&blocks, 0, to).await.expect("applied");
        }
        catalog
    }

    /// The account as a rebuild from the journal gives it.
    pub(crate) async fn rebuilt_outcomes(&self) -> Vec<OutcomeCount> {
        let rebuilt = self.rebuilt().await;
        rebuilt.outcomes(self.project, i32::MIN, i32::MAX).await.expect("outcomes")
    }

    /// Sends JSON as a page of the shop with the project's key would.
    pub(crate) async fn ingest(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path)
            .header("origin", "https://shop.test")
            .header("x-api-key", &self.key)
            .header("user-agent", BROWSER)
            .body(Body::from(body.to_string()));
        self.send(request.expect("a request")).await
    }

    /// Sends JSON as a page of the shop without a key would.
    pub(crate) async fn beacon(&self, path: &str, body: &Value) -> Answer {
        let request = Request::post(path)
            .header("origin", "https://shop.test")
            .header("user-agent", BROWSER)
            .header("content-type", "text/plain;charset=UTF-8")
            .body(Body::from(body.to_string()));
        self.send(request.expect("a request")).await
    }

    /// Asks as a page of this origin with the project's key would; `known` is what its cache has.
    pub(crate) async fn ask_from_page(&self, path: &str, origin: &str, known: &str) -> Answer {
        let request = Request::get(format!("{path}?key={}", self.key)).header("origin", origin);
        let request = request.header("if-none-match", known).body(Body::empty());
        self.send(request.expect("a request")).await
    }

    /// Reads as the signed-in owner. `{project}` in the path stands for the project's id.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.manage("GET", path, &Value::Null).await
    }

    /// Sends a request as the signed-in owner; null stands for no body.
    pub(crate) async fn manage(&self, method: &str, path: &str, body: &Value) -> Answer {
        let path = path.replace("{project}", &self.project.to_string());
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", format!("footfall={}", self.session))
            .header("content-type", "application/json");
        let body = if body.is_null() { Body::empty() } else { Body::from(body.to_string()) };
        self.send(request.body(body).expect("a request")).await
    }

    /// Makes a second project of the same owner and returns its id.
    pub(crate) async fn second_project(&self) -> String {
        let made =
            self.manage("POST", "/api/projects", &serde_json::json!({"name": "Second"})).await;
        made.json()["id"].as_str().expect("an id").to_owned()
    }

    /// Makes a widget of the project and returns its id; `fields` are added to what it is made of.
    pub(crate) async fn widget(&self, name: &str, fields: &Value) -> String {
        self.widget_of("{project}", name, fields).await
    }

    /// Makes a widget of a project.
    pub(crate) async fn widget_of(&self, project: &str, name: &str, fields: &Value) -> String {
        let mut new = fields.clone();
        new["name"] = name.into();
        new["kind"] = "inline".into();
        let made = self.manage("POST", &format!("/api/projects/{project}/widgets"), &new).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        made.json()["id"].as_str().expect("an id").to_owned()
    }

    /// Begins to answer by other settings.
    pub(crate) fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        let mut settings = Settings::clone(&self.app.settings);
        change(&mut settings);
        let settings = Arc::new(settings);
        self.app = App::new(api::Parts { settings, ..api::Parts::clone(&self.app) });
        self.router = api::router(self.app.clone());
    }

    /// Sends a request as it is.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        self.send_from([196, 249, 12, 34], request).await
    }

    /// Sends a request as it is from this address.
    pub(crate) async fn send_from(&self, peer: [u8; 4], mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(Peer((peer, 5_000).into()));
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}
