//! Measures appending: entries a second, microseconds an id, and what the same bytes cost a plain file.
//!
//! `cargo run --release -p journal --example append_rate [folder]`; the folder decides which disk. Each
//! figure is the median of five rounds, journal and plain file in turns, since disks are shared.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a program for the one who reads its output"
)]

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::clock::Clock;
use engine::ports::journal::{Batch, Journal as _};
use journal::sqlite::{Options, SqliteJournal};
use testkit::clock::ManualClock;
use uuid::Uuid;

const APPENDERS: usize = 64;
const ROUNDS: usize = 5;

/// What one run appends.
#[derive(Clone, Copy)]
struct Load {
    name: &'static str,
    batch: usize,
    batches: usize,
    ids: SequentialIds,
}

#[derive(Clone, Copy, PartialEq)]
enum SequentialIds {
    None,
    /// In the order of time, as `UUIDv7`.
    Ordered,
    /// Anywhere, as `UUIDv4`.
    Random,
}

/// A small generator: the same numbers each run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn id(&mut self, ids: SequentialIds, count: u64) -> Option<Uuid> {
        let (high, low) = (self.next(), self.next());
        // About 250 ids a millisecond.
        let high = if ids == SequentialIds::Ordered {
            (1_790_000_000_000 + count / 250) << 16 | high >> 48
        } else {
            high
        };
        (ids != SequentialIds::None).then(|| Uuid::from_u64_pair(high, low))
    }
}

/// Some 300 bytes that compress about as events do: names repeat, ids and numbers do not.
fn payload(numbers: &mut Numbers) -> Vec<u8> {
    let (a, b) = (numbers.next(), numbers.next());
    format!(
        r#"{{"category":"behavior","name":"page_view","occurred_at":{},"visitor_id":"{a:016x}","session_id":"{b:016x}","url":"https://shop.example/products/{}?utm_source=news","title":"Product {}","viewport":[{},{}],"device":"desktop","browser":"Firefox","os":"Linux","country":"AT","properties":{{"price":{},"stock":true}}}}"#,
        1_790_000_000_000 + a % 1_000_000,
        b % 5_000,
        b % 5_000,
        a % 1_920,
        b % 1_080,
        a % 10_000,
    )
    .into_bytes()
}

