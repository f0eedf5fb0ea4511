//! A year of a small site: what came in an hour is written, and maintenance runs, 8,640 times. Whether it
//! stays as quick to open and to ask as in its first month.

use std::path::Path;
use std::time::Instant;

use ::lake::{Lake, Options};
use domain::event::Event;
use domain::question::{Filters, Period, Scope};
use domain::time::Timestamp;
use engine::ports::lake::LakeWriter;
use engine::record::EventBatch;
use serde::{Deserialize, Serialize};

use super::ask::{self, QuestionName};
use crate::clock::{self, FixedClock, SeededIds};
use crate::generate;
use crate::numbers::median;

const HOUR_SECONDS: i64 = 3_600;
const DAY_SECONDS: i64 = 86_400;
/// Days of the year: what the generator makes, twice.
const DAYS: i64 = 2 * generate::DAYS;
/// When it is measured.
const MEASURED_DAYS: [i64; 4] = [30, 90, 180, 360];
/// Openings of the lake, and runs of each question, of which the median counts.
const RUNS: usize = 7;

/// The measurements after some days.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Mark {
    pub(crate) days: i64,
    pub(crate) commits: u64,
    pub(crate) rows: u64,
    pub(crate) files: u64,
    /// Opening the lake.
    pub(crate) open_ms: f64,
    /// The last 30 days, hot.
    pub(crate) overview_ms: f64,
    pub(crate) pages_ms: f64,
    pub(crate) events_ms: f64,
}

/// Lives through a year of `count` events in `folder`.
pub(super) async fn live(folder: &Path, count: usize) -> anyhow::Result<Vec<Mark>> {
    // In the future: the log is cleaned by the age of its files, which are written now.
    let begin = clock::now().floor_to_seconds(DAY_SECONDS).plus_seconds(DAY_SECONDS);
    let half = generate::DAYS * DAY_SECONDS;
    let shift = begin.seconds() - (generate::END.seconds() - half);
    let year = [shift, shift + half]
        .map(|seconds| generate::events(count / 2).map(move |event| later(event, seconds)));
    let mut events = year.into_iter().flatten().peekable();
    let mut lake = open(folder).await?;
    let (mut marks, mut written, mut commits) = (Vec::new(), 0, 0);
    for hour in 1..=DAYS * 24 {
        let now = begin.plus_seconds(hour * HOUR_SECONDS);
        // In the order of their visits, so that what is late comes late.
        let batch: Vec<Event> =
            std::iter::from_fn(|| events.next_if(|event| event.occurred_at < now)).collect();
        if !batch.is_empty() {
            written += batch.len() as u64;
            commits += 1;
            lake.write(EventBatch::from(batch), written).await?;
        }
        lake.maintain(now).await?;
        if hour % 24 == 0 && MEASURED_DAYS.contains(&(hour / 24)) {
            drop(lake);
            let (opened, mark) = measure(folder, now, Mark::after(hour / 24, commits)).await?;
            lake = opened;
            marks.push(mark);
        }
    }
    Ok(marks)
}

impl Mark {
    fn after(days: i64, commits: u64) -> Self {
        let none = f64::NAN;
        Self {
            days,
            commits,
            rows: 0,
            files: 0,
            open_ms: none,
            overview_ms: none,
            pages_ms: none,
            events_ms: none,
        }
    }
}

async fn measure(folder: &Path, now: Timestamp, mark: Mark) -> anyhow::Result<(Lake, Mark)> {
    let mut openings = Vec::new();
    let mut lake = None;
    for _ in 0..RUNS {
        drop(lake.take());
        let opening = Instant::now();
        lake = Some(open(folder).await?);
        openings.push(ask::millis(opening));
    }
    let lake = match lake {
        Some(lake) => lake,
        None => open(folder).await?,
    };
    let period = Period::new(now.plus_seconds(-ask::DAYS * DAY_SECONDS), now)?;
    let scope = Scope { project_id: generate::project(0), period, filters: Filters::default() };
    let stats = lake.stats().await?;
    let mark = Mark {
        rows: stats.rows,
        files: stats.files,
        open_ms: median(&openings),
        overview_ms: hot(&lake, QuestionName::Overview, &scope).await?,
        pages_ms: hot(&lake, QuestionName::Pages, &scope).await?,
        events_ms: hot(&lake, QuestionName::Events, &scope).await?,
        ..mark
    };
    Ok((lake, mark))
}

async fn hot(lake: &Lake, question: QuestionName, scope: &Scope) -> anyhow::Result<f64> {
    ask::once(lake, question, scope).await?;
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let started = Instant::now();
        ask::once(lake, question, scope).await?;
        times.push(ask::millis(started));
    }
    Ok(median(&times))
}

/// The event, by so many seconds later.
fn later(event: Event, seconds: i64) -> Event {
    let move_on = |at: Timestamp| at.plus_seconds(seconds);
    Event {
        occurred_at: move_on(event.occurred_at),
        client_at: event.client_at.map(move_on),
        sent_at: event.sent_at.map(move_on),
        received_at: move_on(event.received_at),
        ..event
    }
}

async fn open(folder: &Path) -> anyhow::Result<Lake> {
    let clock = std::sync::Arc::new(FixedClock(clock::now()));
    // Paths are made of ids, which must not come again after another opening.
    let seed = std::time::SystemTime::UNIX_EPOCH.elapsed()?.subsec_nanos();
    let ids = std::sync::Arc::new(SeededIds::new(u64::from(seed)));
    Ok(Lake::open(Options::new(folder), clock, ids).await?)
}
