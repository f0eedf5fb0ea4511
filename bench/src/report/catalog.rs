//! Figures of the catalog and their targets.

use super::Row;
use crate::catalog::Measured;
use crate::numbers::{float, grouped, median, range, show};

/// A page of customers.
const PAGE_MS: f64 = 50.0;

/// One database's rows; `others` are those measured before it.
pub(super) fn rows(measured: &Measured, others: &[Measured]) -> Vec<Row> {
    let database = measured.database;
    let mut rows: Vec<Row> = measured
        .projections
        .iter()
        .map(|projected| {
            let row = Row::new(
                format!("{database}: projection {}, events/s", projected.name),
                show(projected.per_second()),
            );
            let first = others.first().and_then(|first| {
                let same = first.projections.iter().find(|other| other.name == projected.name)?;
                Some(format!(
                    "{} events; {} of {}",
                    grouped(projected.events),
                    show(projected.per_second() / same.per_second()),
                    first.database
                ))
            });
            row.baseline(first.unwrap_or_else(|| format!("{} events", grouped(projected.events))))
        })
        .collect();
    let (least, most) = range(&measured.page_ms);
    rows.push(
        Row::new(
            format!("{database}: page of {} customers", grouped(measured.customers)),
            format!("{} ms", show(median(&measured.page_ms))),
        )
        .range(format!("{}–{}", show(least), show(most)))
        .baseline("five orders, both directions; the slowest counts")
        .target(format!("≤ {} ms", show(PAGE_MS)), most <= PAGE_MS),
    );
    let bill = median(&measured.bill_ms);
    let (least, most) = range(&measured.bill_ms);
    rows.push(
        Row::new(
            format!("{database}: bill of a month of {} calls", grouped(measured.calls)),
            format!("{} ms", show(bill)),
        )
        .range(format!("{}–{}", show(least), show(most)))
        .baseline(format!("{} calls/ms", show(float(measured.calls) / bill))),
    );
    rows
}
