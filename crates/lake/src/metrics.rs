//! The lake's figures.

use std::time::Instant;

use metrics::{counter, histogram};

/// A commit of `rows` events took since `started`.
pub(crate) fn committed(started: Instant, rows: usize) {
    histogram!("footfall_lake_commit_seconds").record(started.elapsed().as_secs_f64());
    counter!("footfall_lake_rows_total").increment(rows as u64);
}

/// A question was answered, or refused, since `started`.
pub(crate) fn answered(question: &'static str, started: Instant) {
    histogram!("footfall_question_seconds", "question" => question)
        .record(started.elapsed().as_secs_f64());
}

/// A worker process broke off and took its statement with it.
pub(crate) fn worker_ended(cause: &'static str) {
    counter!("footfall_sql_workers_ended_total", "cause" => cause).increment(1);
}
