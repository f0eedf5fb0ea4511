//! Measures the lake after hours of small commits: how long a commit, an opening and a question take.
//!
//! ```text
//! cargo run --release -p lake --example commits -- 7200 /tmp/lake-commits
//! ```
#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a tool for whoever reads its output"
)]

#[path = "questions/generate.rs"]
mod generate;

use std::sync::Arc;
use std::time::Instant;

use domain::question::{Filters, Period, Scope};
use domain::time::Timestamp;
use engine::ports::lake::{LakeQuestions, LakeWriter};
use lake::{Lake, Options};
use testkit::clock::ManualClock;
use testkit::ids::CountingIds;

/// Events in one commit.
const COMMIT: usize = 100;
/// Commits between two rounds of maintenance: a minute's.
const ROUND: u64 = 60;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let commits: u64 = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(7_200);
    let folder = arguments.next().unwrap_or_else(|| "/tmp/footfall-commits".to_owned());
    let now = Timestamp::from_seconds(generate::END - 3_600);
    let clock = Arc::new(ManualClock::at(now));
    let ids = Arc::new(CountingIds::default());
    let open = || Lake::open(Options::new(&folder), clock.clone(), ids.clone());
    let lake = open().await.expect("open");
    // The same instant for all: a day that goes on and on.
    let mut events = generate::events(usize::MAX / 4_096).map(|mut event| {
        event.occurred_at = now;
        event
    });
    let (mut commit_ms, mut maintain_ms) = (Vec::new(), Vec::new());
    for number in 1..=commits {
        let batch: Vec<domain::event::Event> = events.by_ref().take(COMMIT).collect();
        let started = Instant::now();
        lake.write(batch.into(), number * COMMIT as u64).await.expect("write");
        commit_ms.push(millis(started));
        if number % ROUND == 0 {
            let started = Instant::now();
            lake.maintain(now.plus_seconds(i64::try_from(number).unwrap_or_default()))
                .await
                .expect("maintain");
            maintain_ms.push(millis(started));
        }
    }
    report("commit", commit_ms);
    report("maintain", maintain_ms);
    println!("{:?}", lake.stats().await.expect("stats"));
    let started = Instant::now();
    let reopened = open().await.expect("open");
    println!("open                  {:>8.1} ms", millis(started));
    let period = Period::new(now.plus_seconds(-86_400), now.plus_seconds(60)).expect("period");
    let scope = Scope { project_id: generate::project(0), period, filters: Filters::default() };
    for round in ["first question", "second question"] {
        let started = Instant::now();
        reopened.overview(&scope).await.expect("answer");
        println!("{round:<22}{:>8.1} ms", millis(started));
    }
}

fn report(name: &str, mut all_ms: Vec<f64>) {
    all_ms.sort_by(f64::total_cmp);
    let (Some(worst), Some(median)) = (all_ms.last(), all_ms.get(all_ms.len() / 2)) else {
        return;
    };
    println!("{name:<22}{median:>8.1} ms, worst {worst:.0} ms");
}

fn millis(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1_000.0
}
