//! How fast do pages feel? Exact 75th percentiles, interpolated between samples.

use std::fmt::Write as _;

use domain::question::{PageRange, PageVitals, Scope, VitalSummary, WebVitals};
use domain::vitals::Metric;
use engine::ports::lake::Error;
use futures::try_join;

use super::scope::{PeriodScope, conditions, params};
use crate::query::Question;

/// Two scans of the performance events: one for the whole, one by page. A page load counts as a
/// sample of its page when it reported any of the metrics.
pub(crate) async fn web_vitals(
    question: &Question,
    scope: &Scope,
    slice: PageRange,
) -> Result<WebVitals, Error> {
    let source = format!("FROM events WHERE {} AND category = 'performance'", conditions(scope));
    let mut p75s = String::new();
    let mut counts = String::new();
    for metric in Metric::ALL {
        let name = metric.as_str();
        let _ = write!(p75s, ", percentile_cont(0.75) WITHIN GROUP (ORDER BY {name}) AS {name}");
        let _ = write!(counts, ", count({name}) AS {name}_samples");
        if let Some((good, poor)) = metric.limits() {
            let _ = write!(
                counts,
                ", count(*) FILTER (WHERE {name} <= {good:?}) AS {name}_good,
                 count(*) FILTER (WHERE {name} > {poor:?}) AS {name}_poor"
            );
        }
    }
    let any = Metric::ALL.map(Metric::as_str).join(", ");
    let overall = format!("SELECT count(*) AS loads{p75s}{counts} {source}");
    let by_page = format!(
        "SELECT path, count(coalesce({any})) AS samples{p75s}
         {source} AND path IS NOT NULL AND coalesce({any}) IS NOT NULL
         GROUP BY path ORDER BY samples DESC, path LIMIT {} OFFSET {}",
        slice.limit(),
        slice.offset,
    );
    let values = params(scope, PeriodScope::Period);
    let (overall, pages) =
        try_join!(question.ask(&overall, values.clone()), question.ask(&by_page, values))?;
    let summary = |metric: Metric| {
        let name = metric.as_str();
        VitalSummary {
            metric,
            p75: overall.double(name, 0),
            samples: overall.count(&format!("{name}_samples"), 0),
            good: overall.count(&format!("{name}_good"), 0),
            poor: overall.count(&format!("{name}_poor"), 0),
        }
    };
    let page = |row: usize| PageVitals {
        path: pages.text("path", row).unwrap_or_default(),
        samples: pages.count("samples", row),
        p75: Metric::ALL.map(|metric| pages.double(metric.as_str(), row)),
    };
    Ok(WebVitals {
        metrics: Metric::ALL.map(summary).to_vec(),
        pages: pages.rows().map(page).collect(),
    })
}
