//! Figures of the lake and their targets.

use super::Row;
use crate::lake::{Baseline, Mark, QuestionName, QuestionTiming, Scale};
use crate::numbers::{float, geometric_mean, grouped, median, range, show};

const BYTES_PER_EVENT: f64 = 56.0;
const OVERVIEW_MS: f64 = 30.0;
/// The other questions, up to `LARGE_EVENTS` and from there on.
const QUESTION_MS: f64 = 100.0;
const LARGE_QUESTION_MS: f64 = 300.0;
const LARGE_EVENTS: usize = 100_000_000;
const QUESTION_MB: f64 = 500.0;
/// The size that questions other than the overview, and the baseline's ratio, are judged at the earliest.
const TARGET_EVENTS: usize = 10_000_000;
/// How much slower anything may be after a year than after its first month.
const YEAR_FACTOR: f64 = 2.0;
/// A pruned question must grow slower than this, on logarithmic scales.
const SLOPE: f64 = 0.3;

/// One size's rows.
pub(super) fn rows(scale: &Scale) -> Vec<Row> {
    let filled = &scale.filled;
    let count = grouped(filled.rows);
    let per_event = |bytes: u64| float(bytes) / float(filled.rows.max(1));
    let size = per_event(filled.size_bytes);
    let baseline = scale.baseline.as_ref().ok();
    let duckdb_size = baseline.map_or_else(String::new, |baseline| {
        format!("; DuckDB {}", show(per_event(baseline.size_bytes)))
    });
    let mut rows = vec![
        Row::new(format!("{count} events: bytes an event in the lake"), show(size))
            .baseline(format!(
                "JSON {}; before compaction {}{duckdb_size}",
                show(filled.json_bytes),
                show(per_event(filled.written_bytes)),
            ))
            .target(format!("≤ {BYTES_PER_EVENT}"), size <= BYTES_PER_EVENT),
        Row::new(
            format!("{count} events: written, events/s"),
            show(float(filled.rows) / filled.write_seconds),
        )
        .baseline(format!(
            "slowest commit {} ms; compacted in {} s to {} files; {} MB at most",
            show(filled.slowest_commit_ms),
            show(filled.compact_seconds),
            filled.files,
            show(filled.peak_mb),
        )),
    ];
    rows.extend(scale.questions.iter().map(|timing| question(scale, timing)));
    let peak: Vec<f64> = scale.questions.iter().map(|timing| timing.peak_mb).collect();
    rows.push(
        Row::new(
            format!("{count} events: memory of a question, at most"),
            format!("{} MB", show(range(&peak).1)),
        )
        .baseline("its process with the lake open")
        .target(format!("≤ {QUESTION_MB} MB"), range(&peak).1 <= QUESTION_MB),
    );
    rows.push(mean(scale));
    rows
}

fn question(scale: &Scale, timing: &QuestionTiming) -> Row {
    let hot = median(&timing.hot_ms);
    let (least, most) = range(&timing.hot_ms);
    let baseline = match of(scale, timing) {
        Some((duckdb, agrees)) => format!(
            "DuckDB {} ms, ratio {}{}",
            show(duckdb),
            show(hot / duckdb),
            if agrees { "" } else { ", ANSWERS DIFFER" },
        ),
        None => "no baseline".to_owned(),
    };
    let row = Row::new(
        format!("{} events: {}", grouped(scale.filled.rows), timing.question.as_str()),
        format!("{} ms", show(hot)),
    )
    .range(format!("{}–{}", show(least), show(most)))
    .baseline(format!("cold {} ms; {baseline}", show(timing.cold_ms)));
    let limit = match timing.question {
        QuestionName::Overview => OVERVIEW_MS,
        _ if scale.events < TARGET_EVENTS => return row,
        _ if scale.events < LARGE_EVENTS => QUESTION_MS,
        _ => LARGE_QUESTION_MS,
    };
    row.target(format!("≤ {} ms", show(limit)), hot <= limit)
}

