//! `footfall-bench catalog`: how fast the catalog follows the journal, and how fast it answers, on
//! SQLite and on PostgreSQL.

mod events;

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use ::catalog::Catalog;
use anyhow::ensure;
use clap::Args;
use domain::billing::{Basis, Rounding, Tariff};
use domain::id::MemberId;
use domain::money::Currency;
use domain::question::Period;
use engine::billing::{BillingService, UsageGrouping};
use engine::ports::catalog::{
    CallFilter, CustomerQuery, CustomerStore, MemberStore, NewMember, NewProject, SortBy,
};
use engine::ports::journal::{Block, Position};
use engine::projections::{
    CallsProjection, CrmProjection, LeadScoreProjection, Projection, SessionsProjection,
};
use serde::Serialize;
use testkit::postgres::PostgresServer;
use uuid::Uuid;

use crate::clock::FixedClock;
use crate::generate::project;
use crate::numbers::{float, grouped, show};
use crate::progress;
use events::Kind;

/// Rows of a page.
const PAGE: u32 = 50;
/// Pages of each order.
const REPETITIONS: usize = 5;

/// Flags of the catalog measurement.
#[derive(Debug, Clone, Args)]
pub(crate) struct CatalogArgs {
    /// Events that each projection is fed
    #[arg(long, default_value_t = 100_000)]
    pub(crate) projected: u64,
    /// Calls of the month that is billed
    #[arg(long, default_value_t = 1_000_000)]
    pub(crate) calls: u64,
    /// SQLite alone
    #[arg(long)]
    pub(crate) sqlite_only: bool,
}

/// What was measured on one database.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Measured {
    pub(crate) database: &'static str,
    pub(crate) projections: Vec<Projected>,
    /// Customers whose pages were read.
    pub(crate) customers: u64,
    /// Each order of customers, both directions, several times.
    pub(crate) page_ms: Vec<f64>,
    pub(crate) calls: u64,
    pub(crate) bill_ms: Vec<f64>,
}

/// How long a projection took.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Projected {
    pub(crate) name: &'static str,
    pub(crate) events: u64,
    pub(crate) seconds: f64,
}

/// What tests go without, and whoever stores events does not.
const AS_DEBIAN_HAS_IT: &str = "ALTER SYSTEM SET fsync = on;
    ALTER SYSTEM SET autovacuum = on;
    SELECT pg_reload_conf();";

/// Measures both databases, with data in `folder`.
#[tokio::main]
pub(crate) async fn measure(args: &CatalogArgs, folder: &Path) -> anyhow::Result<Vec<Measured>> {
    let sqlite = Arc::new(Catalog::open(&folder.join("catalog.db")).await?);
    let mut measured = vec![on("SQLite", &sqlite, (args.projected, args.calls)).await?];
    sqlite.close().await;
    if !args.sqlite_only {
        let database = PostgresServer::own().database();
        database.run(AS_DEBIAN_HAS_IT);
        let catalog = Arc::new(Catalog::connect(&database.url(), Uuid::from_u128(1)).await?);
        let amounts = (args.projected, args.calls);
        measured.push(on("PostgreSQL", &catalog, amounts).await?);
        catalog.close().await;
    }
    Ok(measured)
}

async fn on(
    database: &'static str,
    catalog: &Arc<Catalog>,
    (projected, calls): (u64, u64),
) -> anyhow::Result<Measured> {
    progress(&format!("projections into {database}"));
    let project_id = project(0);
    let owner = MemberId(Uuid::from_u128(2));
    let member = NewMember {
        id: owner,
        email: "owner@shop.example".to_owned(),
        name: "Owner".to_owned(),
        // Nobody signs in here.
        password_hash: String::new().into(),
        created_at: events::START,
    };
    let new = NewProject {
        id: project_id,
        name: "Shop".to_owned(),
        retention_days: 395,
        time_zone: domain::zone::Zone::UTC,
        owner,
        created_at: events::START,
    };
    ensure!(catalog.set_up(member, new).await?, "the catalog is not empty");
    let customers = events::blocks(events::events(Kind::Customers, projected))?;
    let behaviour = events::blocks(events::events(Kind::Behaviour, projected))?;
    let called = events::events(Kind::Calls, calls * events::EVENTS_PER_CALL);
    let called = events::blocks(called)?;
    let crm = CrmProjection::new(catalog.clone());
    let sessions = SessionsProjection::new(catalog.clone());
    let scores = LeadScoreProjection::new(catalog.clone());
    let bill = CallsProjection::new(catalog.clone());
    let projections = vec![
        feed(&crm, &customers).await?,
        feed(&sessions, &customers).await?,
        feed(&scores, &behaviour).await?,
        feed(&bill, &called).await?,
    ];
    let (customers, page_ms) = pages(catalog).await?;
    let bill_ms = bills(catalog, calls).await?;
    Ok(Measured { database, projections, customers, page_ms, calls, bill_ms })
}

