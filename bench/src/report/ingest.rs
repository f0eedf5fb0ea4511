//! Figures of ingest and their targets.

use super::Row;
use crate::ingest::{After, Ingest, Run, Shape, System};
use crate::machine::Flush;
use crate::numbers::{float, grouped, median, range, show};

/// What must be reached, by shape.
struct IngestTargets {
    events_per_second: f64,
    /// Of the null server named.
    ratio: f64,
    of: System,
    cpu_seconds_per_million: f64,
}

const ONE: IngestTargets = IngestTargets {
    events_per_second: 35_000.0,
    ratio: 0.45,
    of: System::NullRead,
    cpu_seconds_per_million: 35.0,
};
const BATCH: IngestTargets = IngestTargets {
    events_per_second: 200_000.0,
    ratio: 0.3,
    of: System::NullParse,
    cpu_seconds_per_million: 8.0,
};
const LATENCY_P50_MS: f64 = 3.0;
const LATENCY_P99_MS: f64 = 15.0;
const PEAK_MB: f64 = 300.0;
/// From the last acknowledgement until the lake has everything.
const CATCH_UP_SECONDS: f64 = 3.0;
const IDLE_MB: f64 = 120.0;

/// All rows.
pub(super) fn rows(ingest: &Ingest, flush: Flush) -> Vec<Row> {
    let mut rows = vec![row_check(ingest), failures(ingest)];
    for (shape, targets) in [(Shape::One, ONE), (Shape::Batch, BATCH)] {
        rows.extend(throughput(ingest, shape, &targets));
    }
    for shape in Shape::ALL {
        rows.extend(latency(ingest, shape, flush));
    }
    rows.extend(ingest.sustained.iter().flat_map(sustained));
    let mb = |value: f64| format!("{} MB", show(value));
    rows.push(
        Row::new("memory while ingesting, at most", mb(ingest.peak_mb))
            .baseline(format!("{} with the overview of it all asked for", mb(ingest.asking_mb)))
            .target("≤ 300 MB", ingest.peak_mb <= PEAK_MB),
    );
    rows.push(
        Row::new("memory at rest after the start", mb(ingest.idle_mb))
            .baseline(format!("{} after all runs", mb(ingest.idle_after_mb)))
            .target("≤ 120 MB", ingest.idle_mb <= IDLE_MB),
    );
    rows
}

fn name(shape: Shape) -> &'static str {
    match shape {
        Shape::One => "one-event requests",
        Shape::Batch => "20-event batches",
    }
}

/// After every run, and once more in the end: what the server holds beside what was acknowledged.
fn row_check(ingest: &Ingest) -> Row {
    let half = ingest.half_load.iter().filter_map(|run| run.after);
    let long = ingest.sustained.iter().filter_map(|run| run.after);
    let afters = ingest.runs.iter().filter_map(|run| run.after).chain(half).chain(long);
    let checks = afters.map(|after| (after.acknowledged, after.stored));
    let (mut lost, mut doubled, mut others) = (0, 0, 0);
    for (acknowledged, stored) in checks.chain([(ingest.acknowledged, ingest.at_end)]) {
        lost = lost.max(acknowledged.saturating_sub(stored.stored.min(stored.accepted)));
        doubled = doubled.max(stored.stored.max(stored.accepted).saturating_sub(acknowledged));
        others = others.max(stored.duplicate + stored.refused);
    }
    Row::new("row check: lost, doubled", format!("{}, {}", grouped(lost), grouped(doubled)))
        .baseline(format!(
            "{} acknowledged; {} duplicate or refused",
            grouped(ingest.acknowledged),
            grouped(others)
        ))
        .target("0, 0", lost + doubled + others == 0)
}

fn failures(ingest: &Ingest) -> Row {
    let full: u64 = ingest.runs.iter().map(|run| run.peak.failures).sum();
    let half: u64 = ingest.half_load.iter().map(|run| run.latency.failures).sum();
    Row::new("requests not answered by 200", grouped(full + half)).target("0", full + half == 0)
}

fn runs(ingest: &Ingest, system: System, shape: Shape) -> impl Iterator<Item = &Run> {
    ingest.runs.iter().filter(move |run| run.system == system && run.shape == shape)
}

fn values(ingest: &Ingest, system: System, shape: Shape, of: fn(&Run) -> f64) -> Vec<f64> {
    runs(ingest, system, shape).map(of).collect()
}

fn span(values: &[f64]) -> String {
    let (least, most) = range(values);
    format!("{}–{}", show(least), show(most))
}

