//! Where do visits come from?
//!
//! One statement makes a row of each session, which the domain counts by its value; another reads the conversions.

use std::fmt::Write as _;

use datafusion::arrow::array::{Array, Int64Array, StringViewArray};
use domain::question::acquisition::{
    AcquiredSession, AcquisitionAnswer, AcquisitionBy, AcquisitionTally, width_class,
};
use domain::question::{PageRange, Scope, TrafficChannel, TrafficSource};
use engine::ports::lake::Error;

use super::conversions::{SessionConversions, by_session, conversions};
use super::scope::{CURRENT, PAGE_VIEW, PeriodScope, conditions, is_friction, params};
use super::session_filters::{
    DURATION, edge, first, having, page_host, referrer_host, viewport_width, whole,
};
use crate::query::{QueryResult, Question};

pub(crate) async fn acquisition(
    question: &Question,
    scope: &Scope,
    by: AcquisitionBy,
    slice: PageRange,
) -> Result<AcquisitionAnswer, Error> {
    let whole = whole(scope);
    let values = params(&whole, PeriodScope::WithPrevious);
    let found = conversions(question, &conditions(&whole), values).await?;
    let [(previous, _), (current, unattributed)] = found.map(by_session);
    let values = params(scope, PeriodScope::WithPrevious);
    let mut rows = question.stream(&statement(scope, by), values).await?;
    let mut tally = AcquisitionTally::default();
    let nothing = SessionConversions::default();
    while let Some(batch) = rows.next().await? {
        let columns = SessionColumns::of(&batch, by)
            .ok_or_else(|| Error::Internal("a column of the sessions is missing".into()))?;
        for row in batch.rows() {
            let is_current = columns.is_current.value(row) > 0;
            let converted = if is_current { &current } else { &previous };
            let converted = converted.get(&columns.session.value(row)).unwrap_or(&nothing);
            let visitor = columns.visitor;
            let session = AcquiredSession {
                is_current,
                value: columns.value(row),
                visitor: (!visitor.is_null(row)).then(|| visitor.value(row)),
                duration_micros: columns.micros.value(row),
                page_views: columns.page_views.value(row).unsigned_abs(),
                has_friction: columns.friction.value(row) > 0,
                conversions: converted.count,
                revenue: &converted.amounts,
            };
            tally.add(&session).map_err(|_| Error::Limit { limit: "memory" })?;
        }
    }
    Ok(tally.finish(slice, unattributed))
}

/// A row for each session, and for the part of it in the period before.
fn statement(scope: &Scope, by: AcquisitionBy) -> String {
    let whole = whole(scope);
    let friction = format!("count(*) FILTER (WHERE {})", is_friction(&whole));
    let mut columns = String::new();
    for (name, sql) in value_columns(by) {
        let _ = write!(columns, ", {sql} AS {name}");
    }
    format!(
        "SELECT session_hash, {CURRENT} AS is_current,
                {DURATION} AS micros,
                count(*) FILTER (WHERE {PAGE_VIEW}) AS page_views, {friction} AS friction,
                min(visitor_hash) AS visitor{columns}
         FROM events WHERE {rows} AND session_id IS NOT NULL
         GROUP BY session_hash, is_current{having}",
        rows = conditions(&whole),
        having = having(scope, CURRENT),
    )
}

/// The columns that a session's value is read from.
fn value_columns(by: AcquisitionBy) -> Vec<(&'static str, String)> {
    let value = match by {
        AcquisitionBy::Channel => {
            return vec![
                ("referrer_host", referrer_host()),
                ("page_host", page_host()),
                ("source", first("utm_source")),
                ("medium", first("utm_medium")),
                ("campaign", first("utm_campaign")),
            ];
        }
        AcquisitionBy::Referrer => referrer_host(),
        AcquisitionBy::ExitPath => edge("last_value", "path", "path IS NOT NULL"),
        AcquisitionBy::Viewport => viewport_width(),
        AcquisitionBy::UtmSource => first("utm_source"),
        AcquisitionBy::UtmMedium => first("utm_medium"),
        AcquisitionBy::UtmCampaign => first("utm_campaign"),
        AcquisitionBy::EntryPath => first("path"),
        AcquisitionBy::Country => first("country"),
        AcquisitionBy::City => first("city"),
        AcquisitionBy::Device => first("device_type"),
        AcquisitionBy::Browser => first("browser"),
        AcquisitionBy::Os => first("os"),
    };
    vec![("value", value)]
}

/// The columns of a batch.
struct SessionColumns<'a> {
    session: &'a Int64Array,
    is_current: &'a Int64Array,
    micros: &'a Int64Array,
    page_views: &'a Int64Array,
    friction: &'a Int64Array,
    visitor: &'a Int64Array,
    value: ValueColumns<'a>,
}

enum ValueColumns<'a> {
    Text(&'a StringViewArray),
    Width(&'a Int64Array),
    /// Referrer's host, page's host, source, medium, campaign.
    Channel([&'a StringViewArray; 5]),
}

impl<'a> SessionColumns<'a> {
    fn of(rows: &'a QueryResult, by: AcquisitionBy) -> Option<Self> {
        let value = match by {
            AcquisitionBy::Channel => ValueColumns::Channel([
                rows.texts("referrer_host")?,
                rows.texts("page_host")?,
                rows.texts("source")?,
                rows.texts("medium")?,
                rows.texts("campaign")?,
            ]),
            AcquisitionBy::Viewport => ValueColumns::Width(rows.integers("value")?),
            _ => ValueColumns::Text(rows.texts("value")?),
        };
        Some(Self {
            session: rows.integers("session_hash")?,
            is_current: rows.integers("is_current")?,
            micros: rows.integers("micros")?,
            page_views: rows.integers("page_views")?,
            friction: rows.integers("friction")?,
            visitor: rows.integers("visitor")?,
            value,
        })
    }

    fn value(&self, row: usize) -> Option<&'a str> {
        let text = |texts: &'a StringViewArray| (!texts.is_null(row)).then(|| texts.value(row));
        match self.value {
            ValueColumns::Text(texts) => text(texts),
            ValueColumns::Width(widths) => {
                (!widths.is_null(row)).then(|| width_class(widths.value(row)))
            }
            ValueColumns::Channel(columns) => {
                let [referrer_host, page_host, utm_source, utm_medium, utm_campaign] =
                    columns.map(text);
                let source = TrafficSource {
                    referrer_host,
                    page_host,
                    utm_source,
                    utm_medium,
                    utm_campaign,
                };
                Some(TrafficChannel::of(&source).as_str())
            }
        }
    }
}
