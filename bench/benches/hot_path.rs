//! The steps of one event, each by itself: `cargo bench --workspace --bench hot_path`. What they cost together, in a server under
//! load, is `footfall-bench ingest`'s to measure.
#![expect(clippy::expect_used, reason = "a measurement that cannot be made must end")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use api::{App, Host, Peer, Readiness, ServerIdentity, TrustedProxies};
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use blobs::FolderBlobs;
use catalog::Catalog;
use divan::Bencher;
use divan::counter::ItemsCount;
use domain::money::Currency;
use engine::api_keys::NewApiKey;
use engine::auth::SetUp;
use engine::live::{LiveIntervals, LiveLimits};
use engine::ports::geo::NoGeo;
use engine::ports::journal::{Block, Journal, RecordBody};
use engine::projections::Projection;
use engine::record::{self, Record};
use engine::{Engine, Ports};
use journal::sqlite::{Options, SqliteJournal};
use outbound::{Client, DnsLookup, Limits, SystemDns};
use tempfile::TempDir;
use testkit::clock::ManualClock;
use testkit::fakes::journal::MemoryJournal;
use testkit::fakes::lake::UnreachableLake;
use testkit::fakes::memory_lake::MemoryLake;
use testkit::fakes::resources::FixedResources;
use testkit::fakes::sql::CannedSql;
use testkit::ids::CountingIds;
use testkit::random::CountingRandom;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;
use uuid::Uuid;

/// Events of a batch.
const BATCH: usize = 20;
/// Records that a projection takes at once.
const BACKLOG: usize = 1_000;

fn main() {
    divan::main();
}

struct AlwaysReady;

