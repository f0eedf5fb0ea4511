//! Usage in answers.

use domain::billing::SpanDifference;
use domain::question::Period;
use domain::time::Timestamp;
use engine::billing::{UsageBucket, UsageReport, UsageRow, UsageTimes};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::amounts::Figures;

/// Usage of a period. Closed months show their final usage; later changes stand under
/// `adjustments` and are not added in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Usage)]
pub(super) struct UsageAnswer {
    #[schema(format = DateTime)]
    from: String,
    #[schema(format = DateTime)]
    to: String,
    /// The IANA time zone of its days and of months that are not closed: the project's.
    time_zone: &'static str,
    /// Of all amounts; null without a tariff.
    currency: Option<String>,
    /// The time that `billable_seconds` of months that are not closed are made of: `talk_time` or
    /// `session_span`.
    basis: &'static str,
    rows: Vec<UsageRowAnswer>,
    /// All rows of this answer together.
    total: Figures,
    /// Their time, measured both ways.
    total_times: Times,
    /// All their adjustments together.
    total_adjustments: Figures,
    /// When the project's first call began, in whichever period and widget; null without calls. Before it, and
    /// before the project was created, nothing is known.
    #[schema(format = DateTime)]
    first_call_at: Option<String>,
    /// Send it as `cursor` to get the next sessions; null on the last page.
    next_cursor: Option<String>,
}

/// Usage of one session, day or month.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UsageRow)]
pub(super) struct UsageRowAnswer {
    /// Of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    widget_id: Option<Uuid>,
    /// Of a session.
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<String>,
    /// `2026-11-21`, in the project's time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    /// `2026-11`, the month the calls are billed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<String>,
    /// When the first of these calls began.
    #[schema(format = DateTime)]
    started_at: String,
    /// When the last of these calls ended; null while one has no end.
    #[schema(format = DateTime)]
    ended_at: Option<String>,
    #[serde(flatten)]
    figures: Figures,
    /// The currency of the amounts; null without a tariff.
    currency: Option<String>,
    #[serde(flatten)]
    times: Times,
    /// Of a session: why its span is not its talk time: `several_calls`, `call_error`, `repeated_end`,
    /// `late_heartbeat`, `end_before_start`, or `unknown` for what an older version stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    differences: Option<Vec<&'static str>>,
    /// What came after the month was closed; not contained in the figures.
    adjustments: Figures,
}

/// The time of calls, measured both ways, before any rounding by a tariff.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UsageTimes)]
struct Times {
    /// Each call from its start to its end, in seconds.
    talk_seconds: f64,
    /// Each session of a widget from its first start to its last `call_end`, in seconds. A session counts
    /// where its first call does.
    span_seconds: f64,
    /// Sessions for which these differ; `group=session&differing=true` lists them.
    differing_sessions: i64,
}

impl From<UsageTimes> for Times {
    #[expect(clippy::cast_precision_loss, reason = "2^53 microseconds are 285 years")]
    fn from(times: UsageTimes) -> Self {
        Self {
            talk_seconds: times.talk_micros as f64 / 1e6,
            span_seconds: times.span_micros as f64 / 1e6,
            differing_sessions: times.differing_sessions,
        }
    }
}

impl UsageAnswer {
    /// The answer for a period.
    pub(super) fn new(
        period: Period,
        report: UsageReport,
        first_call_at: Option<Timestamp>,
        next_cursor: Option<String>,
    ) -> Self {
        let currency = report.currency.as_ref();
        let row = |row: UsageRow| {
            let names = Names::of(&row.bucket);
            let differences = names.session_id.is_some().then(|| words(&row.differences));
            UsageRowAnswer {
                widget_id: names.widget_id,
                session_id: names.session_id,
                day: names.day,
                month: names.month,
                started_at: row.started_at.to_rfc3339(),
                ended_at: row.ended_at.map(Timestamp::to_rfc3339),
                figures: Figures::new(row.usage, currency),
                currency: currency.map(|currency| currency.as_str().to_owned()),
                times: row.times.into(),
                differences,
                adjustments: Figures::new(row.adjustments, currency),
            }
        };
        Self {
            from: period.from().to_rfc3339(),
            to: period.to().to_rfc3339(),
            time_zone: period.zone().name(),
            rows: report.rows.into_iter().map(row).collect(),
            total: Figures::new(report.total, currency),
            total_times: report.times.into(),
            basis: report.basis.as_str(),
            total_adjustments: Figures::new(report.adjustments, currency),
            currency: currency.map(|currency| currency.as_str().to_owned()),
            first_call_at: first_call_at.map(Timestamp::to_rfc3339),
            next_cursor,
        }
    }
}

fn words(differences: &[SpanDifference]) -> Vec<&'static str> {
    differences.iter().map(|reason| reason.as_str()).collect()
}

/// What a bucket is called.
#[derive(Default)]
struct Names {
    widget_id: Option<Uuid>,
    session_id: Option<String>,
    day: Option<String>,
    month: Option<String>,
}

impl Names {
    fn of(bucket: &UsageBucket) -> Self {
        match bucket {
            UsageBucket::Session { widget_id, session_id, .. } => Self {
                widget_id: Some(widget_id.0),
                session_id: Some(session_id.clone()),
                ..Self::default()
            },
            UsageBucket::Day(day) => {
                Self { day: Some(Timestamp::date_of_day(*day)), ..Self::default() }
            }
            UsageBucket::Month(month) => Self { month: Some(month.to_string()), ..Self::default() },
        }
    }
}
