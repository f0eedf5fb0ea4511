//! Results of the floods.

use super::Row;
use crate::numbers::show;

pub(super) use crate::flood::Measured;
use crate::flood::{ProbeResult, StatementFlood};

/// Most that a flood may add to the memory before it, in MiB.
const MOST_GROWTH_MIB: f64 = 64.0;
const MB_PER_MIB: f64 = 1.048_576;

/// What honest clients may notice: their slowest hundredth takes at most so many times its own.
const MOST_SLOWER: f64 = 2.0;

pub(super) fn rows(measured: &Measured) -> Vec<Row> {
    let flood = format!("flood: {} {:?}", measured.count, measured.flood);
    let growth_mb = measured.most_mb - measured.before_mb;
    let memory = [measured.before_mb, measured.most_mb, measured.after_mb].map(show).join(" → ");
    let answers = measured.answers.iter().map(|(status, count)| format!("{count} × {status}"));
    let answers: Vec<String> = answers.collect();
    let memory = Row::new(format!("{flood}: memory"), format!("{memory} MB"))
        .baseline(answers.join(", "))
        .target(format!("≤ +{MOST_GROWTH_MIB} MiB"), growth_mb <= MOST_GROWTH_MIB * MB_PER_MIB);
    let mut rows =
        vec![memory, compare(&flood, "events of others", measured.quiet, measured.during)];
    if let Some(statements) = &measured.statements {
        let StatementFlood { first_ms, worker_mb, alone, during: noticed } = statements;
        let worker =
            Row::new("SQL: the first statement of a project", format!("{} ms", show(*first_ms)));
        rows.push(worker.baseline(format!(
            "later ones p50 {} ms; the process takes {} MB",
            show(alone.p50_ms),
            show(*worker_mb)
        )));
        rows.push(compare(&flood, "statements of another project", *alone, *noticed));
    }
    rows
}

/// How long others' requests take beside a flood, and how long without.
fn compare(flood: &str, what: &str, quiet: ProbeResult, noticed: ProbeResult) -> Row {
    let times = |noticed: ProbeResult| {
        let [p50, p99, most] = [noticed.p50_ms, noticed.p99_ms, noticed.most_ms].map(show);
        format!("p50 {p50}, p99 {p99}, most {most} ms of {}", noticed.requests)
    };
    let is_honoured = noticed.errors == 0 && noticed.p99_ms <= MOST_SLOWER * quiet.p99_ms;
    Row::new(format!("{flood}: {what}"), format!("{}, {} errors", times(noticed), noticed.errors))
        .baseline(format!("without: {}", times(quiet)))
        .target(format!("p99 ≤ {MOST_SLOWER} × its own, no errors"), is_honoured)
}