async fn append(
    journal: &Arc<SqliteJournal>,
    load: Load,
    counter: &Arc<AtomicU64>,
) -> (f64, Vec<Duration>) {
    let payloads = Arc::new({
        let mut numbers = Numbers(7);
        (0..4_096).map(|_| payload(&mut numbers)).collect::<Vec<_>>()
    });
    let begun = Instant::now();
    let tasks = (0..APPENDERS).map(|appender| {
        let (journal, payloads, counter) = (journal.clone(), payloads.clone(), counter.clone());
        tokio::spawn(async move {
            let mut latencies = Vec::new();
            for _ in 0..load.batches / APPENDERS {
                let count = counter.fetch_add(load.batch as u64, Ordering::Relaxed);
                let mut numbers = Numbers((count + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
                let mut batch = Batch::with_capacity(load.batch, load.batch * 330);
                for index in 0..load.batch as u64 {
                    let payload = &payloads[(count + index) as usize % payloads.len()];
                    let id = numbers.id(load.ids, count + index);
                    batch.push(Uuid::from_u128(appender as u128 % 5), id, payload);
                }
                let started = Instant::now();
                let appended = journal.append(batch).await.unwrap();
                assert!(appended.duplicates.is_empty());
                latencies.push(started.elapsed());
            }
            latencies
        })
    });
    let mut latencies = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        latencies.extend(task.await.unwrap());
    }
    latencies.sort_unstable();
    (begun.elapsed().as_secs_f64(), latencies)
}

/// `fdatasync`s of `bytes` written to a plain file, each in seconds; the file is overwritten in place.
fn plain(folder: &Path, bytes: usize, times: usize) -> f64 {
    let path = folder.join("plain");
    let mut file = File::create(&path).unwrap();
    file.write_all(&vec![0; bytes * 8]).unwrap();
    file.sync_all().unwrap();
    let noise = vec![0x5a; bytes];
    let begun = Instant::now();
    for turn in 0..times {
        use std::os::unix::fs::FileExt as _;
        file.write_all_at(&noise, (turn % 8 * bytes) as u64).unwrap();
        file.sync_data().unwrap();
    }
    let each = begun.elapsed().as_secs_f64() / times as f64;
    std::fs::remove_file(path).unwrap();
    each
}

/// Processor time of the writer thread so far, in seconds. It tells the cost of an entry also on a machine
/// that has other things to do; Linux only.
fn writer_seconds() -> Option<f64> {
    let writer =
        std::fs::read_dir("/proc/self/task").ok()?.flatten().map(|task| task.path()).find(
            |task| {
                std::fs::read_to_string(task.join("comm"))
                    .is_ok_and(|name| name.trim() == "journal-writer")
            },
        )?;
    let nanoseconds = std::fs::read_to_string(writer.join("schedstat")).ok()?;
    Some(nanoseconds.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

async fn measure(root: &Path, load: Load) {
    let folder = root.join("journal");
    let _ = std::fs::remove_dir_all(&folder);
    let clock: Arc<dyn Clock> = Arc::new(ManualClock::default());
    let journal = Arc::new(SqliteJournal::open(&Options::in_folder(&folder), clock).unwrap());
    let counter = Arc::new(AtomicU64::new(0));
    let (mut seconds, mut plains, mut all) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (took, latencies) = append(&journal, load, &counter).await;
        seconds.push(took);
        all.extend(latencies);
        // A group is about half of what the appenders send.
        plains.push(plain(root, (APPENDERS / 2 * load.batch * 100).max(4_096), 200));
    }
    let writer = writer_seconds().unwrap_or(f64::NAN);
    all.sort_unstable();
    let entries = (load.batches / APPENDERS * APPENDERS * load.batch) as f64;
    let took = median(seconds);
    let size = journal.bounds().await.unwrap().size_bytes as f64 / (entries * ROUNDS as f64);
    println!(
        "{:<28} {:>9.0} entries/s {:>8.0} appends/s {:>6.2} us/entry (writer's processor {:>6.2})  p50 {:>6.2} ms  p99 {:>6.2} ms  {:>5.0} bytes/entry  plain write+fdatasync {:.2} ms",
        load.name,
        entries / took,
        entries / load.batch as f64 / took,
        took * 1e6 / entries,
        writer * 1e6 / (entries * ROUNDS as f64),
        all[all.len() / 2].as_secs_f64() * 1e3,
        all[all.len() * 99 / 100].as_secs_f64() * 1e3,
        size,
        median(plains) * 1e3,
    );
}

fn main() {
    let root =
        std::env::args().nth(1).map_or_else(std::env::temp_dir, PathBuf::from).join("append_rate");
    std::fs::create_dir_all(&root).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    for load in [
        Load { name: "20 a batch, no ids", batch: 20, batches: 32_000, ids: SequentialIds::None },
        Load {
            name: "20 a batch, ordered ids",
            batch: 20,
            batches: 32_000,
            ids: SequentialIds::Ordered,
        },
        Load {
            name: "20 a batch, random ids",
            batch: 20,
            batches: 6_400,
            ids: SequentialIds::Random,
        },
        Load {
            name: "1 a batch, ordered ids",
            batch: 1,
            batches: 64_000,
            ids: SequentialIds::Ordered,
        },
        Load {
            name: "1 a batch, random ids",
            batch: 1,
            batches: 32_000,
            ids: SequentialIds::Random,
        },
    ] {
        runtime.block_on(measure(&root, load));
    }
    std::fs::remove_dir_all(root).unwrap();
}