fn throughput(ingest: &Ingest, shape: Shape, targets: &IngestTargets) -> Vec<Row> {
    let of = |system| values(ingest, system, shape, |run| run.peak.events_per_second);
    let (footfall, read, parse) =
        (of(System::Footfall), of(System::NullRead), of(System::NullParse));
    let baseline = if targets.of == System::NullRead { &read } else { &parse };
    // Run by run: the two of a repetition saw the same machine.
    let ratios: Vec<f64> = footfall.iter().zip(baseline).map(|(one, other)| one / other).collect();
    let after = |of: fn(&After) -> f64| -> Vec<f64> {
        runs(ingest, System::Footfall, shape).filter_map(|run| run.after.as_ref().map(of)).collect()
    };
    let cpu = after(|after| after.cpu_seconds_per_million);
    let catch_up = after(|after| after.catch_up_seconds);
    let cores = |of: fn(&Run) -> f64| show(median(&values(ingest, System::Footfall, shape, of)));
    let percent = |ratio: f64| format!("{} %", show(ratio * 100.0));
    let what = name(shape);
    let reached = median(&footfall);
    vec![
        Row::new(format!("{what}, events/s acknowledged"), show(reached))
            .range(span(&footfall))
            .baseline(format!(
                "read only {}, read and parsed {}",
                show(median(&read)),
                show(median(&parse))
            ))
            .target(
                format!("≥ {}", show(targets.events_per_second)),
                reached >= targets.events_per_second,
            ),
        Row::new(format!("{what}, share of the null server"), percent(median(&ratios)))
            .range(span(&ratios.iter().map(|ratio| ratio * 100.0).collect::<Vec<_>>()))
            .baseline(if targets.of == System::NullRead {
                "reads the body"
            } else {
                "reads and parses"
            })
            .target(format!("≥ {}", percent(targets.ratio)), median(&ratios) >= targets.ratio),
        Row::new(format!("{what}, CPU s per million, into the lake"), show(median(&cpu)))
            .range(span(&cpu))
            .baseline(format!(
                "cores: server {}, generator {}",
                cores(|run| run.peak.server_cores),
                cores(|run| run.peak.generator_cores)
            ))
            .target(
                format!("≤ {}", show(targets.cpu_seconds_per_million)),
                median(&cpu) <= targets.cpu_seconds_per_million,
            ),
        Row::new(
            format!("{what}, lake complete after the last ack"),
            format!("{} s", show(median(&catch_up))),
        )
        .range(span(&catch_up))
        .baseline(format!(
            "runs of {} s, {} bytes an event",
            show(ingest.seconds),
            show(ingest.event_bytes)
        ))
        .target(
            format!("≤ {} s", show(CATCH_UP_SECONDS)),
            catch_up.iter().all(|seconds| *seconds <= CATCH_UP_SECONDS),
        ),
    ]
}

/// The long run.
fn sustained(run: &Run) -> Vec<Row> {
    let Some(after) = &run.after else { return Vec::new() };
    let what = format!("{}, one long run", name(run.shape));
    vec![
        Row::new(format!("{what}: events/s acknowledged"), show(run.peak.events_per_second))
            .baseline(format!(
                "{} acknowledged; {} CPU s per million, {} MB at most",
                grouped(run.peak.acknowledged_events),
                show(after.cpu_seconds_per_million),
                show(after.peak_mb),
            )),
        Row::new(
            format!("{what}: lake complete after the last ack"),
            format!("{} s", show(after.catch_up_seconds)),
        )
        .target(
            format!("≤ {} s", show(CATCH_UP_SECONDS)),
            after.catch_up_seconds <= CATCH_UP_SECONDS,
        ),
    ]
}

fn latency(ingest: &Ingest, shape: Shape, flush: Flush) -> Vec<Row> {
    let of =
        |system| ingest.half_load.iter().find(|run| run.system == system && run.shape == shape);
    let Some(run) = of(System::Footfall) else { return Vec::new() };
    let (latency, null) = (&run.latency, of(System::NullRead).map(|run| &run.latency));
    let baseline = |of: fn(&crate::load::Latency) -> f64| {
        null.map_or_else(String::new, |null| format!("read only {} ms", show(of(null))))
    };
    let what = format!("{}, half load ({}/s)", name(shape), show(latency.requests_per_second));
    let limit = LATENCY_P50_MS + flush.p50_ms;
    vec![
        Row::new(format!("{what}: ack p50"), format!("{} ms", show(latency.p50_ms)))
            .baseline(baseline(|null| null.p50_ms))
            .target(format!("≤ {} ms + fdatasync", show(LATENCY_P50_MS)), latency.p50_ms <= limit),
        Row::new(format!("{what}: ack p99"), format!("{} ms", show(latency.p99_ms)))
            .baseline(baseline(|null| null.p99_ms))
            .target(format!("≤ {} ms", show(LATENCY_P99_MS)), latency.p99_ms <= LATENCY_P99_MS),
        Row::new(format!("{what}: ack p99.9"), format!("{} ms", show(latency.p999_ms))).baseline(
            format!(
                "{}; sent late p99 {} ms of {} requests",
                baseline(|null| null.p999_ms),
                show(latency.sending_late_p99_ms),
                show(float(latency.requests)),
            ),
        ),
    ]
}