/// Hands the blocks to a projection as the server does under load: as much as it takes at once.
async fn feed(projection: &dyn Projection, blocks: &[Block]) -> anyhow::Result<Projected> {
    let full = projection.pace().full_batch;
    let started = Instant::now();
    let mut from: Position = 0;
    let mut rest = blocks;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|block| block.end() <= first.first + full).count();
        let (batch, later) = rest.split_at(count.max(1));
        let to = batch.last().map_or(from, Block::end);
        projection.apply(batch, from, to).await?;
        (from, rest) = (to, later);
    }
    let seconds = started.elapsed().as_secs_f64();
    ensure!(projection.position().await? == from, "{} has not come to its end", projection.name());
    let projected = Projected { name: projection.name(), events: from, seconds };
    progress(&format!("  {}: {} events/s", projected.name, show(projected.per_second())));
    Ok(projected)
}

/// The first page of every order, several times.
async fn pages(catalog: &Arc<Catalog>) -> anyhow::Result<(u64, Vec<f64>)> {
    let query = |sort_by, is_descending, limit| CustomerQuery {
        sort_by,
        is_descending,
        active_since: None,
        search: None,
        after: None,
        limit,
    };
    let all =
        CustomerStore::page(&**catalog, project(0), &query(SortBy::Orders, true, u32::MAX)).await?;
    let orders =
        [SortBy::Sessions, SortBy::Orders, SortBy::Bookings, SortBy::LastLogin, SortBy::Registered];
    let mut page_ms = Vec::new();
    for _ in 0..REPETITIONS {
        for (sort_by, is_descending) in
            orders.into_iter().flat_map(|order| [(order, false), (order, true)])
        {
            let started = Instant::now();
            let page = query(sort_by, is_descending, PAGE);
            let rows = CustomerStore::page(&**catalog, project(0), &page).await?;
            page_ms.push(started.elapsed().as_secs_f64() * 1_000.0);
            ensure!(rows.len() == PAGE as usize, "a page of {} rows", rows.len());
        }
    }
    Ok((all.len() as u64, page_ms))
}

/// The usage report of the month.
async fn bills(catalog: &Arc<Catalog>, calls: u64) -> anyhow::Result<Vec<f64>> {
    progress(&format!("  the bill of {} calls", grouped(calls)));
    let clock = Arc::new(FixedClock(events::end()));
    let billing = BillingService::new(catalog.clone(), catalog.clone(), clock);
    let tariff = Tariff {
        currency: Currency::parse("TZS")?,
        price_minor: 15_000,
        basis: Basis::TalkTime,
        rounding: Rounding::PerStartedMinute,
        free_seconds: 0,
    };
    billing.set_tariff(project(0), tariff).await?;
    let period = Period::new(events::START, events::START.plus_seconds(31 * 86_400))?;
    let filter = CallFilter { period, widget_id: None, differing_only: false };
    let mut bill_ms = Vec::new();
    for _ in 0..3 {
        let started = Instant::now();
        let report = billing.usage(project(0), filter, UsageGrouping::Month, (None, 100)).await?;
        bill_ms.push(started.elapsed().as_secs_f64() * 1_000.0);
        let billed = u64::try_from(report.total.calls)?;
        ensure!(billed == calls, "{billed} calls of {calls}");
    }
    Ok(bill_ms)
}

impl Projected {
    pub(crate) fn per_second(&self) -> f64 {
        float(self.events) / self.seconds
    }
}
