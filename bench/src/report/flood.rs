//! What came of each flood.

use super::Row;
use crate::numbers::show;

pub(super) use crate::flood::Measured;

/// Most that a flood may add to the memory before it, in MiB.
const MOST_GROWTH_MIB: f64 = 64.0;
const MB_PER_MIB: f64 = 1.048_576;

pub(super) fn row(measured: &Measured) -> Row {
    let growth_mb = measured.most_mb - measured.before_mb;
    let noticed = measured.noticed;
    let memory = format!(
        "{} → {} → {} MB",
        show(measured.before_mb),
        show(measured.most_mb),
        show(measured.after_mb)
    );
    Row::new(format!("flood: {} {:?}", measured.count, measured.flood), memory)
        .target(format!("≤ +{MOST_GROWTH_MIB} MiB"), growth_mb <= MOST_GROWTH_MIB * MB_PER_MIB)
        .beside(format!(
            "honest: {} requests, {} errors, p50 {} ms, p99 {} ms",
            noticed.requests,
            noticed.errors,
            show(noticed.p50_ms),
            show(noticed.p99_ms)
        ))
}