#[async_trait]
impl Readiness for AlwaysReady {
    async fn failing(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

/// An engine with one project, without a socket and, with a journal in memory, without a disk.
struct Fixture {
    runtime: Runtime,
    router: Router,
    engine: Engine,
    journal: Arc<dyn Journal>,
    key: String,
    _folder: TempDir,
}

impl Fixture {
    fn in_memory() -> Self {
        Self::over(|_, clock| Arc::new(MemoryJournal::new(clock)))
    }

    fn on_disk() -> Self {
        Self::over(|folder, clock| {
            let options = Options::in_folder(folder.path().join("journal"));
            Arc::new(SqliteJournal::open(&options, clock).expect("a journal"))
        })
    }

    fn over(journal: impl FnOnce(&TempDir, Arc<ManualClock>) -> Arc<dyn Journal>) -> Self {
        let folder = TempDir::new().expect("a folder");
        let clock = Arc::new(ManualClock::default());
        let journal = journal(&folder, clock.clone());
        let runtime = Runtime::new().expect("a runtime");
        let (engine, key) = runtime.block_on(engine(&folder, clock, journal.clone()));
        let host = Host {
            readiness: Arc::new(AlwaysReady),
            metrics: Arc::new(String::new),
            settings: api::Settings {
                max_body_bytes: 4 << 20,
                body_memory_bytes: 32 << 20,
                default_currency: Currency::default(),
                trusted_proxies: TrustedProxies::new(Vec::new()),
                public_url: None,
                cron_secret: None,
                metrics_token: None,
            },
            identity: ServerIdentity { id: Uuid::nil(), version: "0" },
        };
        let router = api::router(App::new(engine.services.clone(), host));
        Self { runtime, router, engine, journal, key, _folder: folder }
    }

    fn request(&self, events: usize) -> Request<Body> {
        let mut request = Request::post("/ingest-events")
            .header("x-api-key", &self.key)
            .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0 Safari/537.36")
            .body(Body::from(body(events)))
            .expect("a request");
        request.extensions_mut().insert(Peer(([203, 0, 113, 7], 5_000).into()));
        request
    }

    fn send(&self, request: Request<Body>) {
        let answer = self.runtime.block_on(self.router.clone().oneshot(request));
        assert!(answer.expect("infallible").status().is_success());
    }

    /// So many records, as projections read them.
    fn blocks(&self, records: usize) -> Vec<Block> {
        let from = *self.journal.tail().borrow();
        (0..records / BATCH).for_each(|_| self.send(self.request(BATCH)));
        self.runtime.block_on(self.journal.read(from, usize::MAX)).expect("blocks")
    }
}

async fn engine(
    folder: &TempDir,
    clock: Arc<ManualClock>,
    journal: Arc<dyn Journal>,
) -> (Engine, String) {
    let catalog = Catalog::open(&folder.path().join("catalog.db")).await.expect("a catalog");
    let catalog = Arc::new(catalog);
    let lake = Arc::new(MemoryLake::default());
    let lookup: Arc<dyn DnsLookup> = Arc::new(SystemDns);
    let outbound = Client::new(&lookup, Vec::new(), Limits::default()).expect("a client");
    let ports = Ports {
        journal,
        catalog: catalog.clone(),
        subjects: catalog.clone(),
        audit: catalog,
        lake: lake.clone(),
        questions: Arc::new(UnreachableLake),
        lake_subjects: lake.clone(),
        lake_retention: lake,
        blobs: Arc::new(FolderBlobs::open(&folder.path().join("blobs")).expect("blobs")),
        geo: Arc::new(NoGeo),
        outbound: Arc::new(outbound),
        sql: Arc::new(CannedSql),
        resources: Arc::new(FixedResources::default()),
        clock,
        ids: Arc::new(CountingIds::default()),
        random: Arc::new(CountingRandom::default()),
    };
    let settings = engine::Settings {
        address_limit_per_minute: 0,
        failed_bytes_per_day: 0,
        failed_keep_seconds: 0,
        journal_keep_seconds: 0,
        session_keep_days: 90,
        recording_keep_days: 30,
        recorded_bytes_per_day: 0,
        second_sweep_seconds: 60,
        creation: domain::project_creation::CreationRule::default(),
        live_limits: LiveLimits::default(),
        live_intervals: LiveIntervals::default(),
        concurrent_questions: 1,
        concurrent_statements: 1,
    };
    let engine = Engine::new(ports, settings).await.expect("an engine");
    let owner = SetUp {
        token: "".into(),
        email: "owner@shop.test".to_owned(),
        name: "Owner".to_owned(),
        password: "correct horse battery".into(),
        project_name: "Shop".to_owned(),
        time_zone: domain::zone::Zone::UTC,
    };
    let owner = engine.services.auth.set_up_trusted(owner).await.expect("set up").member;
    let projects = engine.services.auth.projects(owner.id).await.expect("projects");
    let project = projects.first().expect("one project").project.id;
    // The clock stands still, so that no limit is ever restored.
    let key = NewApiKey {
        key_name: "Bench".to_owned(),
        rate_limit_per_minute: Some(10_000_000),
        ..NewApiKey::default()
    };
    let key = engine.services.keys.create(project, key).await.expect("a key").key;
    (engine, key)
}

/// A batch as the SDK sends it, with fresh ids.
fn body(events: usize) -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    let event = |_| {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let [event, visit] = [Uuid::from_u64_pair(number, 1 << 63), Uuid::from_u64_pair(number, 2)];
        format!(
            r##"{{"id":"{event}","type":"friction","event_type":"rage_click","visitor_id":"{visit}","session_id":"{visit}","page_url":"https://shop.test/products/rav4?utm_source=mail","page_title":"Toyota Rav4","element_selector":"#book > button.primary","element_text":"Book now","element_x":0.4215,"element_y":0.7781,"click_count":4,"viewport_width":1280,"viewport_height":720,"severity":"high"}}"##
        )
    };
    let events: Vec<_> = (0..events).map(event).collect();
    format!(r#"{{"session_id":"visit","events":[{}]}}"#, events.join(","))
}

/// Parse, validate, enrich, scrub, encode and answer, without socket and disk.
#[divan::bench(args = [1, BATCH])]
fn request(bencher: Bencher<'_, '_>, events: usize) {
    let fixture = Fixture::in_memory();
    bencher
        .counter(ItemsCount::new(events))
        .with_inputs(|| fixture.request(events))
        .bench_values(|request| fixture.send(request));
}

/// The same with the journal on disk: one commit for each request.
#[divan::bench(args = [1, BATCH])]
fn request_to_disk(bencher: Bencher<'_, '_>, events: usize) {
    let fixture = Fixture::on_disk();
    bencher
        .counter(ItemsCount::new(events))
        .with_inputs(|| fixture.request(events))
        .bench_values(|request| fixture.send(request));
}

fn payloads(blocks: &[Block]) -> impl Iterator<Item = &[u8]> {
    blocks.iter().flat_map(Block::records).filter_map(|record| match record.body {
        RecordBody::Payload(payload) => Some(payload),
        RecordBody::Duplicate => None,
    })
}

/// A record into an event that borrows from it, and back.
#[divan::bench(args = ["head", "decode", "encode"])]
fn records(bencher: Bencher<'_, '_>, step: &str) {
    let blocks = Fixture::in_memory().blocks(BACKLOG);
    let mut buffer = Vec::new();
    bencher.counter(ItemsCount::new(BACKLOG)).bench_local(|| {
        for payload in payloads(&blocks) {
            let Record::Event(event) = record::decode(payload).expect("a record") else { continue };
            match step {
                "head" => drop(divan::black_box(event.head())),
                "decode" => drop(divan::black_box(event.decode())),
                _ => {
                    buffer.clear();
                    let event = event.decode().expect("an event");
                    record::encode_event(&event, &mut buffer).expect("memory");
                }
            }
        }
    });
}

/// A backlog of new visits into the tables of each projection.
#[divan::bench(args = ["accounts", "lead_scores", "crm", "sessions", "calls"])]
fn projection(bencher: Bencher<'_, '_>, name: &str) {
    let fixture = Fixture::in_memory();
    let followed = fixture.engine.projections.iter().map(|(it, _)| it);
    let projection: &Arc<dyn Projection> =
        followed.into_iter().find(|it| it.name() == name).expect("a projection");
    bencher.counter(ItemsCount::new(BACKLOG)).with_inputs(|| fixture.blocks(BACKLOG)).bench_values(
        |blocks| {
            let from = blocks.first().map_or(0, |block| block.first);
            let to = blocks.last().map_or(0, Block::end);
            fixture.runtime.block_on(projection.apply(&blocks, from, to)).expect("applied");
        },
    );
}
