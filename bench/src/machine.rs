//! Where the figures were measured: they mean nothing without it.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context;
use serde::Serialize;

use crate::clock;
use crate::numbers::{float, median, range};

const FLUSHES: usize = 1_000;
const FLUSH_BYTES: usize = 4 * 1024;
const FLUSH_TIME: Duration = Duration::from_secs(5);

/// The machine and the program measured.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Machine {
    /// RFC 3339.
    pub(crate) date: String,
    pub(crate) version: String,
    pub(crate) commit: String,
    /// `release`, or `dev`, whose figures mean nothing.
    pub(crate) profile: &'static str,
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) memory_mb: f64,
    pub(crate) kernel: String,
    /// Type of the file system that held the data.
    pub(crate) filesystem: String,
    /// Programs that wanted to run when the measurement began, over the last minute.
    pub(crate) load_average: f64,
    /// Appending 4 KiB and flushing it, in milliseconds.
    pub(crate) flush: Flush,
}

/// What one fdatasync costs.
#[derive(Debug, Clone, Copy, Serialize)]
#[expect(clippy::struct_field_names, reason = "units stand in names")]
pub(crate) struct Flush {
    pub(crate) p50_ms: f64,
    pub(crate) p99_ms: f64,
    pub(crate) max_ms: f64,
}

/// What the cores did since the system started, in the kernel's ticks.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Ticks {
    all: u64,
    /// We wanted to run, and the host below let others.
    stolen: u64,
}

impl Ticks {
    pub(crate) fn now() -> Self {
        // user, nice, system, idle, iowait, irq, softirq, steal; guests are in user.
        let line = after_word("/proc/stat", "cpu ").unwrap_or_default();
        let ticks = line.split_whitespace().take(8).filter_map(|text| text.parse::<u64>().ok());
        let ticks: Vec<_> = ticks.collect();
        Self { all: ticks.iter().sum(), stolen: ticks.get(7).copied().unwrap_or_default() }
    }

    /// Percent of the cores' time since then that the host gave to others.
    pub(crate) fn stolen_since(self, before: Self) -> f64 {
        let all = self.all.saturating_sub(before.all).max(1);
        100.0 * float(self.stolen.saturating_sub(before.stolen)) / float(all)
    }
}

impl Machine {
    /// Looks at the machine; `folder` is where data will lie.
    pub(crate) fn look(folder: &Path) -> anyhow::Result<Self> {
        Ok(Self {
            date: clock::now().to_rfc3339(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: commit(),
            profile: if cfg!(debug_assertions) { "dev" } else { "release" },
            processor: after("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned()),
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            memory_mb: after("/proc/meminfo", "MemTotal")
                .and_then(|text| text.trim_end_matches(" kB").parse::<u64>().ok())
                .map_or(f64::NAN, |kib| float(kib) * 1_024.0 / 1e6),
            kernel: read("/proc/sys/kernel/osrelease"),
            filesystem: filesystem(folder),
            load_average: read("/proc/loadavg")
                .split(' ')
                .next()
                .and_then(|text| text.parse().ok())
                .unwrap_or(f64::NAN),
            flush: flush(folder)?,
        })
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(path).map_or_else(|_| "unknown".to_owned(), |text| text.trim().to_owned())
}

/// The value of the first line `name: value`.
fn after(path: &str, name: &str) -> Option<String> {
    let line = after_word(path, name)?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}

/// What follows `word` in the first line that begins with it.
fn after_word(path: &str, word: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    text.lines().find_map(|line| line.strip_prefix(word)).map(str::to_owned)
}

fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    match git(&["rev-parse", "--short=12", "HEAD"]) {
        Some(commit) if git(&["status", "--porcelain"]).is_some_and(|text| !text.is_empty()) => {
            format!("{commit} with changes")
        }
        Some(commit) => commit,
        None => "unknown".to_owned(),
    }
}

/// The type of the mount that is nearest above `folder`.
fn filesystem(folder: &Path) -> String {
    let Ok(folder) = folder.canonicalize() else { return "unknown".to_owned() };
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let above = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        let (point, kind) = (fields.next()?, fields.next()?);
        folder.starts_with(point).then_some((point.len(), kind))
    });
    above
        .max_by_key(|(length, _)| *length)
        .map_or_else(|| "unknown".to_owned(), |(_, kind)| kind.to_owned())
}

/// Appends and flushes again and again.
fn flush(folder: &Path) -> anyhow::Result<Flush> {
    let path = folder.join("flush");
    let mut file =
        File::create(&path).with_context(|| format!("{} cannot be created", path.display()))?;
    let begin = Instant::now();
    let mut times = Vec::new();
    while times.len() < FLUSHES && begin.elapsed() < FLUSH_TIME {
        let started = Instant::now();
        file.write_all(&[b'x'; FLUSH_BYTES])?;
        file.sync_data()?;
        times.push(started.elapsed().as_secs_f64() * 1_000.0);
    }
    fs::remove_file(path)?;
    times.sort_by(f64::total_cmp);
    let p99 = times[(times.len() * 99 / 100).min(times.len() - 1)];
    Ok(Flush { p50_ms: median(&times), p99_ms: p99, max_ms: range(&times).1 })
}
