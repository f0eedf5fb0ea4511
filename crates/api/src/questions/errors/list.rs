//! `GET /api/projects/{project_id}/errors`.

use axum::extract::State;
use domain::error_triage::ErrorStatus;
use domain::id::MemberId;
use domain::question::errors::{ErrorGroupRow, ErrorSort, ValueCount};
use engine::error_groups::{ErrorGroupQuery, TriagedStatus};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::triage::ErrorStatusName;
use crate::error::{Error, Unprocessable};
use crate::extract::{Json, Query, Viewer};
use crate::questions::friction::KindName;
use crate::questions::scope::{
    PeriodAnswer, ScopeQuery, SliceQuery, choice, next_cursor, non_empty,
};
use crate::state::App;

/// Which groups.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ErrorsQuery {
    /// Part of the last message, in any case; at most 200 characters.
    search: Option<String>,
    /// `open`, `regressed`, `resolved`, `ignored`, or `unresolved`: open or regressed. All by default.
    status: Option<String>,
    /// A member's id, or `nobody`.
    assigned_to: Option<String>,
    /// `count` (default), `people`, `last_seen` or `first_seen`; most or latest first.
    sort: Option<String>,
}

/// Groups of errors that occurred in the period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErrorGroups)]
pub(crate) struct ErrorGroupList {
    period: PeriodAnswer,
    errors: Vec<ErrorGroupAnswer>,
    /// How many there are altogether.
    total: u64,
    next_cursor: Option<String>,
}

/// Errors with one cause. Counts are of the period and the filters.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErrorGroup)]
pub(crate) struct ErrorGroupAnswer {
    /// `v1:…`, the same for the same error in every session, browser and release.
    error_group: String,
    /// The last message.
    message: Option<String>,
    /// The last occurrence's kind: `javascript_error` or `unhandled_rejection`.
    kind: KindName,
    /// The site's own function nearest the error, in the last stack; empty at the top level of a file.
    function: Option<String>,
    /// Its file, without folders and content hash.
    file: Option<String>,
    status: ErrorStatusName,
    /// A member's id.
    assigned_to: Option<Uuid>,
    /// Occurrences.
    count: u64,
    previous_count: u64,
    sessions: u64,
    visitors: u64,
    /// Customers that the errors' own events name.
    customers: u64,
    /// Of all stored events, whatever the period and the filters are.
    #[schema(format = DateTime)]
    first_seen: String,
    /// Of all stored events, whatever the period and the filters are.
    #[schema(format = DateTime)]
    last_seen: String,
    /// The three with most occurrences.
    browsers: Vec<ErrorValue>,
    /// The three with most occurrences.
    pages: Vec<ErrorValue>,
    /// Occurrences per bucket of the period.
    trend: Vec<u64>,
}

/// A value and its occurrences.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorValue {
    /// Null where it is not known.
    value: Option<String>,
    count: u64,
}

impl From<ValueCount> for ErrorValue {
    fn from(ValueCount { value, count }: ValueCount) -> Self {
        Self { value, count }
    }
}

pub(super) fn values(values: Vec<ValueCount>) -> Vec<ErrorValue> {
    values.into_iter().map(Into::into).collect()
}

impl From<(ErrorGroupRow, TriagedStatus)> for ErrorGroupAnswer {
    fn from((row, status): (ErrorGroupRow, TriagedStatus)) -> Self {
        let (function, file) =
            row.top_frame.map_or((None, None), |frame| (Some(frame.function), Some(frame.file)));
        Self {
            error_group: row.group,
            message: row.message,
            kind: row.kind.into(),
            function,
            file,
            status: status.status.into(),
            assigned_to: status.triage.assigned_to.map(|member| member.0),
            count: row.figures.count,
            previous_count: row.figures.previous_count,
            sessions: row.figures.sessions,
            visitors: row.figures.visitors,
            customers: row.figures.customers,
            first_seen: row.seen.first.to_rfc3339(),
            last_seen: row.seen.last.to_rfc3339(),
            browsers: values(row.browsers),
            pages: values(row.pages),
            trend: row.trend,
        }
    }
}

const UNRESOLVED: &[ErrorStatus] = &[ErrorStatus::Open, ErrorStatus::Regressed];

impl ErrorsQuery {
    fn query(self) -> Result<ErrorGroupQuery, Error> {
        let statuses = [
            ("unresolved", UNRESOLVED),
            ("open", &[ErrorStatus::Open]),
            ("regressed", &[ErrorStatus::Regressed]),
            ("resolved", &[ErrorStatus::Resolved]),
            ("ignored", &[ErrorStatus::Ignored]),
        ];
        let sorts = [
            ("count", ErrorSort::Count),
            ("people", ErrorSort::People),
            ("last_seen", ErrorSort::LastSeen),
            ("first_seen", ErrorSort::FirstSeen),
        ];
        Ok(ErrorGroupQuery {
            search: non_empty(self.search),
            statuses: choice("status", self.status, &statuses)?.unwrap_or_default().to_vec(),
            assigned_to: non_empty(self.assigned_to)
                .map(|text| read_assignee(&text))
                .transpose()?,
            sort: choice("sort", self.sort, &sorts)?.unwrap_or_default(),
        })
    }
}

fn read_assignee(text: &str) -> Result<Option<MemberId>, Error> {
    if text == "nobody" {
        return Ok(None);
    }
    let invalid = |_| Error::invalid("assigned_to", "assigned_to must be a member's id or nobody");
    text.parse().map(|id| Some(MemberId(id))).map_err(invalid)
}

/// Groups of errors that occurred in the period, with their status and assignee.
///
/// Script errors and unhandled rejections are grouped by the functions and files of their stacks, or by their messages
/// where there is no stack; errors with neither are not listed.
#[utoipa::path(
    get, path = "/api/projects/{project_id}/errors", tag = "Errors", operation_id = "errors",
    params(("project_id" = Uuid, Path), ScopeQuery, ErrorsQuery, SliceQuery),
    extensions(("x-role" = json!("viewer"))),
    responses((status = 200, body = ErrorGroupList), Viewer, Unprocessable),
)]
pub(super) async fn errors(
    State(app): State<App>,
    Viewer(allowed): Viewer,
    Query(query): Query<ScopeQuery>,
    Query(which): Query<ErrorsQuery>,
    Query(slice): Query<SliceQuery>,
) -> Result<Json<ErrorGroupList>, Error> {
    let scope = query.scope(&app, allowed.project_id).await?;
    let which = which.query()?;
    let list = format!("errors by {:?}", which.sort);
    let slice = slice.slice(&list)?;
    let answer = app.error_groups.list(&scope, &which, slice).await?;
    Ok(Json(ErrorGroupList {
        period: scope.period.into(),
        next_cursor: next_cursor(&list, slice, &answer.groups)?,
        errors: answer.groups.into_iter().map(Into::into).collect(),
        total: answer.total,
    }))
}