/// The baseline's median for a question, and whether its answer is ours.
fn of(scale: &Scale, timing: &QuestionTiming) -> Option<(f64, bool)> {
    let Baseline { questions, .. } = scale.baseline.as_ref().ok()?;
    let duckdb = questions.get(timing.question.as_str())?;
    Some((median(&duckdb.hot_ms), duckdb.agrees(&timing.answer)))
}

fn mean(scale: &Scale) -> Row {
    let figure = format!("{} events: geometric mean of the ratios", grouped(scale.filled.rows));
    let baseline = match &scale.baseline {
        Ok(baseline) => baseline,
        Err(reason) => return Row::new(figure, "–").baseline(format!("no baseline: {reason}")),
    };
    let duckdb: Vec<(f64, f64, bool)> = scale
        .questions
        .iter()
        .filter_map(|timing| {
            of(scale, timing).map(|(duckdb_ms, agrees)| (median(&timing.hot_ms), duckdb_ms, agrees))
        })
        .collect();
    let ratios: Vec<f64> = duckdb.iter().map(|(ours, duckdb_ms, _)| ours / duckdb_ms).collect();
    let agreeing = duckdb.iter().filter(|(_, _, agrees)| *agrees).count();
    let mean = geometric_mean(&ratios).unwrap_or(f64::NAN);
    Row::new(figure, show(mean))
        .baseline(format!(
            "DuckDB {} on its own format, loaded in {} s; {agreeing} of {} answers agree",
            baseline.version,
            show(baseline.load_seconds),
            duckdb.len(),
        ))
        .target("≤ 1.0", mean <= 1.0)
}

/// How the times grow from the smallest to the largest size.
pub(super) fn growth(scales: &[Scale]) -> Vec<Row> {
    let (Some(small), Some(large)) = (scales.first(), scales.last()) else { return Vec::new() };
    if small.events >= large.events {
        return Vec::new();
    }
    let factor = float(large.events as u64) / float(small.events as u64);
    let slopes: Vec<(QuestionName, f64)> = small
        .questions
        .iter()
        .zip(&large.questions)
        .map(|(small, large)| {
            let growth = median(&large.hot_ms) / median(&small.hot_ms);
            (large.question, growth.ln() / factor.ln())
        })
        .collect();
    let each: Vec<String> =
        slopes.iter().map(|(name, slope)| format!("{} {slope:.2}", name.as_str())).collect();
    let worst = slopes.iter().map(|(_, slope)| *slope).fold(f64::NEG_INFINITY, f64::max);
    let figure = format!(
        "slope {} → {} events, steepest",
        grouped(small.events as u64),
        grouped(large.events as u64)
    );
    vec![
        Row::new(figure, format!("{worst:.2}"))
            .baseline(each.join(", "))
            .target(format!("< {SLOPE} where pruned"), worst < SLOPE),
    ]
}

/// The rows of a small lake's year.
pub(super) fn year(marks: &[Mark]) -> Vec<Row> {
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else { return Vec::new() };
    let figure =
        |name: &str| format!("{name} after {} days, in {} commits", last.days, last.commits);
    let time = |name: &str, of: fn(&Mark) -> f64| {
        let each: Vec<String> =
            marks.iter().map(|mark| format!("{} days {}", mark.days, show(of(mark)))).collect();
        Row::new(figure(name), format!("{} ms", show(of(last)))).baseline(each.join(", ")).target(
            format!("≤ {YEAR_FACTOR} × {} days", first.days),
            of(last) <= YEAR_FACTOR * of(first),
        )
    };
    let rows = [
        time("opening the lake", |mark| mark.open_ms),
        time("overview of 30 days", |mark| mark.overview_ms),
        time("pages of 30 days", |mark| mark.pages_ms),
        time("events of 30 days", |mark| mark.events_ms),
    ];
    let each: Vec<String> =
        marks.iter().map(|mark| format!("{} days {}", mark.days, mark.files)).collect();
    let files = Row::new(figure("files"), last.files.to_string()).baseline(format!(
        "{} events; {}",
        grouped(last.rows),
        each.join(", ")
    ));
    rows.into_iter().chain([files]).collect()
}
