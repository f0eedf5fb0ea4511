//! Measures the lake: generates events, writes and compacts them, and times every question.
//!
//! ```text
//! cargo run --release -p lake --example questions -- 10000000 /tmp/lake
//! ```
//!
//! A folder that already holds the lake is asked without writing again.
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a tool for whoever reads its output"
)]

mod generate;

use std::sync::Arc;
use std::time::Instant;

use domain::question::{EventRange, FilterDimension, Filters, ItemSort, PageRange, Period, Scope};
use domain::time::Timestamp;
use engine::ports::lake::{LakeQuestions, LakeWriter};
use lake::{Lake, Options};
use testkit::clock::ManualClock;
use testkit::ids::CountingIds;

/// Events in one commit.
const COMMIT: usize = 200_000;
const RUNS: usize = 5;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let count: usize = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let folder = arguments.next().unwrap_or_else(|| "/tmp/footfall-lake".to_owned());
    let clock = Arc::new(ManualClock::default());
    let opening = Instant::now();
    let lake = Lake::open(Options::new(&folder), clock, Arc::new(CountingIds::default()))
        .await
        .expect("open");
    println!("open                  {:>8.1} ms", millis(opening));
    if lake.stats().await.expect("stats").rows == 0 {
        fill(&lake, count).await;
    }
    let stats = lake.stats().await.expect("stats");
    println!(
        "{} rows in {} files, {:.1} bytes a row, {} MB of memory",
        stats.rows,
        stats.files,
        per(stats.size_bytes, stats.rows),
        resident_megabytes(),
    );
    for days in [1, 30, 90] {
        ask(&lake, days).await;
    }
    println!("{} MB of memory", resident_megabytes());
}

async fn fill(lake: &Lake, count: usize) {
    let mut events = generate::events(count);
    let (mut written, mut writing, mut worst_ms) = (0_u64, 0.0, 0.0_f64);
    loop {
        let batch: Vec<_> = events.by_ref().take(COMMIT).collect();
        if batch.is_empty() {
            break;
        }
        written += batch.len() as u64;
        let started = Instant::now();
        lake.write(batch.into(), written).await.expect("write");
        writing += started.elapsed().as_secs_f64();
        worst_ms = worst_ms.max(millis(started));
    }
    #[expect(clippy::cast_precision_loss, reason = "for display")]
    let rate = written as f64 / writing;
    let stats = lake.stats().await.expect("stats");
    println!(
        "write                 {rate:>8.0} events/s, slowest commit {worst_ms:.0} ms, {:.1} bytes a row",
        per(stats.size_bytes, stats.rows)
    );
    let merging = Instant::now();
    let now = Timestamp::from_seconds(generate::END + 3 * 86_400);
    let mut merged = 0;
    loop {
        let done = lake.maintain(now).await.expect("maintain");
        merged += done.files_merged;
        if done.files_merged == 0 {
            break;
        }
    }
    lake.maintain(now.plus_seconds(3_600)).await.expect("maintain");
    println!("compact               {:>8.1} ms for {merged} files", millis(merging));
}

async fn ask(lake: &Lake, days: i64) {
    let to = Timestamp::from_seconds(generate::END);
    let period = Period::new(to.plus_seconds(-days * 86_400), to).expect("period");
    let scope = Scope { project_id: generate::project(0), period, filters: Filters::default() };
    let filtered =
        Scope { filters: Filters::of(FilterDimension::Browser, "Firefox"), ..scope.clone() };
    let slice = PageRange::new(0, 50);
    let overview = lake.overview(&scope).await.expect("answer");
    println!("the largest project, {days} days: {:?}", overview.totals);
    macro_rules! time {
        ($name:literal, $question:expr) => {{
            let mut runs = Vec::new();
            for _ in 0..RUNS {
                let started = Instant::now();
                $question.await.expect("answer");
                runs.push(millis(started));
            }
            runs.sort_by(f64::total_cmp);
            println!("  {:<20}{:>8.1} ms", $name, runs[RUNS / 2]);
        }};
    }
    time!("overview", lake.overview(&scope));
    time!("overview, filtered", lake.overview(&filtered));
    time!("friction_kinds", lake.friction_kinds(&scope));
    time!("friction_items", lake.friction_items(&scope, ItemSort::Score, slice));
    time!("friction_pages", lake.friction_pages(&scope, slice));
    time!("pages", lake.pages(&scope, slice));
    time!("web_vitals", lake.web_vitals(&scope, slice));
    time!("events", lake.events(&scope, false, EventRange::new(None, 50)));
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "for display")]
fn per(bytes: u64, rows: u64) -> f64 {
    bytes as f64 / rows.max(1) as f64
}

/// Of this process, where the system tells.
fn resident_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1_024
}
