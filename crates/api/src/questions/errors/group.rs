//! `GET /api/projects/{project_id}/errors/{error_group_id}`: everything about one group.

use axum::extract::{Path, State};
use domain::question::errors::{ErrorDimension, ValueCount};
use domain::question::{Period, SeriesBuckets};
use domain::stack::{self, StackFrame, StackLine};
use engine::error_groups::TriagedErrorGroup;
use engine::ports::catalog::Annotation;
use serde::Serialize;
use utoipa::ToSchema;

use super::GroupPath;
use super::frames::{ResolvedFrameAnswer, shown_to};
use super::list::{ErrorValue, values};
use super::triage::ErrorTriage;
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::questions::friction::KindName;
use crate::questions::scope::{PeriodAnswer, ScopeQuery};
use crate::state::App;

/// A group of errors. Counts are of the period and the filters; message, stack, first and last occurrence are of all
/// stored events, whatever the period and the filters are.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorGroupDetail {
    period: PeriodAnswer,
    error_group: String,
    /// The last message.
    message: Option<String>,
    /// The last occurrence's kind: `javascript_error` or `unhandled_rejection`.
    kind: KindName,
    triage: ErrorTriage,
    /// Occurrences.
    count: u64,
    previous_count: u64,
    sessions: u64,
    visitors: u64,
    /// Customers that the errors' own events name.
    customers: u64,
    #[schema(format = DateTime)]
    first_seen: String,
    #[schema(format = DateTime)]
    last_seen: String,
    /// The last release before it was first seen.
    first_seen_after: Option<ErrorRelease>,
    /// The last stack as browsers sent it.
    stack: Option<String>,
    /// Its lines, at most 200.
    stack_lines: Vec<ErrorStackLine>,
    /// The calls among these lines, in their order, resolved by the source maps of their scripts.
    frames: Vec<ResolvedFrameAnswer>,
    /// One entry for every bucket of the period, in order.
    series: Vec<ErrorBucket>,
    /// For each of them the bucket it is compared with: of the same weekday and hour. Null where the clocks showed no
    /// such hour.
    previous_series: Vec<Option<ErrorBucket>>,
    /// Most occurrences first, at most 20; so are the next four.
    browsers: Vec<ErrorValue>,
    operating_systems: Vec<ErrorValue>,
    devices: Vec<ErrorValue>,
    pages: Vec<ErrorValue>,
    countries: Vec<ErrorValue>,
    /// Releases with occurrences in the period, earliest first; from the annotations.
    releases: Vec<ErrorRelease>,
}

/// Occurrences in a bucket.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ErrorBucket {
    /// Its beginning.
    #[schema(format = DateTime)]
    at: String,
    count: u64,
}

/// A release.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorRelease {
    text: String,
    #[schema(format = DateTime)]
    at: String,
    /// Occurrences in the period from this release to the next.
    count: u64,
}

/// A line of a stack.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorStackLine {
    /// As sent.
    text: String,
    /// The call it names; null of a message.
    frame: Option<ErrorFrame>,
}

/// One call of a stack.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorFrame {
    /// Empty at the top level of a file.
    function: String,
    /// Without folders and content hash.
    file: String,
    /// The address as sent, without line and column.
    location: String,
    line: Option<u32>,
    column: Option<u32>,
    /// Whether it is the site's own code: in a file, and not a browser extension's. These group errors.
    is_in_app: bool,
}

impl ErrorRelease {
    fn new(release: Annotation, count: u64) -> Self {
        Self { text: release.text, at: release.occurred_at.to_rfc3339(), count }
    }
}

impl From<StackLine> for ErrorStackLine {
    fn from(StackLine { text, frame }: StackLine) -> Self {
        Self { text, frame: frame.map(Into::into) }
    }
}

impl From<StackFrame> for ErrorFrame {
    fn from(frame: StackFrame) -> Self {
        let StackFrame { function, file, location, line, column, is_in_app } = frame;
        Self { function, file, location, line, column, is_in_app }
    }
}

impl ErrorGroupDetail {
    fn new(
        error_group: String,
        period: Period,
        found: TriagedErrorGroup,
        frames: Vec<ResolvedFrameAnswer>,
    ) -> Self {
        let TriagedErrorGroup { answer, status, first_seen_after, releases } = found;
        let count_of = |release: &Annotation| {
            let of_release = releases.iter().find(|(it, _)| it.id == release.id);
            of_release.map_or(0, |(_, count)| *count)
        };
        let first_seen_after = first_seen_after.map(|release| {
            let count = count_of(&release);
            ErrorRelease::new(release, count)
        });
        let (series, previous_series) = series(period, &answer.series, &answer.previous_series);
        let mut by: Vec<(ErrorDimension, Vec<ValueCount>)> = answer.by;
        let mut take = |dimension| {
            let of = by.iter_mut().find(|(it, _)| *it == dimension);
            values(of.map(|(_, values)| std::mem::take(values)).unwrap_or_default())
        };
        Self {
            period: period.into(),
            error_group,
            message: answer.message,
            kind: answer.kind.into(),
            triage: status.into(),
            count: answer.figures.count,
            previous_count: answer.figures.previous_count,
            sessions: answer.figures.sessions,
            visitors: answer.figures.visitors,
            customers: answer.figures.customers,
            first_seen: answer.seen.first.to_rfc3339(),
            last_seen: answer.seen.last.to_rfc3339(),
            first_seen_after,
            stack_lines: answer
                .stack
                .as_deref()
                .map(stack::lines)
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            stack: answer.stack,
            frames,
            series,
            previous_series,
            browsers: take(ErrorDimension::Browser),
            operating_systems: take(ErrorDimension::Os),
            devices: take(ErrorDimension::Device),
            pages: take(ErrorDimension::Page),
            countries: take(ErrorDimension::Country),
            releases: releases
                .into_iter()
                .map(|(it, count)| ErrorRelease::new(it, count))
                .collect(),
        }
    }
}

/// Both series with their instants, the previous one by the buckets of the period.
fn series(
    period: Period,
    counts: &[u64],
    previous: &[u64],
) -> (Vec<ErrorBucket>, Vec<Option<ErrorBucket>>) {
    let buckets = SeriesBuckets::of(period);
    let bucket = |(at, count): (&domain::time::Timestamp, &u64)| ErrorBucket {
        at: at.to_rfc3339(),
        count: *count,
    };
    let current = buckets.current().iter().zip(counts).map(bucket).collect();
    let previous: Vec<ErrorBucket> = buckets.previous().iter().zip(previous).map(bucket).collect();
    let counterpart = |index: Option<usize>| previous.get(index?).cloned();
    (current, buckets.counterparts().into_iter().map(counterpart).collect())
}

/// One group of errors: its stack, its occurrences over time and by what visitors use, its releases and its status.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/errors/{error_group_id}", tag = "Errors", operation_id = "error",
    params(("project_id" = Uuid, Path), ("error_group_id" = String, Path), ScopeQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = ErrorGroupDetail), Viewer, Unprocessable),
)]
pub(super) async fn error(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Path(path): Path<GroupPath>,
    Query(query): Query<ScopeQuery>,
) -> Result<Json<ErrorGroupDetail>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let found = app.error_groups.group(&scope, &path.error_group_id).await?;
    let stack = found.answer.stack.as_deref().unwrap_or_default();
    let at = found.answer.seen.last;
    let frames = app.source_maps.resolve(allowed.project_id, stack, at).await?;
    let frames = shown_to(allowed.role, frames);
    Ok(Json(ErrorGroupDetail::new(path.error_group_id, scope.period, found, frames)))
}
