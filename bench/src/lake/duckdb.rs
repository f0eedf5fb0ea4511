//! The same questions as hand-written SQL on `DuckDB`'s own format, through its Python package.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{answer, ask};
use crate::{generate, progress};

/// The program; it reads its task from standard input.
const PROGRAM: &str = include_str!("duckdb.py");

/// What `DuckDB` took.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Baseline {
    pub(crate) version: String,
    pub(crate) rows: u64,
    /// Of its database file.
    pub(crate) size_bytes: u64,
    pub(crate) load_seconds: f64,
    pub(crate) questions: BTreeMap<String, BaselineTiming>,
}

/// One question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct BaselineTiming {
    pub(crate) hot_ms: Vec<f64>,
    pub(crate) answer: Value,
}

impl BaselineTiming {
    /// Whether this answer is the lake's.
    pub(crate) fn agrees(&self, other: &Value) -> bool {
        answer::agree(&self.answer, other)
    }
}

/// Loads the lake's files into a database and asks it; or says why not.
pub(super) fn measure(
    python: Option<&Path>,
    folder: &Path,
    events: usize,
) -> Result<Baseline, String> {
    let python = python.ok_or("FOOTFALL_PYTHON names no Python with the package duckdb")?;
    let has_package =
        Command::new(python).args(["-c", "import duckdb"]).stderr(Stdio::null()).status();
    if !has_package.is_ok_and(|status| status.success()) {
        return Err(format!("{} has no package duckdb", python.display()));
    }
    progress("  the same in DuckDB");
    let period = ask::scope().map_err(|error| format!("{error:#}"))?.period;
    let task = json!({
        "files": folder.join("events/month=*/*.parquet"),
        "database": folder.join("baseline.duckdb"),
        "threads": std::thread::available_parallelism().map_or(2, usize::from),
        "project": generate::project(0).to_string(),
        "from": period.previous().from().micros(), "previous_to": period.previous().to().micros(),
        "split": period.from().micros(), "to": period.to().micros(),
        "rows": ask::ROWS,
    });
    let baseline = run(python, &task.to_string()).map_err(|error| format!("{error:#}"))?;
    if baseline.rows == events as u64 {
        Ok(baseline)
    } else {
        Err(format!("the files hold {} rows of {events}", baseline.rows))
    }
}

fn run(python: &Path, task: &str) -> anyhow::Result<Baseline> {
    let mut child = Command::new(python)
        .args(["-c", PROGRAM])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(task.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    anyhow::ensure!(output.status.success(), "the baseline's program failed");
    Ok(serde_json::from_slice(&output.stdout)?)
}
